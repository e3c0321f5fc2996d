"""Forgetting somebody: what they were called, and taking that out of wherever it was copied to.

Knows no person: an app that has people says what one of them is called (`Called`).
"""

from core.forgetting.called import Called
from core.forgetting.copies import forget_copies
from core.forgetting.pages import KIND, LABEL, rewrite_pages, tidy

__all__ = ["KIND", "LABEL", "Called", "forget_copies", "rewrite_pages", "tidy"]
