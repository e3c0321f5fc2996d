"""What is asked where a new school, room, vendor or award looks like another."""

from collections.abc import Callable, Iterable
from functools import cached_property

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
        "A new school or room looks like another: by its name or building, or with other zeros "
        "or signs"
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


class NamesAlike:
    """Names of which no two differ by signs alone (CDW-G and C.D.W.G.) but where somebody says so:
    of what is `here`, and of what the rows of a file bring. `loose`: what is left of a name without
    its signs."""

    def __init__(
        self, asked: Question, field: str, here: Iterable[str], loose: Callable[[str], str]
    ) -> None:
        self.asked, self.field, self.loose = asked, field, loose
        self._given = here  # read when the first row names one
        #: By what is left of it, a new name of the file, and its row.
        self._new: dict[str, tuple[str, int]] = {}

    @cached_property
    def _here(self) -> list[str]:
        return list(self._given)

    @cached_property
    def _names(self) -> set[str]:
        return {name.lower() for name in self._here}

    @cached_property
    def _loose(self) -> dict[str, str]:
        return {self.loose(name): name for name in reversed(self._here)}

    def meant(self, plan: Planned[Row, Changes], name: str) -> str:
        """The name that a row means: its own, or the one that it looks like where somebody said so;
        empty, and the row refused, until they say."""
        if name.lower() in self._names:
            return name
        other, row = self._loose.get(self.loose(name), ""), 0
        if not other:
            other, row = self._new.setdefault(self.loose(name), (name, plan.row.number))
        if other.lower() == name.lower():
            return name
        message = _("%(name)s looks like %(other)s, with other signs.")
        if row:
            message = _("%(name)s looks like %(other)s in row %(row)s, with other signs.")
        words = {"name": name, "other": other, "row": row}
        # Whichever row or import brought that one.
        choice = plan.ask(self.asked, self.field, message % words, name.lower(), other.lower())
        return {"that": other, "another": name}.get(choice, "")
