"""Forgetting somebody: what they were called, and taking that out of wherever it was copied to.

Knows no person: an app that has people says what one of them is called (`Called`).
"""

from core.forgetting.called import Called
from core.forgetting.cleaning import clean, register_copies
from core.forgetting.copies import forget_copies
from core.forgetting.pages import KIND, LABEL, rewrite_pages, tidy, tidy_now
from core.forgetting.typed import BLANK, REMOVE, Found, Place, Written, find, look

__all__ = [
    "BLANK",
    "KIND",
    "LABEL",
    "REMOVE",
    "Called",
    "Found",
    "Place",
    "Written",
    "clean",
    "find",
    "forget_copies",
    "look",
    "register_copies",
    "rewrite_pages",
    "tidy",
    "tidy_now",
]
