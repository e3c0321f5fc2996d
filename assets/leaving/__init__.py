"""Leaving the register for good."""
