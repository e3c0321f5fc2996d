"""Entries and what hangs on them: writing, sealing, folding, verifying, telling them."""
