"""What was recorded wrongly: correct, merge, void, describe, and taking an act back."""
