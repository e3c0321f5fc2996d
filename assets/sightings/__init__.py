"""Seen: somebody had the thing before their eyes."""
