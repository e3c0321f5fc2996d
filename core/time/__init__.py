"""Days, instants, and state in two times."""
