"""What is asked where a new school or room looks like another."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text.alike import loosely
from integrations.kinds.rows.changes import Changes
from integrations.kinds.rows.planned import Planned, Row
from integrations.kinds.rows.questions import Question
from people.models import School

PLACE = Question(
    "place",
    gettext_lazy(
        "A new school or room looks like another, by its name or with other zeros or signs"
    ),
    {
        "that": gettext_lazy("it is that one"),
        "another": gettext_lazy("it is another one"),
    },
    of_people=False,
    as_before=frozenset({"that"}),
)
#: What stands before a room's number and tells nothing.
BEFORE = ("rm", "room", "no", "number")


def loose_room(code: str) -> str:
    """A room's number without what may be lost of it."""
    return loosely(code, *BEFORE)


def ask_alike(plan: Planned[Row, Changes], name: str, code: str, other: str, row: int = 0) -> str:
    """Ask whether a new school or room is the one that it looks like, here or in an earlier row:
    `that`, `another`, or nothing yet."""
    message = _("%(code)s looks like %(other)s, with other zeros or signs.")
    if row:
        message = _("%(code)s looks like %(other)s in row %(row)s, with other zeros or signs.")
    words = {"code": code, "other": other, "row": row}
    # Whichever row or import brought that one.
    return plan.ask(PLACE, name, message % words, name, code.lower(), other.lower())


def ask_of_name(plan: Planned[Row, Changes], code: str, other: School) -> str:
    """The same of a new school whose name or code names another one that is here."""
    message = _("%(code)s may be a school that is here: %(other)s.")
    words = {"code": code, "other": f"{other.name} ({other.code})"}
    return plan.ask(PLACE, "code", message % words, "code", code.lower(), other.code.lower())
