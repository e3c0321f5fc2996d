"""The whole model: custody, and the acts that put mistakes and money right."""

from collections.abc import Iterator

from tests.machine.mistakes import Mistakes
from tests.machine.timeline import (
    QUARTERS,
    Codes,
    Loan,
    Thing,
    in_room,
    morning,
    whole,
    with_person,
)


class Model(Mistakes):
    """A small district: things and units, and what may be done with them."""

    @whole
    def correct(
        self,
        thing: Thing,
        *,
        reason: str,
        tag: str | None,
        serial: str | None,
        acquired: int | None,
        holder: int | None,
        room: int | None,
        at: int | None,
    ) -> Codes:
        if codes := self._cannot_correct(thing, reason, tag, serial, acquired, holder, room, at):
            return codes
        loan = thing.loan
        changes = holder is not None and holder != self.today(thing)["holder"]
        came = thing.acquired
        if tag is not None and tag != thing.tag:
            thing.old_tags.add(thing.tag)
            thing.tag = tag
        thing.serial = thing.serial if serial is None else serial
        thing.acquired = thing.acquired if acquired is None else acquired
        place_since = thing.since("room")
        if changes:
            assert loan is not None
            assert holder is not None
            start = loan.opened if at is None else max(at, loan.opened)
            then = thing.state(start)
            assert then is not None
            loan.closed = start
            thing.loans.append(Loan(holder, start))
            place = with_person(holder) if then["person"] == loan.person else {}
            self._happens(thing, start, holder=holder, **place)
        if room is not None:
            start = place_since if at is None else at
            self._happens(thing, start, **in_room(room), school=self.school_of[room])
        if thing.acquired != came:
            self.came(thing)
        return []

    def _cannot_correct(
        self,
        thing: Thing,
        reason: str,
        tag: str | None,
        serial: str | None,
        acquired: int | None,
        holder: int | None,
        room: int | None,
        at: int | None,
    ) -> Codes:
        if not reason:
            return ["reason-missing"]
        if all(x is None for x in (tag, serial, acquired, holder, room)):
            return ["nothing-to-correct"]
        if codes := self.timely(thing, at):
            return codes
        if thing.merged_into is not None:
            return ["merged"]
        if (holder is not None or room is not None) and (codes := self.closed(thing)):
            return codes
        codes = []
        if tag is not None and self.taken_tag(tag, thing):
            codes.append("tag-taken")
        if serial is not None and self.taken_serial(serial, thing):
            codes.append("serial-taken")
        if not codes and acquired is not None:
            codes = self.cannot_have_come(thing, acquired, self.today(thing)["unit"])
            # Another room or holder from a time on at which it was not there.
            early = at is not None and at < morning(acquired)
            if not codes and early and (holder is not None or room is not None):
                codes = ["before-it-was-there"]
        changes = holder is not None and holder != self.today(thing)["holder"]
        if not codes and changes and holder == self.inactive:
            codes = ["person-inactive"]
        starts = [thing.since("room")] if room is not None else []
        starts += [thing.loan.opened] if changes and thing.loan is not None else []
        if not codes and at is None and any(self.before_merge(thing, x) for x in starts):
            codes = ["before-merge"]
        if not codes and changes and thing.loan is None:
            codes = ["not-assigned"]
        return codes

    # money

    def pay(
        self, units: list[int], cents: dict[int, int], at: int | None, *, approved: bool = False
    ) -> Codes:
        """From `at` on these awards pay these cents of each of the units. Federal money is moved
        only where somebody else approved it."""
        return self._pay(
            dict.fromkeys(units, self.now if at is None else at), cents, approved=approved
        )

    def _pay(self, ats: dict[int, int], cents: dict[int, int], *, approved: bool) -> Codes:
        """The same, each unit from its own time on."""
        units = list(ats)
        if codes := self._cannot_pay(ats, cents):
            return codes
        hit = {n: self.units[n].touched(at) for n, at in ats.items()}
        awards = {award for touched in hit.values() for award in touched}
        # What was taken off and comes back was moved, too.
        if any(hit.values()) or (cents and any(self.units[n].was_paid for n in units)):
            awards |= set(cents)
        if self.federal in awards and not approved:
            return ["approval-required"]
        for n, at in ats.items():
            self.units[n].pay(self.now, at, cents)
        return []

    def propose(
        self, units: list[int], cents: dict[int, int], at: int | None, reason: str
    ) -> Codes:
        """Somebody asks, somebody else approves: it is done."""
        if len({self.units[n].line for n in units}) > 1:
            return ["several-lines"]
        ats = {n: self._asked_from(n) if at is None else at for n in units}
        if codes := self._cannot_pay(ats, cents):
            return codes
        if not reason:
            return ["reason-missing"]
        back = cents and any(self.units[n].was_paid for n in units)
        if not back and not any(self.units[n].touched(x) for n, x in ats.items()):
            return ["nothing-to-reclassify"]
        return self._pay(ats, cents, approved=True)

    def _asked_from(self, unit: int) -> int:
        """From now on; where nobody pays now, since the last that did, or since it was there."""
        return self.now if self.units[unit].paid(self.now) else self._unpaid_since(unit)

    def _unpaid_since(self, unit: int) -> int:
        """Since it was there, or since nobody pays."""
        found = self.units[unit]
        there = min([found.received, *self.acquired(unit)])
        return max(min(morning(there), self.now), found.ended())

    def _cannot_pay(self, ats: dict[int, int], cents: dict[int, int]) -> Codes:
        codes = []
        for n in ats:
            if self.units[n].voided:
                codes.append("unit-void")
            elif sum(cents.values()) > self.units[n].cost:
                codes.append("more-than-cost")
        if codes:
            return codes
        return ["in-the-future"] if max(ats.values()) > self.now else self._too_early(ats)

    def _too_early(self, ats: dict[int, int]) -> Codes:
        """Nobody paid before the receipt, or before the thing was acquired if that is earlier."""
        codes = []
        for n, at in ats.items():
            unit, acquired = self.units[n], self.acquired(n)
            if at // QUARTERS < min([unit.received, *acquired]):
                said = "received" if unit.dated else "listed"
                codes.append(f"paid-before-{'acquired' if acquired else said}")
        return codes

    def acquired(self, unit: int) -> list[int]:
        """The day on which its thing was acquired, where somebody said so."""
        things = [t for t in self.things if self.today(t)["unit"] == unit]
        return [t.acquired for t in things if t.acquired is not None]

    def say(self, unit: int, cents: dict[int, int]) -> Codes:
        """Who pays for a unit: since it was there, or since nobody does, else from now on."""
        found = self.units[unit]
        if found.paid(self.now):
            return self.pay([unit], cents, None)
        return self.pay([unit], cents, self._unpaid_since(unit))

    def cost(self, unit: int, cents: int) -> Codes:
        found = self.units[unit]
        if found.voided:
            return ["unit-void"]
        if any(cents < sum(paid.values()) for paid in found.now.values()):  # on any day
            return ["cost-below-shares"]
        found.cost = cents
        return []

    def void_unit(self, unit: int) -> Codes:
        found = self.units[unit]
        if found.voided:
            return ["unit-void"]
        if self.used_unit(unit):
            return ["unit-has-asset"]
        if any(self.federal in cents for cents in found.now.values()):  # ever
            return ["approval-required"]
        found.voided = True
        found.told.append((self.now, {}))
        return []

    def instants(self) -> Iterator[int]:
        """Every time at which something became true or known."""
        times = {x for t in self.things for f in t.facts for x in (f.at, f.known)}
        told = [x for u in self.units for x in u.told]
        yield from sorted(times | {x for known, paid in told for x in (known, *paid)})
