"""What keeps the register running, and what is told when it does not."""
