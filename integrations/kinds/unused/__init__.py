"""Columns that no field takes, and that must not be passed over in silence."""
