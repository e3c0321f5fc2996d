"""Who a row says has the thing: by local id, e-mail, user name or a name that only one person
has."""

from collections.abc import Iterable, Sequence

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Lower, StrIndex, Substr
from django.utils.translation import gettext as _

from core.access import Actor
from integrations.kinds.asset_row import AssetPlan
from integrations.kinds.base import lost_zeros, lower_in, with_zeros
from people.models import Person
from people.rules.merging import who_stay

PARTS = ("holder", "holder_email", "holder_first", "holder_last")
#: What stands in a user's e-mail before the at sign: school systems make both of one.
USER_NAME = Case(
    When(email__contains="@", then=Lower(Substr("email", 1, StrIndex(F("email"), Value("@")) - 1))),
    default=Value(""),
    output_field=CharField(),
)
FULL_NAME = Lower(Concat("first_name", Value(" "), "last_name"))


def _words(text: str) -> str:
    """A name as it is compared: "Last, First" is turned round."""
    last, comma, first = text.partition(",")
    return " ".join((f"{first} {last}" if comma else text).lower().split())


class Holders:
    """The people whom a batch of rows names."""

    def __init__(self, plans: Sequence[AssetPlan], by: Actor) -> None:
        texts = {t for p in plans for t in (p.values.holder, p.values.holder_email) if t}
        names = {
            n
            for p in plans
            for n in (_full(p), p.values.holder or "")
            if " " in n.strip() or "," in n
        }
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
            wanted = {_words(n) for n in names}
            # A name is no code: that of a merged row leads nowhere, as it may be another's.
            rows = people.filter(merged_into=None).annotate(key=FULL_NAME)
            for p in rows.filter(Q(key__in=wanted) | _as_written(names)):
                self.by_name.setdefault(_words(f"{p.first_name} {p.last_name}"), {})[p.pk] = p

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
        said = [self._meant(v.holder, present)] if v.holder else []
        if mail := (v.holder_email or "").lower():
            said.append(self.by_mail.get(mail) or self._same(mail, present))
        if full := _full(plan):
            said.append(self.by_name.get(_words(full)) or self._same(full, present))
        if not said:
            return
        # What leads to nobody tells nothing against what leads to one: a name beside an e-mail.
        found = [people for people in said if people]
        both = set.intersection(*map(set, found)) if found else set()
        if len(both) == 1:
            pk = both.pop()
            v.holder_row = found[0][pk]
            return
        name = v.holder or v.holder_email or full
        if not found and name in self.fuller:
            plan.refuse("holder", lost_zeros(self.fuller[name]))
        elif not found:
            plan.refuse("holder", _("Nobody has the id, e-mail, user name or name %s.") % name)
        elif not both:
            plan.refuse("holder", _("The row's columns lead to different people."))
        else:
            plan.refuse("holder", _("Several people are meant by %s. Write the id.") % name)

    def _meant(self, text: str, present: Person | None) -> dict[int, Person]:
        """Everybody whom a text can mean, in all its meanings."""
        key = text.lower()
        found = (
            self.by_mail.get(key, {})
            | self.by_user.get(key, {})
            | self.by_name.get(_words(text), {})
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
        return {present.pk: present} if _words(text) in {_words(n) for n in names if n} else {}


def _mean(there: dict[str, dict[int, Person]], key: str, row: Person, stays: Person) -> None:
    """Note whom an address means. That of a merged row may be somebody else's by now."""
    if row is stays or key not in there:
        there.setdefault(key, {})[stays.pk] = stays


def _full(plan: AssetPlan) -> str:
    v = plan.values
    return f"{v.holder_first or ''} {v.holder_last or ''}".strip()


def _as_written(names: Iterable[str]) -> Q:
    """SQLite lowers ASCII alone: a name as it is written matches, too."""
    found = Q()
    for name in names:
        last, comma, first = name.partition(",")
        parts = (f"{first} {last}" if comma else name).split()
        for i in range(1, len(parts)) if not name.isascii() else ():
            found |= Q(first_name=" ".join(parts[:i]), last_name=" ".join(parts[i:]))
    return found
