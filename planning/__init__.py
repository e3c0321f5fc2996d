"""Refresh, reserves and security: what will be needed, and what it will cost.

Nothing lives here yet. It will write its own scenarios and requests, and nothing else.
"""
