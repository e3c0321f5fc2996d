"""What a scan at the desk tells it to do, and what may be no code of its own therefore."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.problems import Problem

UNDO, DONE = "UNDO", "DONE"


def is_command(code: str) -> bool:
    """Whether the desk obeys what was scanned."""
    return code.strip().upper() in (UNDO, DONE)


def command_problems(code: str, field: str) -> Iterator[Problem]:
    """Why a thing, a person or a room is not called so: no scan of it would lead there."""
    if is_command(code):
        message = _("Who scans %(code)s tells the desk to undo or to be done: give another code.")
        yield Problem("code-is-command", message % {"code": code.strip()}, field)
