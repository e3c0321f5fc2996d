"""What we ask of the two databases: many rows, the gate of SQLite, many tables at one moment."""
