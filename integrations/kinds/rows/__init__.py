"""A row of a file, of whatever kind: what its cells say, what is asked of it, what it would do."""
