"""Somebody new who may be one with somebody else: who is here under another id, or who stands in
another row of the file. Nobody is made two people without a word, and nobody gets somebody else's
e-mail: what is brought to that address would go to the wrong one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from core.access import SYSTEM, Actor
from core.text.lookalikes import apostrophes, straight
from integrations.kinds.base import lower_in
from integrations.kinds.names.called import FULL_NAME
from integrations.kinds.people.questions import MAIL, TWICE
from integrations.kinds.people.row import PersonPlan, PersonRow
from people.models import Person, School
from people.rules.identity import next_grade
from people.rules.ids import shown
from people.rules.merging import who_stay


@dataclass(frozen=True, slots=True)
class InFile:
    """Somebody of an earlier row."""

    row: int
    local_id: str
    name: str
    kind: str
    grade: str
    email: str

    def __str__(self) -> str:
        words = {"name": self.name, "id": self.local_id, "row": self.row}
        return _("%(name)s (%(id)s) in row %(row)s") % words


@dataclass(slots=True, eq=False)
class Rows:
    """Whom a file named so far: by e-mail, and the new ones by school and name."""

    mails: dict[str, InFile] = field(default_factory=dict)
    names: dict[tuple[int, str], list[InFile]] = field(default_factory=dict)


def _name(first: str | None, last: str | None) -> str:
    """A whole name as it is compared, empty where a part is missing."""
    return " ".join(straight(f"{first} {last}").lower().split()) if first and last else ""


def _other_mail(v: PersonRow, person: Person) -> str:
    """The e-mail that a row gives to somebody who has none, or another."""
    return v.email if v.email and v.email.lower() != person.email.lower() else ""


def _me(plan: PersonPlan) -> InFile:
    v = plan.values
    mail = (v.email or "").lower()
    return InFile(plan.row.number, v.local_id or "", v.called, v.kind or "", v.grade or "", mail)


class Twice:
    """Those who are here already, of all whom the new rows of a batch may be, or whose e-mail
    those of people who are `here` give to them."""

    def __init__(
        self,
        new: Sequence[PersonPlan],
        here: Iterable[tuple[PersonPlan, Person]],
        seen: Rows,
        by: Actor,
    ) -> None:
        self.seen, self.by = seen, by
        self.mails: dict[str, Person] = {}
        self.names: dict[tuple[int, str], list[Person]] = {}
        said = [p.values for p in new]
        # Whose e-mail it is does not depend on who asks; what is told of them does (`shown`).
        everybody = Person.objects.visible_to(SYSTEM).filter(erased_at=None)
        mails = {v.email for v in said if v.email}
        mails |= {m for p, person in here if (m := _other_mail(p.values, person))}
        if mails:
            rows = list(everybody.annotate(key=Lower("email")).filter(lower_in("email", mails)))
            stay = who_stay(rows, Person.objects.visible_to(SYSTEM))
            for person in rows:
                self.mails.setdefault(person.email.lower(), stay.get(person.pk, person))
        if names := {n for v in said for n in apostrophes(_name(v.first_name, v.last_name)) if n}:
            written = Q()
            for v in said:  # SQLite lowers ASCII alone
                if v.first_name and v.last_name and not f"{v.first_name}{v.last_name}".isascii():
                    for first, last in product(*map(apostrophes, (v.first_name, v.last_name))):
                        written |= Q(first_name=first, last_name=last)
            found = Person.objects.visible_to(by).filter(erased_at=None, merged_into=None)
            for person in found.annotate(key=FULL_NAME).filter(Q(key__in=names) | written):
                key = person.school_id, _name(person.first_name, person.last_name)
                self.names.setdefault(key, []).append(person)

    def asked(self, plan: PersonPlan, school: School) -> bool:
        """Whether a new row waits until somebody says that it is another person."""
        v = plan.values
        me = _me(plan)
        same_mail: Person | InFile | None = None
        if me.email:
            same_mail = self.mails.get(me.email) or self.seen.mails.get(me.email)
        waits = False
        if same_mail is not None:
            message = _(
                "%(name)s (%(id)s) has the e-mail of %(other)s. Where they are one, give the row "
                "that id or leave it out; else say that it is another person."
            )
            waits = not self._another(plan, "email", message, same_mail)
        elif name := _name(v.first_name, v.last_name):
            key = school.pk, name
            waits = self._namesakes(
                plan, me, [*self.names.get(key, ()), *self.seen.names.get(key, ())]
            )
        self.note(v, me, school)
        return waits

    def mail_asked(self, plan: PersonPlan, person: Person) -> bool:
        """Whether the row of somebody who is here waits until somebody says whose the e-mail is
        that it gives them, and that somebody else has, here or in an earlier row."""
        v = plan.values
        me = _me(plan)
        other: Person | InFile | None = None
        if _other_mail(v, person):
            other = self.mails.get(me.email)
            if other is None or other.pk == person.pk:
                other = self.seen.mails.get(me.email)
        if me.email:
            self.seen.mails.setdefault(me.email, me)
        if other is None:
            return False
        message = _(
            "%(name)s (%(id)s) gets the e-mail of %(other)s in this file: a column may be shifted. "
            "Correct it, or say whose it is."
        )
        words = {"name": v.called, "id": person.local_id, "other": self._called(other)}
        about = person.pk, me.email  # whoever of those who have it is named
        choice = plan.ask(MAIL, "email", message % words, *about)
        if choice == "keep":
            v.email = None
        return not choice

    def _namesakes(self, plan: PersonPlan, me: InFile, others: Sequence[Person | InFile]) -> bool:
        """The same of somebody with the same name in the same school; what tells them apart is
        another e-mail, another grade, and who is staff."""
        for other in others:
            mails = bool(me.email and other.email and me.email != other.email.lower())
            if mails or other.kind != me.kind:
                continue
            if me.grade and me.grade == other.grade:
                message = _(
                    "%(name)s (%(id)s) is called as %(other)s, in the same school and grade. Where "
                    "they are one, give the row that id or leave it out; else say that it is "
                    "another person."
                )
                return not self._another(plan, "local_id", message, other)
            if not me.grade or not other.grade or next_grade(other.grade, me.grade):
                message = _("In the same school is %s: both are there then.")
                plan.warnings.append(message % self._called(other))
        return False

    def _another(self, plan: PersonPlan, name: str, message: str, other: Person | InFile) -> bool:
        called = self._called(other)
        words = {"name": plan.values.called, "id": plan.values.local_id, "other": called}
        # Whoever of those with the address is named, also once their row came in.
        whose = other.email if name == "email" else other.local_id
        about = plan.values.called, plan.values.local_id, name, whose.lower()
        return bool(plan.ask(TWICE, name, message % words, *about))

    def _called(self, other: Person | InFile) -> str:
        return str(other) if isinstance(other, InFile) else shown(other, self.by)

    def note(self, v: PersonRow, me: InFile, school: School) -> None:
        """Keep whom the row names for the rows after it."""
        if me.email:
            self.seen.mails.setdefault(me.email, me)
        if name := _name(v.first_name, v.last_name):
            self.seen.names.setdefault((school.pk, name), []).append(me)
