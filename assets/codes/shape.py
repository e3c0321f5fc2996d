"""What a tag and a serial number may be: a scan of one, and a file that was given out, lead back to
its thing."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from assets.codes.broken import is_broken
from assets.codes.nothing import says_nothing
from assets.codes.remarks import is_several, remark_in
from assets.models.keys import code_key
from core.problems import Problem
from core.text.lines import control_problems, is_seen, unseen_problems
from core.text.unwrapped import unwrapped
from people.rules.commands import command_problems

_STARRED = re.compile(r"\*([0-9A-Z. $/+%-]+)\*", re.ASCII | re.I)


def unstarred(code: str) -> str:
    """A code without the start and stop signs that Code 39 prints around it: *900451*."""
    found = _STARRED.fullmatch(code.strip()) if "*" in code else None
    return found[1].strip() if found else code


def tag_problems(tag: str) -> Iterator[Problem]:
    """Why a new tag is none."""
    key = code_key(tag)
    if not key:
        yield Problem("tag-missing", _("Give it a tag."), "tag")
    elif len(key) > 64 or not key.isprintable() or not is_seen(key):
        yield Problem("tag-shape", _("A tag has at most 64 printable characters."), "tag")
    elif says_nothing(key):
        message = _("%s says in a list that there is no tag: give it one.")
        yield Problem("tag-says-nothing", message % tag.strip(), "tag")
    else:
        yield from list(_changed_problems(tag, "tag")) or command_problems(tag, "tag")


def serial_problems(serial: str) -> Iterator[Problem]:
    """Why a new serial number is none; an empty one is not known."""
    key = code_key(serial)
    if len(key) > 128:
        message = _("A serial number has at most 128 characters.")
        yield Problem("serial-shape", message, "serial")
    yield from control_problems(serial, "serial")
    if serial.strip():
        yield from unseen_problems(serial, "serial")
    if says_nothing(key):
        message = _("%s says in a list that there is no serial number: leave it empty.")
        yield Problem("serial-says-nothing", message % serial.strip(), "serial")
    else:
        yield from _changed_problems(serial, "serial")


def _changed_problems(code: str, field: str) -> Iterator[Problem]:
    """Why it is another code than it says. What a sheet or a scanner adds to a code, or makes of
    one, is not of it: a file that says so means another, or is refused."""
    code = code.strip()
    if code.startswith(("'", '="')) or unstarred(code) != code:
        message = _(
            "A list that says %s means another code: leave out the sign before it, or the stars "
            "around it."
        )
        yield Problem("code-marked", message % code, field)
    elif is_broken(code) or unwrapped(code) != code:
        message = _(
            "%s is what a spreadsheet or a program made of a code: write it as it stands on the "
            "item."
        )
        yield Problem("code-broken", message % code, field)
    elif remark_in(code) or is_several(code):
        message = _(
            "%s says more than a code, or what became of its item: write the code alone, and the "
            "rest as its status or description."
        )
        yield Problem("code-remark", message % code, field)
