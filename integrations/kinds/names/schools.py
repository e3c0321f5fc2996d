"""Which school a row names: by code or by name, in as many columns as say it."""

from collections.abc import Iterable
from functools import cached_property

from django.utils.translation import gettext as _

from core.access import SYSTEM, Actor
from core.text.alike import loosely
from integrations.fields import Field
from integrations.kinds.names.alike import ask_alike
from integrations.kinds.rows.changes import Changes
from integrations.kinds.rows.planned import Planned, SchoolRow
from integrations.kinds.rows.unknown import Unknown
from integrations.models import ImportSession
from people.models import School

#: The columns that may name it. Lists give a code and a name: both must mean one school.
COLUMNS = ("school", "school_2", "school_3")


def school_columns(field: Field) -> tuple[Field, ...]:
    """The field of the school, and those of more columns that name it."""
    return field, *(Field(name, field.synonyms, field.parse) for name in COLUMNS[1:])


class Schools:
    """The schools that rows can mean, looked up once a batch."""

    def __init__(self, session: ImportSession, by: Actor, unknown: Unknown) -> None:
        self.unknown = unknown
        self.default = session.said.school
        self.headers = {f: h for h, f in session.mapping.items()}
        self.by_pk: dict[int, School] = {}
        self._called: dict[str, dict[int, School]] = {}
        self._elsewhere: set[str] | None = None
        for school in School.objects.visible_to(by):
            self.by_pk[school.pk] = school
            for text in (school.code, school.name):
                self._called.setdefault(text.lower(), {})[school.pk] = school

    def called(self, text: str) -> dict[int, School]:
        """Every school that a text can mean: those with that code or name, else the one that
        somebody said it is, else those of a list (OneRoster's orgSourcedIds)."""
        found = self._called.get(text.strip().lower(), {})
        if len(found) == 1:
            return found
        pk = self.unknown.meant("school", text)
        if pk in self.by_pk:
            return {pk: self.by_pk[pk]}
        return found or self._listed(text)

    def _listed(self, text: str) -> dict[int, School]:
        """The schools of a list of them, none where it is no list of schools."""
        found: dict[int, School] = {}
        parts = [part.strip() for part in text.split(",")]
        for part in parts:
            found |= self._called.get(part.lower(), {0: School(name=part)})
        return found if len(parts) > 1 and found.keys() & self.by_pk.keys() else {}

    def _not_theirs(self, text: str) -> bool:
        """Whether a text that means none of their schools means another one of the district."""
        if self._elsewhere is None:
            others = School.objects.visible_to(SYSTEM).exclude(pk__in=list(self.by_pk))
            names = others.values_list("code", "name")
            self._elsewhere = {t.lower() for both in names for t in both} - {""}
        said = {part.strip().lower() for part in (text, *text.split(","))}
        pk = self.unknown.meant("school", text)
        return not said.isdisjoint(self._elsewhere) or (pk is not None and pk not in self.by_pk)

    def resolve(self, plan: Planned[SchoolRow, Changes], present: School | None) -> School | None:
        """The school of a row; None, and the row refused, where none is meant, several could be, or
        its columns lead to different ones. A row that names none is of the school that its thing
        or person is of (`present`), else of the one that was chosen for such rows."""
        named = zip(COLUMNS, plan.values.schools, strict=True)
        said = [(column, text) for column, text in named if text]
        if not said and present is not None:
            return present
        if not said and not self.default:
            message = _(
                "The row names no school. Say at the columns which one names it, or choose one for "
                "rows that name none."
            )
            plan.refuse("school", message)
            return None
        if said:
            plan.values.school = said[0][1]
        said = said or [("school", self.default)]
        meant = [(text, self.called(text)) for _column, text in said]
        alike = self._loosely.get(loosely(said[0][1])) if not meant[0][1] else None
        if alike is not None:
            choice = ask_alike(plan, "school", said[0][1], alike.code)
            if not choice:
                return None
            if choice == "that":
                meant[0] = said[0][1], {alike.pk: alike}
        if not meant[0][1]:
            self._missing(plan, said[0][1], _("There is no school called %s.") % said[0][1])
            return None
        for (column, text), (_said, schools) in zip(said, meant, strict=True):
            if not schools and self._not_theirs(text):
                # Which school it is, and that it is there, is not for them to know.
                message = _(
                    "%(texts)s: these do not mean one school of yours. Correct one of them."
                )
                plan.refuse("school", message % {"texts": ", ".join(t for _c, t in said)})
                return None
            if not schools:  # a name that nobody knows tells nothing against one that is known
                plan.notes.append((self.headers[column], "school-beside"))
        known = [(text, schools) for text, schools in meant if schools]
        both = set.intersection(*(set(schools) for _text, schools in known))
        if present is not None and present.pk in both:
            return present
        if not both:
            self._different(plan, known)
        elif len(both) > 1:
            message = _("%(text)s may be several schools: %(schools)s. Say once which one it is.")
            schools = known[0][1]
            words = {"text": said[0][1], "schools": schools_named(schools[pk] for pk in both)}
            self._missing(plan, said[0][1], message % words)
        return self.by_pk[both.pop()] if len(both) == 1 else None

    @cached_property
    def _loosely(self) -> dict[str, School]:
        return {loosely(school.code): school for school in self.by_pk.values()}

    def _missing(self, plan: Planned[SchoolRow, Changes], text: str, sentence: str) -> None:
        self.unknown.note("school", text)
        plan.refuse("school", sentence)

    def _different(
        self, plan: Planned[SchoolRow, Changes], known: list[tuple[str, dict[int, School]]]
    ) -> None:
        told = [
            _("%(text)s is %(schools)s")
            % {"text": text, "schools": schools_named(schools.values())}
            for text, schools in known
        ]
        message = _("The row's columns name different schools: %s. Correct one of them.")
        plan.refuse("school", message % ", ".join(told))


def schools_named(schools: Iterable[School]) -> str:
    """Schools as they are told apart: with their codes."""
    return ", ".join(sorted(f"{s.name} ({s.code})" if s.code else s.name for s in schools))
