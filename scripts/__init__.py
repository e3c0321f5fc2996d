"""What the developers of this house run by hand."""
