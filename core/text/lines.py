"""What a text in one line may bear, at every door: pages, REST, the cells of an import."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.problems import Problem

#: What no such text bears: control characters, line ends, what turns the direction of the letters
#: after it, and what sets a text beside another one.
CONTROL = r"\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb"
#: What may stand in it, joins or marks letters, and shows nothing by itself: what Unicode lets
#: every program ignore, and the letters and signs that are blanks (Hangul fillers, empty Braille).
UNSEEN = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u2800"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
)
LINE = rf"^[^{CONTROL}]*$"
FILLED = rf"^[^{CONTROL}]*[^{CONTROL}\s{UNSEEN}][^{CONTROL}]*$"
_CONTROL = re.compile(f"[{CONTROL}]")
_SEEN = re.compile(rf"[^{CONTROL}\s{UNSEEN}\U000e0000-\U000e0fff]")
#: Where a line ends, as a sheet has it within a cell: a space says the same.
_ENDS = re.compile(r"[\u0000-\u001f\u007f-\u009f\u2028\u2029]")
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def is_seen(text: str) -> bool:
    """Whether anybody sees a letter, digit or sign of it."""
    return _SEEN.search(text) is not None


def has_lines(text: str) -> bool:
    """Whether a text is of several lines."""
    return not text.isprintable() and _LINE_END.search(text.strip()) is not None


def in_one_line(text: str) -> str:
    """A text with a space for each line end and control character."""
    return text if text.isprintable() else _ENDS.sub(" ", text)


def control_problems(text: str, field: str | None = None) -> Iterator[Problem]:
    """Why a text is no text in one line. An empty one is one."""
    if _CONTROL.search(text):
        message = _(
            "This has a line end, a control character or a sign that turns the direction of the"
            " letters. Write it anew."
        )
        yield Problem("control-character", message, field)


def unseen_problems(text: str, field: str | None = None) -> Iterator[Problem]:
    """Why a text that must say something says nothing."""
    if not is_seen(text):
        message = _("Nothing of this can be seen. Write at least one letter, digit or sign.")
        yield Problem("nothing-seen", message, field)
