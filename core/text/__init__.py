"""What is text, and what only looks like other text."""
