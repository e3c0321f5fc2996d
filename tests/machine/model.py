"""The whole model: custody, and the acts that put mistakes and money right."""

from collections.abc import Iterator

from tests.machine.custody import Custody
from tests.machine.timeline import (
    QUARTERS,
    Codes,
    Fact,
    Loan,
    Thing,
    believed,
    in_room,
    morning,
    nowhere,
    with_person,
)


class Model(Custody):
    """A small district: things and units, and what may be done with them."""

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
        if not codes and changes and thing.loan is None:
            codes = ["not-assigned"]
        return codes

    def merge(self, loser: Thing, winner: Thing, reason: str) -> Codes:
        if not reason:
            return ["reason-missing"]
        if loser is winner:
            return ["merge-itself"]
        codes = [
            "merged"
            for t in (loser, winner)
            if t.merged_into is not None or self.today(t)["status"] == "void"
        ]
        if self.today(loser)["holder"] is not None:
            codes.append("assigned")
        unit, other = self.today(loser)["unit"], self.today(winner)["unit"]
        if unit is not None and other is not None:
            codes.append("both-paid")
        if not codes:
            loser.gave = {"at": self.now, "was": dict(self.today(loser))}
            if unit is not None:
                loser.gave["unit"] = unit
                self._happens(winner, None, unit=unit)
            if loser.serial and not winner.serial:
                loser.gave["serial"] = winner.serial = loser.serial
            loser.merged_into = self.things.index(winner)
            self._happens(loser, None, status="void", holder=None, unit=None, **nowhere("closed"))
        return codes

    def unmerge(self, loser: Thing, reason: str) -> Codes:
        if not reason:
            return ["reason-missing"]
        if loser.merged_into is None:
            return ["not-merged"]
        winner = self.things[loser.merged_into]
        if winner.merged_into is not None:
            return ["merged"]
        serial_back = "serial" in loser.gave and winner.serial == loser.gave["serial"]
        others = (t for t in self.things if t is not winner or not serial_back)
        if loser.serial and any(
            t.serial == loser.serial and t.merged_into is None and self.today(t)["status"] != "void"
            for t in others
        ):
            return ["serial-taken"]
        at, was, unit = loser.gave["at"], loser.gave["was"], loser.gave.get("unit")
        before = winner.first().at if self.today(winner)["unit"] == unit else None
        holders = [t for t in self.things if unit is not None and self.today(t)["unit"] == unit]
        if unit is not None and holders in ([], [winner]) and not self.units[unit].voided:
            self._happens(winner, at, unit=None)
        else:
            unit = None
        if serial_back:
            winner.serial = ""
        loser.merged_into, loser.gave = None, {}
        self._happens(loser, at, **was | {"unit": unit})
        self.is_of_this_alone(unit, loser)
        self.paid_as(loser, loser.first().at, before)
        return []

    def void(self, thing: Thing, reason: str) -> Codes:
        if not reason:
            return ["reason-missing"]
        codes = self.closed(thing)
        if codes == ["closed"] and thing.legacy and self.today(thing)["status"] == "disposed":
            codes = []  # disposed before this register
        if not codes and self.today(thing)["holder"] is not None:
            codes = ["assigned"]
        if not codes:
            thing.left = None
            unit = self.today(thing)["unit"]
            self._never_was(thing)
            self.let_go(unit, thing)
        return codes

    def _never_was(self, thing: Thing) -> None:
        """As known from now on it is void since its first day."""
        void = {"status": "void", "holder": None, "unit": None, **nowhere("closed")}
        start, state = thing.first().at, self.today(thing)
        for fact in believed(thing.facts, None):
            fact.gone = self.now
        thing.facts.append(Fact(self.now, start, {**state, **void}))

    # money

    def pay(
        self, units: list[int], cents: dict[int, int], at: int | None, *, approved: bool = False
    ) -> Codes:
        """From `at` on these awards pay these cents of each of the units. Federal money is moved
        only where somebody else approved it."""
        when = self.now if at is None else at
        if codes := self._cannot_pay(units, cents, when):
            return codes
        hit = {n: self.units[n].touched(when) for n in units}
        awards = {award for touched in hit.values() for award in touched}
        if any(hit.values()):
            awards |= set(cents)
        if self.federal in awards and not approved:
            return ["approval-required"]
        for n in units:
            self.units[n].pay(self.now, when, cents)
        return []

    def propose(
        self, units: list[int], cents: dict[int, int], at: int | None, reason: str
    ) -> Codes:
        """Somebody asks, somebody else approves: it is done."""
        when = self.now if at is None else at
        if len({self.units[n].line for n in units}) > 1:
            return ["several-lines"]
        if codes := self._cannot_pay(units, cents, when):
            return codes
        if not reason:
            return ["reason-missing"]
        if not any(self.units[n].touched(when) for n in units):
            return ["nothing-to-reclassify"]
        return self.pay(units, cents, at, approved=True)

    def _cannot_pay(self, units: list[int], cents: dict[int, int], at: int) -> Codes:
        codes = []
        for n in units:
            if self.units[n].voided:
                codes.append("unit-void")
            elif sum(cents.values()) > self.units[n].cost:
                codes.append("more-than-cost")
        return codes or (["in-the-future"] if at > self.now else self._too_early(units, at))

    def _too_early(self, units: list[int], at: int) -> Codes:
        """Nobody paid before the receipt, or before the thing was acquired if that is earlier."""
        codes = []
        for n in units:
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
        """Who pays for a unit: since it was there where nobody did, else from now on."""
        found = self.units[unit]
        if found.paid(self.now):
            return self.pay([unit], cents, None)
        return self.pay([unit], cents, morning(min([found.received, *self.acquired(unit)])))

    def cost(self, unit: int, cents: int) -> Codes:
        found = self.units[unit]
        if found.voided:
            return ["unit-void"]
        if cents < sum(found.paid(self.now).values()):
            return ["cost-below-shares"]
        found.cost = cents
        return []

    def void_unit(self, unit: int) -> Codes:
        found = self.units[unit]
        if found.voided:
            return ["unit-void"]
        if self.used_unit(unit):
            return ["unit-has-asset"]
        if found.paid(self.now).get(self.federal):
            return ["approval-required"]
        found.voided = True
        found.told.append((self.now, {}))
        return []

    def instants(self) -> Iterator[int]:
        """Every time at which something became true or known."""
        times = {x for t in self.things for f in t.facts for x in (f.at, f.known)}
        told = [x for u in self.units for x in u.told]
        yield from sorted(times | {x for known, paid in told for x in (known, *paid)})
