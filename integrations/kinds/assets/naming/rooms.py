"""Rooms that rows of things name and nobody knows: one whose number looks like another's is asked
about, as in a list of rooms, and a word for no room is none."""

from functools import cached_property

from django.utils.translation import gettext as _

from core.access import Actor
from integrations.kinds.assets.row import AssetPlan
from integrations.kinds.names.alike import ask_alike, loose_room
from integrations.kinds.rows.unknown import Unknown
from integrations.words import fold
from people.models import Room, School

#: Words for no room, folded, where no room is called so.
_NOWHERE = frozenset(
    fold(w) for w in ("unassigned", "unassigned room", "not assigned", "no room", "no location")
)


def says_nowhere(plan: AssetPlan, there: Room | None) -> bool:
    """Whether a row says in a word that its thing is in no room: that is an empty cell. `there`:
    where it is."""
    code = plan.values.room or ""
    if fold(code) not in _NOWHERE:
        return False
    message = _("The row says %s: it comes into no room.")
    if there is not None:
        message = _("The row says %s: it stays in the room where it is here.")
    plan.warnings.append(message % code)
    plan.values.room = None
    return True


class RoomsAlike:
    """The rooms that are here, looked up where a row names one that is not, and those that earlier
    rows of the file name."""

    def __init__(self, by: Actor, unknown: Unknown) -> None:
        self.by, self.unknown = by, unknown

    @cached_property
    def _here(self) -> dict[tuple[int, str, str], Room]:
        rooms = Room.objects.visible_to(self.by).filter(merged_into=None).order_by("-pk")
        return {(r.school_id, r.building.lower(), loose_room(r.code)): r for r in rooms}

    def room(self, plan: AssetPlan, school: School, code: str) -> tuple[str, Room | None]:
        """Whether it is certain that a row means a room that is not here, and the room that is here
        which it means after all. Where it means the one of an earlier row, it says so from here
        on."""
        building = plan.values.building or ""
        key = school.pk, building.lower(), loose_room(code)
        there = self._here.get(key)
        named = _label(school, building, code)
        if there is not None:
            other = _label(school, there.building, there.code)
            choice = ask_alike(plan, "room", named, other)
            return choice, there if choice == "that" else None
        first, row = self.unknown.alike.setdefault(key, (code, plan.row.number))
        if first.lower() == code.lower():
            return "another", None
        choice = ask_alike(plan, "room", named, _label(school, building, first), row)
        if choice == "that":
            plan.values.room = first
        return choice, None


def _label(school: School, building: str, code: str) -> str:
    return " ".join(x for x in (school.code, building, code) if x)
