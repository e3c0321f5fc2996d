"""People of the roster. Personal values never enter the journal: there they are masked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from core.access import Actor, may, require, require_all
from core.journal.writing import EntryDraft, changed, record, record_many, save_changes
from core.models import Entry
from core.problems import Problem, fresh, refuse_if
from people.models import Person, School
from people.retention import called, rename_elsewhere, renamed_elsewhere
from people.rules.erasing import erased_problems
from people.rules.identity import other_person
from people.rules.ids import Entered, id_problems
from people.rules.mails import Mailed, mail_problems
from people.rules.merging import merged_problems, who_stay
from people.rules.places import is_new_there, new_there_problems

PERSONAL = ("first_name", "last_name", "email", "local_id", "title")
#: In so many changed people of one roster old names are looked for in copies; where a whole
#: district has new addresses the copies end of themselves (people.retention).
LOOKED_FOR = 50
FIELDS = (*PERSONAL, "grade", "kind", "active")


@dataclass(frozen=True, kw_only=True)
class PersonDraft:
    """A person as a roster knows them; None leaves a value as it is (somebody new is an active
    student)."""

    local_id: str
    school: School
    kind: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    grade: str | None = None
    title: str | None = None
    active: bool | None = None
    another: bool = False  # somebody said that it is not the person with the similar id or e-mail
    same: bool = False  # ... and that the id is still the same person's

    @property
    def school_id(self) -> int:
        return self.school.pk


def id_taken() -> Problem:
    """What is said where a local id is somebody's already."""
    message = _("Somebody has this id already: give another, or change what is said of them.")
    return Problem("local-id-taken", message, "local_id")


def add_person(draft: PersonDraft, *, by: Actor) -> Person:
    """Add one person. Raises Refused where the local id is there already."""
    with transaction.atomic():
        local_id = draft.local_id.strip()
        if local_id and Person.objects.filter(local_id__iexact=local_id).exists():
            refuse_if([id_taken()])
        save_people([draft], by=by, asks="")
        return Person.objects.get(local_id=draft.local_id.strip())


def save_people(
    drafts: Sequence[PersonDraft], *, by: Actor, asks: str | None = None
) -> tuple[int, int, int]:
    """Create or change many people by local id; (created, changed, same). All or none. The id of
    a merged row is that of the person who stays. `asks`: nobody was asked yet whether it is the
    same person, and whose an e-mail is; under this field each row is named where that is asked
    (empty: there is one row)."""
    with transaction.atomic():
        require_all(by, "people.change_person", drafts)
        keys = {d.local_id.strip().lower(): d for d in drafts}
        problems = [
            Problem("local-id-missing", _("Each person needs a local id."), f"rows.{i}.local_id")
            for i, d in enumerate(drafts)
            if not d.local_id.strip()
        ]
        refuse_if(problems)
        # Two rosters may bring the same person: the second waits and finds the first's row.
        written = [d.local_id.strip() for d in drafts]  # SQLite lowers ASCII alone
        found = Person.objects.annotate(key=Lower("local_id")).filter(
            Q(key__in=keys) | Q(local_id__in=written)
        )
        rows = found.order_by("pk").select_for_update()
        there: dict[str, Person] = {p.local_id.lower(): p for p in rows}
        _leads_on(there)
        refuse_if(
            Problem("local-id-taken", _("Somebody of another school has this id."), "local_id")
            for person in there.values()
            if not may(by, "people.change_person", person)
        )
        entered = [
            Entered(
                d.local_id,
                _called(d),
                f"rows.{i}.local_id" if len(drafts) > 1 else "local_id",
                d.another,
            )
            for i, d in enumerate(drafts)
            if d.local_id.strip().lower() not in there
        ]
        refuse_if([*id_problems(entered, by)])
        if asks is not None:
            refuse_if([*_whose(drafts, there, asks, by)][:50])
        come = [d for k, d in keys.items() if is_new_there(there.get(k), d.school, d.active)]
        refuse_if(new_there_problems(d.school for d in come))
        new, entries, altered = [], [], 0
        for key, draft in keys.items():
            values = {f: getattr(draft, f) for f in FIELDS if getattr(draft, f) is not None}
            values["local_id"] = draft.local_id.strip()
            person = there.get(key)
            if person is None:
                new.append(Person(school=draft.school, **({"kind": "student"} | values)))
                continue
            values.pop("local_id")
            before, were = person.school_id, called([person])
            changes = changed(person, school=draft.school, **values)
            if changes:
                altered += 1
                person.version += 1
                save_changes(person, [*changes, "version"])
                if altered <= LOOKED_FOR:
                    renamed_elsewhere(were, person)
                entries.append(
                    EntryDraft(
                        "person.changed",
                        person,
                        by,
                        school_id=person.school_id,
                        school_before_id=before if before != person.school_id else None,
                        changes=changes,
                    )
                )
        Person.objects.bulk_create(new, batch_size=500)
        entries += [
            EntryDraft("person.added", p, by, school_id=p.school_id, created=True) for p in new
        ]
        record_many(entries)
    return len(new), altered, len(keys) - len(new) - altered


