"""What a code leads to among things."""
