"""What the rows of one file say of one school: all of them the same, or none is taken."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from integrations.headings import squashed
from integrations.kinds.base import Planned
from integrations.kinds.labels import label
from integrations.kinds.schools import schools_named
from people.models import School

FACTS = ("name", "entity_number", "nces_id", "address")
LONGEST_CODE = 32


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
        seen: dict[str, Any],
    ) -> None:
        self.schools, self.names = schools, names
        self.folded: dict[str, list[School]] = {}
        for called in names.values():
            for school in called:
                self.folded.setdefault(squashed(school.name), []).append(school)
        #: By name, the codes that the file gives to it; each as it and the name are written there.
        self.codes: dict[str, dict[str, tuple[str, str]]] = seen.setdefault("codes", {})
        #: What the file brings in, each once.
        self.new: dict[str, dict[str, bool]] = seen.setdefault("new", {})
        #: By school and fact, each value with the first row that said so.
        self.said: dict[tuple[str, str], dict[str, int]] = seen.setdefault("said", {})

    def give_codes(self, planned: Iterable[Planned]) -> None:
        """Rows that name a school without its code get the code that it has here, or that other
        rows give it, or one that is made of its name."""
        for plan in planned:
            code, name = plan.values.get("code", ""), plan.values.get("name", "")
            if code and name:
                self.codes.setdefault(squashed(name), {}).setdefault(code.lower(), (code, name))
        for plan in planned:
            name = plan.values.get("name", "")
            if not name or plan.values.get("code"):
                continue
            called = self.called(name)
            if len(called) == 1:  # the name says which school, in whatever spelling
                self._is(plan, called[0].code, called[0].name)
            elif not called:
                self._give_code(plan, name)

    def _give_code(self, plan: Planned, name: str) -> None:
        given = list(self.codes.get(squashed(name), {}).values())
        if len(given) > 1:
            message = _("Rows of this file give several codes to it: %s. Give the code.")
            plan.refuse("name", message % ", ".join(code for code, _name in given))
        elif given:
            self._is(plan, *given[0])
        elif name.lower() in self.schools:  # a column of schools may hold their codes
            plan.values["code"] = plan.values.pop("name")
        elif (there := self.schools.get(cut_code(name).lower())) is not None:
            message = _("Give it a code: as much of its name as fits one is the code of %s.")
            plan.refuse("code", message % schools_named([there]))
        else:
            plan.values["code"] = code = cut_code(name)
            if code != name:
                plan.warnings.append(_("It gets the code %s, as much of its name as fits.") % code)
            if key := squashed(name):  # another spelling of it later in the file is this school
                self.codes.setdefault(key, {})[code.lower()] = code, name

    def called(self, name: str) -> list[School]:
        """The schools that are here by this name, in whatever spelling."""
        return self.names.get(name.lower(), []) or self.folded.get(squashed(name), [])

    @staticmethod
    def _is(plan: Planned, code: str, name: str) -> None:
        if plan.values["name"].lower() != name.lower():
            plan.warnings.append(_("It is written otherwise elsewhere: %s.") % name)
        plan.values["code"], plan.values["name"] = code, name

    def brings(self, plan: Planned) -> None:
        """Count what a row brings in: many rows may name one school that is not here."""
        v = plan.values
        code = v.get("code", "").lower()
        if plan.outcome == "create":
            self.new.setdefault("schools", {})[code] = True
        if v.get("room") and (plan.outcome == "create" or "room" in plan.changes):
            room = "\n".join((code, v.get("building", "").lower(), v["room"].lower()))
            self.new.setdefault("rooms", {})[room] = True

    def disagree(self, planned: Iterable[Planned]) -> None:
        """Refuse the rows that say different things of one school: nobody said which is right.
        What an earlier batch said is named, too."""
        here: dict[tuple[str, str], list[Planned]] = {}
        for plan in planned:
            school = str(plan.values.get("code", "")).lower()
            for fact in FACTS if school else ():
                if fact in plan.values:
                    rows = self.said.setdefault((school, fact), {})
                    rows.setdefault(plan.values[fact], plan.row.number)
                    here.setdefault((school, fact), []).append(plan)
        for (school, fact), plans in here.items():
            rows = self.said[school, fact]
            if len(rows) < 2:
                continue
            listed = ", ".join(_("%s (row %s)") % (text, n) for text, n in list(rows.items())[:5])
            message = _(
                "Rows of this file say different things of %(school)s (%(fact)s): %(listed)s. "
                "Correct them, or give each school a code of its own."
            )
            words = {"fact": label(fact), "listed": listed}
            for plan in plans:
                plan.refuse(fact, message % {"school": plan.values["code"], **words})