def _leads_on(there: dict[str, Person]) -> None:
    """Put the rows that stay in the place of merged ones. Raises Refused where two ids that are
    saved together are one person's: which of the two is right, nobody said."""
    # Who stays may be merged or erased this moment, as the rows that were locked before.
    stay = who_stay(there.values(), Person.objects.select_for_update())
    ids: dict[int, str] = {}
    for key, row in there.items():
        person = there[key] = stay.get(row.pk, row)
        if person.pk in ids:
            words = {"one": ids[person.pk], "other": row.local_id}
            message = _("%(one)s and %(other)s were merged: send that person once.")
            refuse_if([Problem("local-id-merged", message % words, "local_id")])
        ids[person.pk] = row.local_id


def _whose(
    drafts: Sequence[PersonDraft], there: Mapping[str, Person], field: str, by: Actor
) -> Iterator[Problem]:
    """What a person at an import is asked of a roster, and who sends one answers beside the row:
    whether an id is still the same person's, and whose an e-mail is."""
    mails = []
    for i, draft in enumerate(drafts):
        person = there.get(draft.local_id.strip().lower())
        at = f"{field}.{i}." if field else ""
        if person is not None and not draft.same:
            other = other_person(draft, person, draft.school)
            if other is not None:
                message = _(
                    "%(id)s is %(here)s here and %(told)s in this row. Where the id was given to "
                    "somebody else, change the id of who had it first; where they are one, say so."
                )
                words = {"id": person.local_id, "here": other.here, "told": other.told}
                code = {"role": "role-differs", "person": "name-differs"}[other.kind]
                yield Problem(code, message % words, f"{at}local_id")
        pk, own = (person.pk, person.email) if person is not None else (None, "")
        if draft.email and draft.email.lower() != own.lower() and not draft.another:
            name, local_id = _called(draft), draft.local_id.strip()
            mails.append(Mailed(draft.email, name, local_id, f"{at}email", pk))
    yield from mail_problems(mails, by)


def _called(draft: PersonDraft) -> str:
    return f"{draft.first_name or ''} {draft.last_name or ''}".strip() or draft.local_id.strip()


