"""Files of things: their kind, what a row of one says, and what a whole file said so far."""
