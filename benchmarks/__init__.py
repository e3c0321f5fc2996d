"""Figures beside the floor of plain Django and PostgreSQL, taken in the same run."""
