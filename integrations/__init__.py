"""Rows in, events out: imports and other systems."""
