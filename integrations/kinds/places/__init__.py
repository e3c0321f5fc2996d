"""Files of schools and rooms."""
