"""New rooms of a list of places: those that look like another of their school by their number, or
by a building that one of them does not name, or spells otherwise; and those that are several."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from integrations.kinds.labels import label
from integrations.kinds.names.alike import PLACE, ask_alike, loose_room
from integrations.kinds.places.rows import PlacePlan, PlacesSeen
from integrations.kinds.places.spelled import Spelled
from people.models import Room, School


class RoomsAlike:
    """The rooms that are here, and those that earlier rows bring (`seen`)."""

    def __init__(self, rooms: Iterable[Room], seen: PlacesSeen) -> None:
        self.seen = seen
        self.here: dict[tuple[int, str], list[Spelled]] = {}
        for room in rooms:
            key = room.school_id, loose_room(room.code)
            self.here.setdefault(key, []).append(Spelled(room.building, room.code))

    def settle(self, plan: PlacePlan, school: School | None) -> None:
        """Refuse a row whose new room is not certain; where it is one that is written otherwise,
        the row says so from here on."""
        v = plan.values
        own = Spelled(v.building or "", v.room or "", plan.row.number)
        loose = loose_room(own.code)
        others = list(self.here.get((school.pk, loose), [])) if school is not None else []
        named = self.seen.rooms_alike.setdefault(((v.code or "").lower(), loose), [])
        # In the same run an earlier row may have come in.
        others += [n for n in named if n.key not in {o.key for o in others}]
        if own.key in {o.key for o in others}:
            return
        if own.several:
            message = _(
                "These seem to be several: %s. Write one in a row, or add it on the page of its "
                "school where it is one."
            )
            plan.refuse("room", message % own.code)
            return
        other, choice = self._which(plan, own, others)
        if other is None or choice == "another":
            named.append(own)
        elif choice == "that":
            if own.building and own.building.lower() != other.building.lower():
                said = f"{label('building')} {own.building}"
                plan.warnings.append(_("Not taken over: %s.") % said)
            v.building, v.room = other.building, other.code

    def _which(
        self, plan: PlacePlan, own: Spelled, others: Sequence[Spelled]
    ) -> tuple[Spelled | None, str]:
        """The room that it may be, and what somebody chose of that."""
        for other in others:
            if other.building.lower() == own.building.lower():
                return other, ask_alike(plan, "room", own.code, other.code, other.row)
        maybe = [o for o in others if own.may_be_in(o.building)]
        if not maybe:
            return None, ""
        if len(maybe) > 1:
            message = _("%(room)s may be any of these: %(others)s. Write its building as there.")
            words = {"room": own, "others": ", ".join(map(str, maybe[:5]))}
            plan.refuse("building", message % words)
            return maybe[0], ""
        return maybe[0], self._ask(plan, own, maybe[0])

    @staticmethod
    def _ask(plan: PlacePlan, own: Spelled, other: Spelled) -> str:
        message = _(
            "%(room)s may be %(other)s: one of them names no building, or spells it otherwise."
        )
        if other.row:
            message = _(
                "%(room)s may be %(other)s in row %(row)s: one of them names no building, or "
                "spells it otherwise."
            )
        words = {"room": own, "other": other, "row": other.row}
        school = (plan.values.code or "").lower()
        return plan.ask(PLACE, "room", message % words, "building", school, *own.key, *other.key)
