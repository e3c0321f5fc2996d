"""Schools whose codes look like one, 0771 and 771, and those that have another's name, or its name
and code exchanged."""

from collections.abc import Iterable, Sequence

from core.text.alike import loosely
from integrations.headings import squashed
from integrations.kinds.names.alike import ask_alike, ask_of_name
from integrations.kinds.places.rows import PlacePlan, PlacesSeen
from people.models import School


class SchoolsAlike:
    """Those that are here, and those that earlier rows bring (`seen`)."""

    def __init__(self, schools: Iterable[School], seen: PlacesSeen) -> None:
        self.seen = seen
        here = list(schools)
        self.schools = {loosely(s.code): s.code for s in here}
        self.coded = {s.code.lower(): s for s in here if s.code}
        self.called = {squashed(s.name): s for s in here if squashed(s.name)}

    def school(self, plan: PlacePlan, called: Sequence[School]) -> bool:
        """Whether the code of a new school is certain; where it is that of another, the row says so
        from here on. `called`: the schools that are here by its name."""
        v, code = plan.values, plan.values.code or ""
        there = self.schools.get(loosely(code))
        if there is None and (twin := self._twin(plan, called)) is not None:
            choice = ask_of_name(plan, code, twin)
            if choice == "that":
                v.code, v.name = twin.code, None
            return bool(choice)
        other, row = (there, 0) if there else self._first(loosely(code), code, plan)
        if other.lower() == code.lower():
            return True
        choice = ask_alike(plan, "code", code, other, row)
        if choice == "that":
            v.code, v.name = other, v.name if row else None
        return bool(choice)

    def _twin(self, plan: PlacePlan, called: Sequence[School]) -> School | None:
        """The school that is here by the name of a new one, or whose name or code is the other of
        it there."""
        code, name = plan.values.code or "", plan.values.name or ""
        if not code or not name:
            return None
        named = self.called.get(squashed(code)) or self.coded.get(name.lower())
        return called[0] if len(called) == 1 else named

    def _first(self, key: str, code: str, plan: PlacePlan) -> tuple[str, int]:
        """As an earlier row writes it, and which one."""
        return self.seen.alike.setdefault(key, (code, plan.row.number))