def change_person(
    person: Person, *, by: Actor, version: int | None = None, another: bool = False, **values: Any
) -> Person:
    """Change one person's facts. Raises Stale, or Refused where the local id is somebody else's or
    looks like it, or their e-mail is (unless `another`)."""
    with transaction.atomic():
        # Somebody may change, merge or erase them this moment: we wait, and then see that.
        person = Person.objects.visible_to(by).for_change(person.pk)
        require(by, "people.change_person", person)
        fresh(person, version)
        refuse_if([*erased_problems(person), *merged_problems(person)])
        if (school := values.get("school")) is not None:
            require(by, "people.change_person", school)
        if is_new_there(person, school, values.get("active")):
            field = "active" if school is None else "school"
            refuse_if(new_there_problems([school or person.school], field))
        before, were = person.school_id, called([person])
        changes = changed(person, **values)
        if person.local_id and (
            Person.objects.filter(local_id__iexact=person.local_id).exclude(pk=person.pk).exists()
        ):
            refuse_if([id_taken()])
        if "local_id" in changes:
            entered = Entered(person.local_id, person.name, "local_id", another)
            refuse_if([*id_problems([entered], by)])
        if changes.get("email", ("", ""))[1] and not another:
            name, local_id = person.name, person.local_id
            mail = Mailed(person.email, name, local_id, "email", person.pk)
            refuse_if([*mail_problems([mail], by)])
        if changes:
            person.version += 1
            save_changes(person, [*changes, "version"])
            if "local_id" in changes:
                rename_elsewhere(*changes["local_id"])
            renamed_elsewhere(were, person)
            record(
                "person.changed",
                person,
                by=by,
                changes=changes,
                school_before_id=before if before != person.school_id else None,
            )
    return person


def merge_people(loser: Person, *, into: Person, by: Actor, reason: str) -> Person:
    """Two rows for one person. Refused while the loser holds things: check them in first."""
    with transaction.atomic():
        # A desk may hand something to one of them this moment: it waits, and is refused, or we see
        # what they hold. Who merges the two the other way round waits, and is refused.
        pair = Person.objects.visible_to(by).filter(pk__in=[loser.pk, into.pk]).locked()
        rows = {p.pk: p for p in pair}
        if len(rows) < 2 and loser.pk != into.pk:
            raise Person.DoesNotExist
        loser, into = rows[loser.pk], rows[into.pk]
        require(by, "people.change_person", loser)
        require(by, "people.change_person", into)
        refuse_if([*erased_problems(loser), *erased_problems(into)])
        if loser.pk == into.pk or loser.merged_into_id or into.merged_into_id:
            refuse_if(
                [
                    Problem(
                        "merge-target", _("Choose another person, who is not merged into somebody.")
                    )
                ]
            )
        for held in _holdings(loser, by):
            message = _("They still hold items: %s. Check these in first.")
            refuse_if([Problem("holds", message % held)])
        changes = changed(loser, merged_into=into, active=False)
        save_changes(loser, changes)
        record(
            "person.merged", loser, by=by, changes=changes, data={"into": into.pk, "reason": reason}
        )
    return into


def unmerge_people(loser: Person, *, by: Actor, reason: str) -> Person:
    """Undo of merge: they are two people after all. What was handed to the other since stays with
    the other; whether they are on the roster is as it was before."""
    with transaction.atomic():
        # Two may part them: the second waits, and finds each alone.
        loser = Person.objects.visible_to(by).for_change(loser.pk)
        require(by, "people.change_person", loser)
        refuse_if(erased_problems(loser))
        if loser.merged_into_id is None:
            refuse_if([Problem("not-merged", _("This person stands alone already."))])
        merged = Entry.objects.of(loser).filter(kind="person.merged").order_by("-pk").first()
        active = bool(merged and merged.changes.get("active", [False])[0])
        changes = changed(loser, merged_into=None, active=active)
        save_changes(loser, changes)
        record("person.unmerged", loser, by=by, changes=changes, data={"reason": reason})
    return loser


def _holdings(person: Person, by: Actor) -> list[str]:
    """What upper apps say a person still holds (reverse accessors would name an upper app)."""
    return [text for check in _holding_checks if (text := check(person, by))]


_holding_checks: list[Any] = []


def register_holding_check(check: Any) -> None:
    """Add a check(person, by) -> text of what they hold as `by` may know, empty for nothing."""
    _holding_checks.append(check)
