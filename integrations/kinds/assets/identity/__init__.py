"""Which thing a row means."""
