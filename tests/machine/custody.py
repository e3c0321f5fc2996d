"""What the register promises about custody: who may do what with a thing, and what it becomes.

Each act returns the codes of its refusal, none when it was done.
"""

from typing import Any

from tests.machine.beginning import CLOSED, Beginning
from tests.machine.timeline import (
    QUARTERS,
    Codes,
    Fact,
    Loan,
    Thing,
    Values,
    believed,
    in_room,
    morning,
    nowhere,
    whole,
    with_person,
)

FREE, CASE = "free", "case"
#: The life table, told once more by hand: the machine must not ask what it tries.
LIFE: dict[str, dict[str, str]] = {
    "received": dict.fromkeys(("in_stock", "in_use"), FREE),
    "in_stock": {
        **dict.fromkeys(("in_use", "in_repair", "in_transit", "missing", "surplus"), FREE),
        "lost": CASE,
        "stolen": CASE,
    },
    "in_use": {
        **dict.fromkeys(("in_stock", "in_repair", "in_transit", "missing", "surplus"), FREE),
        "lost": CASE,
        "stolen": CASE,
    },
    "in_repair": dict.fromkeys(("in_stock", "in_use", "surplus", "disposed", "missing"), FREE),
    "in_transit": dict.fromkeys(("in_stock", "in_use", "missing"), FREE),
    "missing": {"in_stock": FREE, "in_use": FREE, "lost": CASE, "stolen": CASE},
    "lost": dict.fromkeys(("in_stock", "in_use"), FREE),
    "stolen": dict.fromkeys(("in_stock", "in_use"), FREE),
    "surplus": dict.fromkeys(("awaiting_disposal", "in_stock"), FREE),
    "awaiting_disposal": dict.fromkeys(("disposed", "surplus", "in_stock"), FREE),
}
GONE = ("missing", "lost", "stolen")
#: What a disposal says of a thing.
LEFT = ("status", "holder", "place", "room", "person")
READY = ("received", "in_stock", "in_use")
#: What a thing may be while somebody answers for it.
HELD = ("in_use", "in_repair", "in_transit", *GONE)


