"""Datasets of the record, their files, and the runs that make them."""
