"""What no longer is, and rows still name: void things, merged ones, imports taken back."""
