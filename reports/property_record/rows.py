"""From facts to R1's rows: one thing, one row, as plain values."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from assets.models import Condition, DisposalMethod, Status
from funding.models import Award
from reports.property_record import facts
from reports.property_record.classify import classifier_for, lines_of
from reports.property_record.facts import Moment, Thing

ZERO = Decimal("0.00")
CENT = Decimal("0.01")
_LEFT = (None, "", None)


@lru_cache(maxsize=4096)
def _percent(amount: Decimal, cost: Decimal | None) -> Decimal | None:
    return (amount * 100 / cost).quantize(CENT) if cost else None


class Rows:
    """Makes the rows of one award at one moment. `paid`: what the award pays per unit."""

    def __init__(self, award: Award, when: Moment, paid: dict[int, Decimal]) -> None:
        self._award, self._when, self._paid = award, when, dict(paid)
        self._federal = award.program.federal
        self._classify = lru_cache(maxsize=65536)(classifier_for(award, when.known_at).classify)
        self._describe = lru_cache(maxsize=65536)(self._description)
        self._others = facts.other_shares(award, when)
        others = {pk for parts in self._others.values() for _name, _amount, pk in parts}
        self._lowest = lru_cache(maxsize=4096)(lines_of(others, when.known_at))
        self._products, self._lines = facts.products(), facts.lines(award)
        self._rooms, self._schools = facts.rooms(), facts.schools()
        self._disposals = facts.disposals(award, when)
        self._verified = facts.last_verified(award, when)
        # A label asks the translation each time; a report asks for the same few all the time.
        self._status = {s.value: str(s.label) for s in Status}
        self._condition = {c.value: str(c.label) for c in Condition}
        self._method = {m.value: str(m.label) for m in DisposalMethod}
        subaward = " ".join(x for x in (award.pass_through, award.subaward_number) if x)
        self._same = (award.program.name, award.aln, award.fain or award.frn, subaward)

    def made(self, things: Sequence[Thing]) -> Iterator[dict[str, Any]]:
        """The row of each thing."""
        known = facts.people({pk for t in things for pk in self._answering(t) if pk})
        for thing in things:
            yield self._row(thing, self._custodian(thing, known))

    def _answering(self, thing: Thing) -> tuple[int | None, int | None]:
        """Who holds a thing, and whose room it is in."""
        return thing.holder or thing.person, self._rooms[thing.room][2] if thing.room else None

    def _custodian(self, thing: Thing, known: dict[int, tuple[bool, str]]) -> str:
        """The accountable staff member: who was handed it, else whose room it is in; a student
        only where nobody of the staff answers for it (compliance 0a #15)."""
        holder, of_room = [known[pk] if pk else None for pk in self._answering(thing)]
        if of_room and not (holder and holder[0]):
            return of_room[1]
        return holder[1] if holder else ""

    def _row(self, thing: Thing, custodian: str) -> dict[str, Any]:
        # Unpacked at once: this runs for each of a hundred thousand things.
        (pk, unit, tag, serial, text, acquired_on, title_holder, use, product, cost, line,
         received_on, school, room_id, status, condition, _holder, _person, condition_on,
         condition_now) = thing  # fmt: skip
        amount = self._paid[unit]
        _category, _name, life, asset_class = self._products[product]
        po, invoice, ordered = self._lines[line]
        # The day of receipt stands in where there is an order. What an import found without a date
        # was received, as far as we know, on the day of the import: that is no evidence.
        day = acquired_on or (received_on if ordered else None)
        federal = amount if self._federal else ZERO
        other, other_amount, shared = "", amount - federal, None
        if others := self._others.get(unit):
            other = "; ".join([f"{n} {_percent(a, cost)}%" for n, a, _pk in others])
            other_amount = sum([a for _n, a, _pk in others], other_amount)
            shared = self._lowest(tuple([pk for _n, _a, pk in others]))
        kind, why = self._classify(cost, life, asset_class, day, shared)
        building, room, _c = self._rooms[room_id] if room_id else ("", "", None)
        left = self._disposals.get(pk, _LEFT) if status == Status.DISPOSED else _LEFT
        noted = (
            condition and condition == condition_now and condition_on
            and condition_on <= self._when.as_of
        )  # fmt: skip
        program, aln, fain, pass_through = self._same
        return {
            "program": program,
            "aln": aln,
            "fain": fain,
            "pass_through": pass_through,
            "tag": tag,
            "description": self._describe(product, text),
            "serial": serial,
            "title_holder": title_holder or self._award.title_holder,
            "acquired_on": day,
            "cost": cost,
            "federal": federal,
            "federal_percent": _percent(federal, cost) if self._federal else ZERO,
            "other": other,
            "other_amount": other_amount,
            "school": self._schools[school],
            "building": building,
            "room": room,
            "custodian": custodian,
            "use": use,
            "condition": self._condition.get(condition, ""),
            # The day of the condition, where it is still the one that was noted then.
            "condition_on": condition_on if noted else None,
            "last_verified_on": self._verified.get(pk),
            "status": self._status[status],
            "disposed_on": left[0],
            "method": self._method.get(left[1], ""),
            "sale_price": left[2],
            "po": po,
            "invoice": invoice,
            "class": kind,
            "why": why,
        }

    def _description(self, product: int, text: str) -> str:
        category, name, _life, _class = self._products[product]
        return ", ".join(x for x in (category, name, text) if x)
