"""What is text and what is not, for every way in."""

import re

from django.utils.translation import gettext as _

from core.problems import Problem

#: What a decoder puts where bytes were no text: they are lost by then, so it is refused.
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_BROKEN = re.compile("[\\x00\\ud800-\\udfff]")


def is_text(value: str) -> bool:
    """Whether it can be kept: no zero byte, and no half of a surrogate pair."""
    return _BROKEN.search(value) is None


def came_whole(value: str) -> bool:
    """As `is_text`, for what was decoded on the way in."""
    return REPLACEMENT not in value and is_text(value)


def not_text(pointer: str = "") -> Problem:
    """Why it is refused."""
    message = _("This holds characters that are not text (a zero byte, or broken Unicode).")
    return Problem("not-text", message, None, {"pointer": pointer or None})
