"""Who a row says has the thing: by local id, e-mail, user name or a name that only one person
has."""

from collections.abc import Iterable, Sequence

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Lower, StrIndex, Substr
from django.utils.translation import gettext as _

from core.access import Actor
from core.text.lookalikes import apostrophes
from integrations.kinds.assets.naming.holder_said import (
    Said,
    as_written,
    full_name,
    is_name,
    of_another,
    words_of,
)
from integrations.kinds.assets.questions import MISNAMED, NAMESAKE
from integrations.kinds.assets.row import AssetPlan
from integrations.kinds.base import lost_zeros, lower_in, with_zeros
from integrations.kinds.names.called import FULL_NAME
from integrations.words import fold
from people.models import Person
from people.rules.ids import shown
from people.rules.merging import who_stay

#: What stands in a user's e-mail before the at sign: school systems make both of one.
USER_NAME = Case(
    When(email__contains="@", then=Lower(Substr("email", 1, StrIndex(F("email"), Value("@")) - 1))),
    default=Value(""),
    output_field=CharField(),
)
#: Words for nobody, folded, where nobody is called so.
NOBODY = frozenset(
    fold(w)
    for w in ("unassigned", "not assigned", "nobody", "no one", "no user", "no owner", "not issued")
)


class Holders:
    """The people whom a batch of rows names."""

    def __init__(self, plans: Sequence[AssetPlan], by: Actor) -> None:
        texts = {t for p in plans for t in (p.values.holder, p.values.holder_email) if t}
        names = {
            n
            for p in plans
            for n in (full_name(p), p.values.holder or "")
            if " " in n.strip() or "," in n
        }
        self.by = by
        self.by_id: dict[str, Person] = {}
        self.fuller: dict[str, str] = {}
        self.by_mail: dict[str, dict[int, Person]] = {}
        self.by_user: dict[str, dict[int, Person]] = {}
        self.by_name: dict[str, dict[int, Person]] = {}
        self.people = Person.objects.visible_to(by)
        people = self.people.filter(erased_at=None)
        if texts:
            self._ids(people, texts)
            self._mails(people, {t.lower() for t in texts})
        if names:
            wanted = {spelled for n in names for spelled in apostrophes(words_of(n))}
            # A name is no code: that of a merged row leads nowhere, as it may be another's.
            rows = people.filter(merged_into=None).annotate(key=FULL_NAME)
            for p in rows.filter(Q(key__in=wanted) | as_written(names)):
                self.by_name.setdefault(words_of(f"{p.first_name} {p.last_name}"), {})[p.pk] = p

    def _ids(self, people: QuerySet[Person], texts: set[str]) -> None:
        zeros = with_zeros(texts)
        rows = people.annotate(key=Lower("local_id"))
        found = rows.filter(lower_in("local_id", texts | set(zeros)))
        self.by_id = {p.local_id.lower(): stays for p, stays in self._staying(found)}
        self.fuller = {zeros[key]: key for key in self.by_id if key in zeros}

    def _staying(self, found: Iterable[Person]) -> list[tuple[Person, Person]]:
        """People with themselves, then rows that were merged with the row that stays: what was
        printed and kept under their codes means that one."""
        rows = list(found)
        stay = who_stay(rows, self.people)
        alone = [(p, p) for p in rows if not p.merged_into_id]
        return alone + [(p, stay[p.pk]) for p in rows if p.pk in stay]

    def _mails(self, people: QuerySet[Person], texts: set[str]) -> None:
        mails = {t for t in texts if "@" in t}
        found = people.annotate(key=Lower("email")).filter(key__in=mails) if mails else ()
        for p, stays in self._staying(found):
            _mean(self.by_mail, p.email.lower(), p, stays)
        users = texts - mails
        found = people.annotate(key=USER_NAME).filter(key__in=users) if users else ()
        for p, stays in self._staying(found):
            _mean(self.by_user, p.email.lower().partition("@")[0], p, stays)

    def resolve(self, plan: AssetPlan, present: Person | None) -> None:
        """Set `holder_row`, or refuse the row: where nobody is meant, where several could be, or
        where its columns lead to different people. `present` has the thing now."""
        v = plan.values
        said: list[Said] = []
        if v.holder:
            said.append(Said("holder", v.holder, self._meant(v.holder, present)))
        if mail := (v.holder_email or "").lower():
            people = self.by_mail.get(mail) or self._same(mail, present)
            said.append(Said("holder_email", v.holder_email or "", people))
        if full := full_name(plan):
            people = self.by_name.get(words_of(full)) or self._same(full, present)
            said.append(Said("holder_last" if v.holder_last else "holder_first", full, people))
        if not said:
            return
        found = [s for s in said if s.people]
        both = set.intersection(*(set(s.people) for s in found)) if found else set()
        column, name = said[0].column, said[0].text
        if len(both) == 1:
            person = found[0].people[both.pop()]
            if (present is not None and person.pk == present.pk) or self._sure(plan, said, person):
                v.holder_row = person
        elif not found and name in self.fuller:
            plan.refuse(column, lost_zeros(self.fuller[name]))
        elif not found and v.out_to != "person" and all(fold(s.text) in NOBODY for s in said):
            _nobody(plan, said, present)
        elif not found:
            plan.refuse(column, _("Nobody has the id, e-mail, user name or name %s.") % name)
        elif not both:
            plan.refuse(column, _("The row's columns lead to different people."))
        else:
            several, name = found[0].column, found[0].text
            plan.refuse(several, _("Several people are meant by %s. Write the id.") % name)

    def _sure(self, plan: AssetPlan, said: Sequence["Said"], person: Person) -> bool:
        """Whether nothing of the row is against who was found; else somebody is asked. A name is
        no id: beside a code that nobody has it may be another's of that name. A code beside the
        name of somebody else may have been given to them."""
        nobody = [s for s in said if not s.people]
        codes = [s for s in said if s.people and self._by_code(s, person)]
        words = {"person": shown(person, self.by)}
        if not codes:
            unknown = [s for s in nobody if not is_name(s) and not self._short_of(s, person)]
            if not unknown:
                return True
            words["code"] = ", ".join(s.text for s in unknown)
            message = _(
                "Nobody here has %(code)s; the name fits %(person)s. Is it them, or somebody else "
                "of that name who is not here yet?"
            )
            column, code = unknown[0].column, words["code"]
            return bool(plan.ask(NAMESAKE, column, message % words, code, person.pk))
        partly = any(not is_name(s) for s in nobody)  # another code beside it is against it, too
        named = [s for s in nobody if is_name(s) and of_another(s, plan, person, partly)]
        if not named:
            return True
        words |= {"code": codes[0].text, "name": named[0].text}
        message = _("%(code)s is %(person)s here, and this row says %(name)s.")
        about = (codes[0].text, named[0].text, person.pk)
        return bool(plan.ask(MISNAMED, codes[0].column, message % words, *about))

    def _by_code(self, said: "Said", person: Person) -> bool:
        """Whether a text leads to somebody by a code and not as their name alone."""
        key = said.text.lower()
        by_id = self.by_id.get(key)
        return (
            (by_id is not None and by_id.pk == person.pk)
            or person.pk in self.by_mail.get(key, {})
            or person.pk in self.by_user.get(key, {})
        )

    def _short_of(self, said: "Said", person: Person) -> bool:
        """Whether a number is somebody's id whose zeros a spreadsheet took off."""
        fuller = self.by_id.get(self.fuller.get(said.text, ""))
        return fuller is not None and fuller.pk == person.pk

    def _meant(self, text: str, present: Person | None) -> dict[int, Person]:
        """Everybody whom a text can mean, in all its meanings."""
        key = text.lower()
        found = (
            self.by_mail.get(key, {})
            | self.by_user.get(key, {})
            | self.by_name.get(words_of(text), {})
        )
        if (person := self.by_id.get(key)) is not None:
            return found | {person.pk: person}
        return self._same(text, present) or found

    @staticmethod
    def _same(text: str, present: Person | None) -> dict[int, Person]:
        """A name that fits who has the thing now means them: nothing changes."""
        if present is None:
            return {}
        names = (present.name, present.pseudonym, present.local_id, present.email)
        return {present.pk: present} if words_of(text) in {words_of(n) for n in names if n} else {}


def _nobody(plan: AssetPlan, said: Sequence["Said"], present: Person | None) -> None:
    """The row says in a word that nobody has the thing: that is an empty cell."""
    v = plan.values
    v.holder = v.holder_email = v.holder_first = v.holder_last = None
    if present is not None:
        message = _("The row says %s: whoever has the item here keeps it.")
        plan.warnings.append(message % said[0].text)


def _mean(there: dict[str, dict[int, Person]], key: str, row: Person, stays: Person) -> None:
    """Note whom an address means. That of a merged row may be somebody else's by now."""
    if row is stays or key not in there:
        there.setdefault(key, {})[stays.pk] = stays
