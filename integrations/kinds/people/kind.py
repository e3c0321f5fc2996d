"""People of a roster; Microsoft's School Data Sync headers map by themselves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import Actor
from integrations.kinds.base import ImportKind, lower_in
from integrations.kinds.names.schools import Schools
from integrations.kinds.people.fields import FIELDS
from integrations.kinds.people.grades import no_grade
from integrations.kinds.people.identity import (
    Merged,
    merged_since,
    still_asked,
    things_since,
    twin,
)
from integrations.kinds.people.names import names_nobody, one_name, read_names
from integrations.kinds.people.no_names import no_name
from integrations.kinds.people.questions import ASKED
from integrations.kinds.people.rights import Rights
from integrations.kinds.people.row import PersonChanges, PersonPlan, PersonRow
from integrations.kinds.people.standing import own_words, stands, withdrawn
from integrations.kinds.people.twice import Rows, Twice
from integrations.kinds.rows.changes import Change, change
from integrations.kinds.rows.planned import facts_of
from integrations.kinds.rows.unknown import Unknown
from integrations.kinds.unused.columns import of_people
from integrations.models import ImportSession, StagedRow
from people import actions
from people.actions import PersonDraft
from people.codes import id_notices
from people.models import Person, School
from people.rules.commands import is_command
from people.rules.ids import Entered, alike, alike_sentence, id_problems, plain_id


@dataclass(slots=True, eq=False)
class PeopleSeen:
    """Whom the rows of a file named so far."""

    #: A local id in lower case -> the row that named it.
    rows: dict[str, int] = field(default_factory=dict)
    #: A new id without its zeros -> the row, the id and the name.
    zeros: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    twice: Rows = field(default_factory=Rows)


class PeopleImport(ImportKind[PersonRow, PersonChanges, PeopleSeen]):
    name, label = "people", gettext_lazy("People")
    model, fields, row, changes = Person, FIELDS, PersonRow, PersonChanges
    of_people, questions = True, ASKED

    def spoken(self, said: list[str], used: Collection[str]) -> Promise | str:
        return of_people(said, used)

    def settle(
        self, mapping: dict[str, str], sample: Sequence[dict[str, str]], by: Actor
    ) -> dict[str, str]:
        return own_words(one_name(mapping), sample)

    def begin(self, session: ImportSession, by: Actor, unknown: Unknown) -> PeopleSeen:
        return PeopleSeen()

    def beneath(self, plan: PersonPlan, mapping: Mapping[str, str]) -> None:
        withdrawn(plan, mapping)

    def plan(
        self,
        session: ImportSession,
        rows: Sequence[StagedRow],
        by: Actor,
        seen: PeopleSeen,
        unknown: Unknown,
    ) -> list[PersonPlan]:
        planned = self.parse(session, rows, unknown)
        read_names(planned)
        schools = Schools(session, by, unknown)
        ids = {p.values.local_id or "" for p in planned}
        there: dict[str, Person] = {
            p.local_id.lower(): p
            for p in Person.objects.visible_to(by)
            .select_related("school")
            .annotate(key=Lower("local_id"))
            .filter(lower_in("local_id", ids))
        }
        merged = Merged(session, there, ids, by)
        new = [p for p in planned if (p.values.local_id or "").lower() not in there]
        similar = alike([p.values.local_id.lower() for p in new if p.values.local_id])
        known = (there.get((p.values.local_id or "").lower()) for p in planned)
        pairs = zip(planned, known, strict=True)
        here = [(p, merged.stay.get(x.pk, x)) for p, x in pairs if x is not None]
        twice = Twice(new, here, seen.twice, by)
        rights = Rights({p.values.local_id for p in new if p.values.local_id}, by)
        for plan in planned:
            v = plan.values
            if plan.no_row or not stands(plan, session.mapping):
                continue
            if not v.local_id:
                plan.refuse("local_id", _("A person needs a local id."))
                continue
            key = v.local_id.lower()
            if key in seen.rows:
                plan.refuse("local_id", _("The same id stands in row %s.") % seen.rows[key])
                continue
            seen.rows[key] = plan.row.number
            person = there.get(key)
            if person is not None and person.merged_into_id:
                person = merged.leads_to(plan, person, seen.rows)
                if person is None:
                    continue
            if person is None:
                if names_nobody(plan, session.mapping):
                    continue
                one = Entered(v.local_id, v.called, "local_id")
                if plain_id(one.local_id) != one.local_id or is_command(one.local_id):
                    for problem in id_problems([one], by):
                        plan.refuse("local_id", problem.message)
                    continue
                if key in similar:
                    plan.refuse("local_id", alike_sentence(one, similar[key], by))
                    continue
                if twin(plan, v.local_id, seen.zeros):
                    continue
                v.kind = v.kind or Person.Kind.STUDENT  # staff only where somebody said so
            self._decide(plan, person, schools, twice, rights)
        entered = {
            p.values.local_id.lower(): p
            for p in planned
            if p.outcome == "create" and p.values.local_id
        }
        for key, sentences in id_notices(entered, by).items():
            entered[key].warnings += sentences
        return planned

    def parse(
        self, session: ImportSession, rows: Sequence[StagedRow], unknown: Unknown
    ) -> list[PersonPlan]:
        """What the person at the import said of all rows goes before the file's column."""
        said = session.said.people
        if said not in Person.Kind.values:
            return super().parse(session, rows, unknown)
        of_file = session.mapping
        session.mapping = {h: f for h, f in of_file.items() if f != "kind"}
        try:
            planned = super().parse(session, rows, unknown)
        finally:
            session.mapping = of_file
        for plan in planned:
            plan.values.kind = said
        return planned

    def _decide(
        self,
        plan: PersonPlan,
        person: Person | None,
        schools: Schools,
        twice: Twice,
        rights: Rights,
    ) -> None:
        v = plan.values
        school = schools.resolve(plan, person.school if person is not None else None)
        if school is None or no_name(plan, person) or no_grade(plan, person):
            return
        v.school_id = school.pk
        if person is None:
            if rights.may_bring(plan, school) and not twice.asked(plan, school):
                plan.outcome = "create"
            return
        mail = twice.mail_asked(plan, person)
        if still_asked(plan, person, school) or mail:
            return
        plan.object_id, v.saved_id = person.pk, person.local_id
        plan.compare(person)
        if school.pk != person.school_id:
            plan.changes.school = change(person.school_id, school, shown=(person.school, school))
        plan.outcome = "update" if plan.changes else "same"
        if plan.changes:
            rights.may_change(plan, person, school)

    def apply(self, session: ImportSession, plans: Sequence[PersonPlan], by: Actor) -> None:
        schools = School.objects.in_bulk({p.values.school_id for p in plans})
        drafts = [
            PersonDraft(
                local_id=p.values.saved_id or p.values.local_id or "",
                school=schools[p.values.school_id],
                **p.values.facts(),
            )
            for p in plans
        ]
        there = Person.objects.filter(pk__in=[p.object_id for p in plans if p.object_id])
        found = dict(there.values_list("pk", "version"))
        for plan in plans:
            if version := found.get(plan.object_id or 0):
                plan.changes.version = Change(version)
        actions.save_people(drafts, by=by)
        ids = [d.local_id for d in drafts]
        keys = {i.lower(): p for i, p in zip(ids, plans, strict=True)}
        rows = Person.objects.annotate(key=Lower("local_id")).filter(lower_in("local_id", ids))
        for person in rows:
            plan = keys[person.local_id.lower()]
            plan.row.object_id, plan.row.applied_version = person.pk, person.version

    def undo(self, session: ImportSession, row: StagedRow, by: Actor) -> str:
        person = Person.objects.get(pk=row.object_id or 0)
        if person.erased_at:
            return ""  # forgotten since: there is nothing to take back
        if merged := merged_since(person, new=row.outcome == "create"):
            return merged
        if person.version != row.applied_version:
            return _("%s changed since.") % person.local_id
        if row.outcome == "create":
            if named := things_since(person):
                return named
            actions.take_back_person(person, by=by, reason="import undone")
            return ""
        did = PersonChanges.read(row)
        old = did.facts(facts_of(PersonRow))
        if did.school is not None:
            old["school"] = School.objects.get(pk=did.school.was)
        actions.change_person(person, by=by, another=True, **old)  # as it was before
        return ""