class Custody(Beginning):
    """What may be done with things that are there."""

    # what may not be

    def closed(self, thing: Thing) -> Codes:
        if thing.merged_into is not None:
            return ["merged"]
        return ["closed"] if self.today(thing)["status"] in CLOSED else []

    def timely(self, thing: Thing, at: int | None) -> Codes:
        if at is None:
            return []
        if at > self.now:
            return ["in-the-future"]
        if thing.state(at) is None:
            return ["before-it-was-there"]
        return ["before-merge"] if self.before_merge(thing, at) else []

    def contradicted(self, thing: Thing, at: int) -> bool:
        """Whether what is recorded of later times leaves no room for a hand-out at `at`."""
        told = False
        for fact in believed(thing.facts, None):
            if fact.at <= at:
                continue
            told |= "status" in fact.values
            state = thing.state(fact.at)
            assert state is not None
            if "holder" in fact.values or (told and state["status"] not in HELD):
                return True
        return False

    # what is done

    def _happens(self, thing: Thing, at: int | None, **values: Any) -> None:
        thing.facts.append(Fact(self.now, self.now if at is None else at, values))

    def assign(self, thing: Thing, person: int, at: int | None) -> Codes:
        codes = self.closed(thing)
        if not codes:
            state = self.today(thing)
            if state["holder"] is not None:
                codes = ["assigned-to-them" if state["holder"] == person else "assigned-already"]
            elif state["status"] not in READY:
                codes = ["not-available"]
            if person == self.inactive:
                codes.append("person-inactive")
            codes += self.timely(thing, at)
            if at is not None and at <= self.now and state["holder"] is None:
                loans = [x for t in self.rows_of(thing) for x in t.loans]
                if any(x.was and x.closed is not None and x.closed > at for x in loans):
                    codes.append("overlaps")
                elif thing.state(at) is not None and self.contradicted(thing, at):
                    codes.append("contradicted")
        if not codes:
            self._happens(thing, at, status="in_use", holder=person, **with_person(person))
            thing.loans.append(Loan(person, self.now if at is None else at))
        return codes

    def give_back(
        self, thing: Thing, room: int | None, condition: str | None, at: int | None
    ) -> Codes:
        codes = self.closed(thing)
        loan = thing.loan
        if not codes:
            if loan is None:
                codes = ["not-assigned"]
            elif at is not None and at < loan.opened:
                codes = ["before-hand-out"]
            codes += self.timely(thing, at)
        if not codes:
            assert loan is not None
            loan.closed = self.now if at is None else at
            values: Values = {"status": "in_stock", "holder": None}
            values |= nowhere("unplaced") if room is None else in_room(room)
            if room is not None:
                values["school"] = self.school_of[room]
            if condition is not None:
                values["condition"], thing.noted = condition, loan.closed // QUARTERS
            self._happens(thing, at, **values)
        return codes

    @whole
    def change(self, thing: Thing, unit: int | None, acquired: int | None) -> Codes:
        if thing.merged_into is not None:
            return ["merged"]
        if unit is not None:
            if self.today(thing)["status"] == "void":
                return ["closed"]
            if self.used_unit(unit, thing):
                return ["unit-taken"]
            if self.units[unit].voided:
                return ["unit-void"]
        if codes := self.cannot_have_come(thing, acquired, unit):
            return codes
        came = (thing.acquired, self.today(thing)["unit"])
        thing.acquired = acquired
        if unit != came[1]:
            before = self.paid_first(thing).first().at
            self.bought_by(thing, unit)
            self.is_of_this_alone(unit, thing)
            self.let_go(came[1], before)
        if (acquired, unit) != came:
            self.came(thing)
        return []

    def move(self, thing: Thing, room: int, at: int | None) -> Codes:
        codes = self.closed(thing) + self.timely(thing, at)
        if self.today(thing)["status"] in GONE:
            codes.append("missing")
        if not codes:
            self._happens(thing, at, **in_room(room), school=self.school_of[room])
        return codes

    def change_status(self, thing: Thing, status: str, at: int | None) -> Codes:
        if codes := self.closed(thing):
            return codes
        if status in CLOSED:
            return ["dispose-instead"]
        if codes := self.timely(thing, at):
            return codes
        state = self.today(thing) if at is None else thing.state(at)
        assert state is not None
        if state["status"] in CLOSED:
            return ["closed"]
        edge = FREE if state["status"] == status else LIFE[state["status"]].get(status)
        if edge != FREE:
            return ["case-required" if edge == CASE else "illegal-move"]
        if state["holder"] is not None and status in ("in_stock", "surplus"):
            return ["assigned"]
        if state["status"] != status:
            self._happens(thing, at, status=status)
        return []

    def find(self, thing: Thing, room: int | None, at: int | None) -> Codes:
        if self.today(thing)["status"] not in GONE:
            return ["not-missing"]
        if codes := self.timely(thing, at):
            return codes
        if at is not None and at < thing.since("status"):
            return ["before-it-was-missing"]
        values: Values = {"status": "in_use" if thing.loan else "in_stock"}
        if room is not None:
            values |= {**in_room(room), "school": self.school_of[room]}
        self._happens(thing, at, **values)
        return []

    def see(self, thing: Thing, condition: str | None, at: int | None) -> Codes:
        codes = self.closed(thing)
        if at is not None and at > self.now:
            codes.append("in-the-future")
        elif condition is not None:
            codes += self.timely(thing, at)
        if at is not None and at <= self.now:
            received = self.received(self.today(thing)["unit"])
            codes += self.order(thing.acquired, received, at // QUARTERS)
        if not codes:
            thing.sightings.append((self.now if at is None else at) // QUARTERS)
            if condition is not None:
                thing.noted = (self.now if at is None else at) // QUARTERS
                self._happens(thing, at, condition=condition)
        return codes

    def dispose(self, thing: Thing, method: str, day: int) -> Codes:
        if codes := self.closed(thing):
            return codes
        state = self.today(thing)
        if state["holder"] is not None:
            return ["assigned"]
        if "disposed" not in LIFE[state["status"]] and state["status"] != "received":
            return ["illegal-move"]
        only = {"received": "returned", "in_repair": "parts"}.get(state["status"])
        if only is not None and method != only:
            return ["illegal-move"]
        known = self.last_known(self.rows_of(thing))
        there = thing.first().at // QUARTERS
        if codes := self.order(thing.acquired, None, None, disposed=day, there=there, last=known):
            return codes
        if self.before_merge(thing, morning(day)):
            return ["before-merge"]
        at = self.now if day == self.day else morning(day)
        if day != self.day:
            told = (f.at for f in believed(thing.facts, None))
            at = max(at, *(x for x in told if x // QUARTERS <= day))
        thing.left, thing.method, thing.papers = day, method, self._unsay_later(thing, at)
        self._happens(thing, at, status="disposed", holder=None, **nowhere("closed"))
        return []

    def _unsay_later(self, thing: Thing, at: int) -> list[Fact]:
        """What was told of later days about where it is and as what is not true; what it was."""
        found = []
        for n, fact in enumerate(thing.facts):
            gone = {f: v for f, v in fact.values.items() if f in LEFT}
            if fact.gone is not None or fact.at <= at or not gone:
                continue
            found.append(Fact(self.now, fact.at, gone))
            fact.gone = self.now
            rest = {f: v for f, v in fact.values.items() if f not in LEFT}
            if rest:
                thing.facts.insert(n + 1, Fact(self.now, fact.at, rest))
        return found

    def reopen(self, thing: Thing, status: str, reason: str) -> Codes:
        if self.today(thing)["status"] != "disposed":
            return ["not-disposed"]
        if not reason:
            return ["reason-missing"]
        if status not in ("surplus", "in_stock"):
            return ["illegal-move"]
        thing.left, since = None, thing.since("status")
        if thing.papers:  # they were true
            for fact in believed(thing.facts, None):
                if fact.at == since and fact.values.get("status") == "disposed":
                    fact.gone = self.now
            thing.facts += [Fact(self.now, f.at, f.values) for f in thing.papers]
            since = max(f.at for f in thing.papers)
        self._happens(thing, since, status=status, **nowhere("unplaced"))
        return []
