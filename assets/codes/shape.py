"""What a tag may be: a scan of it, and a file that was given out, lead back to its thing."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from assets.codes.nothing import says_nothing
from assets.models.keys import code_key
from core.problems import Problem
from core.text.lines import is_seen
from people.rules.commands import command_problems

_STARRED = re.compile(r"\*([0-9A-Z. $/+%-]+)\*", re.ASCII | re.I)


def unstarred(code: str) -> str:
    """A code without the start and stop signs that Code 39 prints around it: *900451*."""
    found = _STARRED.fullmatch(code.strip()) if "*" in code else None
    return found[1].strip() if found else code


def tag_problems(tag: str) -> Iterator[Problem]:
    """Why a new tag is none. What a sheet or a scanner adds to a code is not of it: a file that
    says so means another tag."""
    key = code_key(tag)
    words = {"tag": tag.strip()}
    if not key:
        yield Problem("tag-missing", _("Give it a tag."), "tag")
    elif len(key) > 64 or not key.isprintable() or not is_seen(key):
        yield Problem("tag-shape", _("A tag has at most 64 printable characters."), "tag")
    elif says_nothing(key):
        message = _("%(tag)s says in a list that there is no tag: give it one.")
        yield Problem("tag-says-nothing", message % words, "tag")
    elif key.startswith(("'", '="')) or unstarred(key) != key:
        message = _(
            "A list that says %(tag)s means another tag: leave out the sign before it, or the "
            "stars around it."
        )
        yield Problem("tag-marked", message % words, "tag")
    else:
        yield from command_problems(tag, "tag")
