"""Registering: what comes in, its tag, and since when it is there."""
