"""What the rows of one file say of one school: all of them the same, or none is taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from django.utils.translation import gettext as _

from integrations.headings import squashed
from integrations.kinds.labels import label
from integrations.kinds.names.schools import schools_named
from integrations.kinds.places.spelled import Spelled
from integrations.kinds.rows.changes import Change, Changes
from integrations.kinds.rows.planned import FACT, Planned, Row
from people.models import School

LONGEST_CODE = 32


@dataclass(slots=True, eq=False)
class PlaceRow(Row):
    """What a row says of a school, and of a room in it."""

    code: str | None = None
    school: str | None = None  # its code or its name, beside a column of names
    name: str | None = field(default=None, metadata=FACT)
    entity_number: str | None = field(default=None, metadata=FACT)
    nces_id: str | None = field(default=None, metadata=FACT)
    address: str | None = field(default=None, metadata=FACT)
    building: str | None = None
    room: str | None = None


class PlaceChanges(Changes):
    """What a row may change of a school."""

    name: Change[str] | None = None
    entity_number: Change[str] | None = None
    nces_id: Change[str] | None = None
    address: Change[str] | None = None
    active: Change[bool] | None = None
    #: The room that it brought in; `NEW` where it brought the school in.
    room: Change[int | None] | None = None
    school: Change[str] | None = None


NEW = "new"
PlacePlan: TypeAlias = Planned[PlaceRow, PlaceChanges]


@dataclass(slots=True, eq=False)
class PlacesSeen:
    """What the rows of a file said so far."""

    #: By name, the codes that the file gives to it; each as it and the name are written there.
    codes: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    #: By school and fact, each value with the first row that said so.
    said: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    #: The schools and rooms that the file brings in.
    schools: set[str] = field(default_factory=set)
    rooms: set[tuple[str, str, str]] = field(default_factory=set)
    #: What may be lost of a code left away -> the code as a row writes it, and that row.
    alike: dict[str, tuple[str, int]] = field(default_factory=dict)
    #: The same of rooms, by the school's code.
    rooms_alike: dict[tuple[str, str], list[Spelled]] = field(default_factory=dict)


def cut_code(name: str) -> str:
    """The code that a school has that comes without one: its name, as far as it fits."""
    return name[:LONGEST_CODE].strip()


class Told:
    """Which school each row means, and where rows that mean one contradict each other. `schools` by
    code and `names` by name (lower case) are those that are here; `seen` lives for the file."""

    def __init__(
        self,
        schools: Mapping[str, School],
        names: Mapping[str, list[School]],
        seen: PlacesSeen,
    ) -> None:
        self.schools, self.names, self.seen = schools, names, seen
        self.codes = seen.codes
        self.folded: dict[str, list[School]] = {}
        for called in names.values():
            for school in called:
                self.folded.setdefault(squashed(school.name), []).append(school)

    def give_codes(self, planned: Iterable[PlacePlan]) -> None:
        """Rows that name a school without its code get the code that it has here, or that other
        rows give it, or one that is made of its name."""
        for plan in planned:
            self._read_school(plan)
            code, name = plan.values.code or "", plan.values.name or ""
            if code and name:
                self.codes.setdefault(squashed(name), {}).setdefault(code.lower(), (code, name))
        for plan in planned:
            name = plan.values.name or ""
            if not name or plan.values.code:
                continue
            called = self.called(name)
            if len(called) == 1:  # the name says which school, in whatever spelling
                self._is(plan, called[0].code, called[0].name)
            elif not called:
                self._give_code(plan, name)

    def _read_school(self, plan: PlacePlan) -> None:
        """A column of schools beside their names says the code or the name of the same school."""
        v = plan.values
        code, name, said = v.code or "", v.name or "", v.school or ""
        if said.lower() in ("", code.lower()) or squashed(said) == squashed(name):
            return
        called = self.called(said)
        here = self.schools.get(said.lower()) or (called[0] if len(called) == 1 else None)
        same = here is not None and code.lower() in ("", here.code.lower())
        if here is not None and same and (not name or here in self.called(name)):
            v.code = here.code
        elif code and not name:
            v.name = said
        else:
            message = _(
                "%(said)s is not known as the school that the other columns name (%(others)s). "
                "Correct one of them, or say at the columns which is the code and which the name."
            )
            others = ", ".join(filter(None, (code, name))) or _("none")
            plan.refuse("school", message % {"said": said, "others": others})

    def _give_code(self, plan: PlacePlan, name: str) -> None:
        given = list(self.codes.get(squashed(name), {}).values())
        if len(given) > 1:
            message = _("Rows of this file give several codes to it: %s. Give the code.")
            plan.refuse("name", message % ", ".join(code for code, _name in given))
        elif given:
            self._is(plan, *given[0])
        elif name.lower() in self.schools:  # a column of schools may hold their codes
            plan.values.code, plan.values.name = name, None
        elif (there := self.schools.get(cut_code(name).lower())) is not None:
            message = _("Give it a code: as much of its name as fits one is the code of %s.")
            plan.refuse("code", message % schools_named([there]))
        else:
            plan.values.code = code = cut_code(name)
            if code != name:
                plan.warnings.append(_("It gets the code %s, as much of its name as fits.") % code)
            if key := squashed(name):  # another spelling of it later in the file is this school
                self.codes.setdefault(key, {})[code.lower()] = code, name

    def called(self, name: str) -> list[School]:
        """The schools that are here by this name, in whatever spelling."""
        return self.names.get(name.lower(), []) or self.folded.get(squashed(name), [])

    @staticmethod
    def _is(plan: PlacePlan, code: str, name: str) -> None:
        if (plan.values.name or "").lower() != name.lower():
            plan.warnings.append(_("It is written otherwise elsewhere: %s.") % name)
        plan.values.code, plan.values.name = code, name

    def brings(self, plan: PlacePlan) -> None:
        """Count what a row brings in: many rows may name one school that is not here."""
        v = plan.values
        code = (v.code or "").lower()
        if plan.outcome == "create":
            self.seen.schools.add(code)
        if v.room and (plan.outcome == "create" or plan.changes.room is not None):
            self.seen.rooms.add((code, (v.building or "").lower(), v.room.lower()))

    def disagree(self, planned: Iterable[PlacePlan]) -> None:
        """Refuse the rows that say different things of one school: nobody said which is right.
        What an earlier batch said is named, too."""
        here: dict[tuple[str, str], list[PlacePlan]] = {}
        for plan in planned:
            school = (plan.values.code or "").lower()
            for name, text in plan.values.facts().items() if school else ():
                rows = self.seen.said.setdefault((school, name), {})
                rows.setdefault(text, plan.row.number)
                here.setdefault((school, name), []).append(plan)
        for (school, name), plans in here.items():
            rows = self.seen.said[school, name]
            if len(rows) < 2:
                continue
            listed = ", ".join(_("%s (row %s)") % (text, n) for text, n in list(rows.items())[:5])
            message = _(
                "Rows of this file do not agree about %(school)s (%(fact)s): %(listed)s. "
                "Correct them, or give each school a code of its own."
            )
            words = {"fact": label(name), "listed": listed}
            for plan in plans:
                plan.refuse(name, message % {"school": plan.values.code, **words})
