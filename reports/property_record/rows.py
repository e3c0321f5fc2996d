"""From facts to R1's rows: one thing, one row, as plain values."""

from collections.abc import Container, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

from assets.models import Condition, DisposalMethod, Status
from core.access import NAMES, MaybeActor, scope_of
from funding.models import Award
from funding.reach import awards_of
from reports.dataset import Named
from reports.property_record import facts, named
from reports.property_record.classify import Lines, classifier_for, lines_of
from reports.property_record.columns import Row
from reports.property_record.facts import Moment, Thing
from reports.property_record.then import Printed

ZERO = Decimal("0.00")
CENT = Decimal("0.01")
_LEFT = (None, "", None)


@lru_cache(maxsize=4096)
def _percent(amount: Decimal, cost: Decimal | None) -> Decimal | None:
    return (amount * 100 / cost).quantize(CENT) if cost else None


class Rows:
    """Makes the rows of one award at one moment, as somebody sees them: other awards that are not
    theirs to see are one sum without a name, and people show by name where memberships that name
    people reach all their things in it. `paid`: what the award pays per unit."""

    def __init__(
        self, award: Award, when: Moment, paid: dict[int, Decimal], lines: Lines, by: MaybeActor
    ) -> None:
        self._award, self._when, self._paid = award, when, dict(paid)
        self._then = then = lines.then
        self._federal = award.program.federal
        self._masks = then.assets.masks
        classifier = classifier_for(award, lines)
        #: Reasons of a verdict that hangs on a text that nobody can tell.
        self.doubts = classifier.doubts
        self._classify = lru_cache(maxsize=65536)(classifier.classify)
        self._describe = lru_cache(maxsize=65536)(self._description)
        self._cannot_tell = _("cannot tell what was typed: changed since")
        self._others = facts.other_shares(award, when, then)
        self._naming = scope_of(by, NAMES)
        self._all_named = self._naming.everything or award.pk in awards_of(self._naming)
        others = {pk for parts in self._others.values() for _name, _amount, pk in parts}
        self._seen = facts.others_seen(award, others, when, by)
        self._lowest = lru_cache(maxsize=4096)(lines_of(others, lines))
        self._products, self._lines = named.products(then), named.lines(award, then)
        self._rooms, self._schools = named.rooms(then), named.schools(then)
        self._disposals = facts.disposals(award, when)
        #: By what stands for them the words that somebody typed, and the tags of those that nobody
        #: can tell any more.
        self.words: dict[str, str] = {}
        self.wordless: list[str] = []
        self.names: dict[int, str] = {}
        self.pseudonyms: dict[int, str] = {}
        self._verified = facts.last_verified(award, when, len(paid), then)
        # A label asks the translation each time; a report asks for the same few all the time.
        self._status = {s.value: str(s.label) for s in Status}
        self._condition = {c.value: str(c.label) for c in Condition}
        self._unnamed = _("other awards and funds")
        self._method = {m.value: str(m.label) for m in DisposalMethod}
        subaward = named.together(award.pass_through, award.subaward_number)
        self._same = (award.program.name, award.aln, award.fain or award.frn, subaward)

    def made(self, things: Sequence[Thing]) -> Iterator[Row]:
        """The row of each thing."""
        staff = named.staff(self._then)
        answering = [self._answering(thing, staff) for thing in things]
        self.pseudonyms = named.pseudonyms({pk for pk in answering if pk})
        at = self._naming.schools
        # Somebody is one number in a report: by name only where each of their things shows so.
        hidden = {
            pk
            for t, pk in zip(things, answering, strict=True)
            if not self._all_named and t.school not in at
        }
        self.names = named.names(pk for pk in self.pseudonyms if pk in staff and pk not in hidden)
        for thing, pk in zip(things, answering, strict=True):
            yield self._row(thing, str(pk) if pk else "")

    def numbered(self, rows: Sequence[Row]) -> tuple[list[Row], tuple[Named, ...]]:
        """The rows with people as p1, p2 ... in the order in which they appear, and who they are:
        the staff by name, everybody else by a pseudonym."""
        keys: dict[str, str] = {"": ""}
        found = [
            row._replace(custodian=keys.setdefault(row.custodian, f"p{len(keys)}")) for row in rows
        ]
        people = (
            Named(key, int(pk), self.pseudonyms[int(pk)], self.names.get(int(pk), ""))
            for pk, key in keys.items()
            if pk
        )
        return found, tuple(people)

    def printed(self, things: Sequence[Thing]) -> Printed:
        """Of which records something is printed of these things."""
        products = {thing.product for thing in things}
        others = {pk for t in things for _name, _amount, pk in self._others.get(t.unit, ())}
        return {
            "awards": {self._award.pk} | others,
            "programs": {self._award.program_id},
            "products": products,
            "categories": {self._products[pk][4] for pk in products},
            "schools": {thing.school for thing in things},
            "rooms": {thing.room for thing in things if thing.room},
            "purchases": {self._lines[thing.line][0] for thing in things},
            "assets": {thing.pk for thing in things},
        }

    def _answering(self, thing: Thing, staff: Container[int]) -> int | None:
        """The accountable staff member: who was handed it, else whose room it is in; a student
        only where nobody of the staff answers for it. `staff`: as known
        then."""
        holder = thing.holder or thing.person
        if holder in staff:
            return holder
        return (self._rooms[thing.room][2] if thing.room else None) or holder

    def _row(self, thing: Thing, custodian: str) -> Row:
        # Unpacked at once: this runs for each of a hundred thousand things.
        (
            pk,
            unit,
            tag,
            serial,
            text,
            acquired_on,
            title_holder,
            use,
            product,
            cost,
            line,
            received_on,
            school,
            room_id,
            status,
            condition,
            _holder,
            _person,
            condition_on,
            condition_now,
            _listed_on,
            receipt_listed_on,
            salt,
        ) = thing
        words = ""
        if text or pk in self._masks:
            words = self._typed(pk, tag, text, salt)
        amount = self._paid[unit]
        _category, _name, life, asset_class, _kind = self._products[product]
        _purchase, po, invoice = self._lines[line]
        # The day of receipt stands in where somebody told it. What a list brought without a date
        # was received, as far as we know, on the day of the list: that is no evidence.
        day = acquired_on or (received_on if receipt_listed_on is None else None)
        federal = amount if self._federal else ZERO
        other, other_amount, shared = "", amount - federal, None
        if others := self._others.get(unit):
            named = [(n, a) for n, a, award in others if self._seen.on(pk, award)]
            rest = sum([a for _n, a, _pk in others], ZERO) - sum([a for _n, a in named], ZERO)
            if rest:
                named.append((self._unnamed, rest))
            other = "; ".join([f"{n} {_percent(a, cost)}%" for n, a in named])
            other_amount = sum([a for _n, a, _pk in others], other_amount)
            shared = self._lowest(tuple([pk for _n, _a, pk in others]))
        kind, why = self._classify(cost, life, asset_class, day, shared)
        building, room, _c = self._rooms[room_id] if room_id else ("", "", None)
        left = self._disposals.get(pk, _LEFT) if status == Status.DISPOSED else _LEFT
        noted = (
            condition
            and condition == condition_now
            and condition_on
            and condition_on <= self._when.as_of
        )
        program, aln, fain, pass_through = self._same
        # By position, in the order of the columns: names would cost a tenth of the report's time.
        return Row(
            tag,
            self._describe(product),
            serial,
            program,
            aln,
            fain,
            pass_through,
            title_holder or self._award.title_holder,
            day,
            cost,
            federal,
            _percent(federal, cost) if self._federal else ZERO,
            other,
            self._schools[school],
            building,
            room,
            custodian,
            use,
            self._condition.get(condition, ""),
            # The day of the condition, where it is still the one that was noted then.
            condition_on if noted else None,
            self._verified.get(pk),
            self._status[status],
            left[0],
            self._method.get(left[1], ""),
            left[2],
            po,
            invoice,
            kind,
            why,
            other_amount,
            words,
        )

    def _typed(self, pk: int, tag: str, text: str, salt: str) -> str:
        """What stands for the words typed of a thing, as known then: what the journal has for them,
        so that the record stays the same when they are changed. They are printed where they are
        still those; what they were else nobody can tell, for the journal does not hold them."""
        now = facts.words_key(pk, salt, text)
        then = self._masks.get(pk, {}).get("description", now)
        if then and then == now:
            self.words[then] = text
        elif then:
            self.words[then] = self._cannot_tell
            self.wordless.append(tag)
        return then

    def _description(self, product: int) -> str:
        category, name, _life, _class, _kind = self._products[product]
        return ", ".join(dict.fromkeys(x for x in (category, name) if x))
