"""What the register promises of things that come into it: from when they were there, and as what.

Each act returns the codes of its refusal, none when it was done.
"""

from dataclasses import dataclass

from tests.machine.thing_rows import ThingRows
from tests.machine.timeline import (
    QUARTERS,
    Codes,
    Fact,
    First,
    Loan,
    Thing,
    Values,
    in_room,
    morning,
    nowhere,
    whole,
    with_person,
)

CLOSED = ("disposed", "void")
#: What is so without having befallen a thing one day.
STEADY = ("ordered", "received", "in_stock", "in_use")


@dataclass(frozen=True)
class New:
    """A thing that comes into the register; `acquired`, `received` and so on are days."""

    tag: str
    serial: str
    school: int
    room: int | None
    unit: int | None
    status: str
    legacy: bool
    holder: int | None
    at: int | None
    acquired: int | None
    received: int | None
    seen: int | None
    loaned: int | None
    changed: int | None


class Beginning(ThingRows):
    """How things come in."""

    # what may not be

    def received(self, unit: int | None) -> int | None:
        """The day on which somebody received a unit."""
        return self.units[unit].received if unit is not None and self.units[unit].dated else None

    def taken_tag(self, tag: str, but: Thing | None = None) -> bool:
        return any(tag in t.tags for t in self.things if t is not but)

    def taken_serial(self, serial: str, but: Thing | None = None) -> bool:
        return bool(serial) and any(
            t.serial == serial
            and t is not but
            and t.merged_into is None
            and self.today(t)["status"] != "void"
            for t in self.things
        )

    def used_unit(self, unit: int | None, but: Thing | None = None) -> bool:
        return unit is not None and any(
            self.today(t)["unit"] == unit and t is not but for t in self.things
        )

    # what is done

    @whole
    def register(self, new: New) -> Codes:
        codes = self._cannot_come(new)
        if codes:
            return codes
        listed = self.now if new.at is None else new.at

        def morning_of(day: int | None) -> int:
            return listed if day is None else min(morning(day), self.now)

        loaned, changed = morning_of(new.loaned), morning_of(new.changed)
        came = new.acquired
        if came is None:
            came = new.received if new.unit is None else self.units[new.unit].received
        # Where nobody says when it came, it was there before the first that is told of it.
        told = [loaned] if new.holder is not None else []
        began = min([listed, *([morning(came)] if came is not None else [changed, *told])])
        if new.loaned is None and new.status not in STEADY:
            loaned = min(loaned, changed)  # who has what is lost had it before
        loaned, changed = max(loaned, began), max(changed, began)
        thing = Thing(
            new.tag, new.serial, [], registered=self.now, legacy=new.legacy, acquired=new.acquired
        )
        place = nowhere("unplaced") if new.room is None else in_room(new.room)
        values: Values = {
            "school": new.school,
            "status": new.status if new.status in STEADY else "in_use",
            **place,
            "holder": None,
            "home": None,
            "condition": "",
            "unit": new.unit,
        }
        self._begin(thing, began, values, listed // QUARTERS)
        if new.holder is not None and new.status not in CLOSED:
            place = with_person(new.holder) if new.room is None else {}
            held = new.status if new.status == "ordered" else "in_use"
            self._tell(thing, loaned, {"holder": new.holder, "status": held, **place})
            thing.loans.append(Loan(new.holder, loaned))
        if new.status not in STEADY:
            place = nowhere("closed") if new.status in CLOSED else {}
            self._tell(thing, changed, {"status": new.status, **place})
        if new.status == "disposed":
            thing.left = new.changed
        if new.seen is not None:
            thing.sightings.append(new.seen)
        self.things.append(thing)
        had = self.is_of_this_alone(new.unit, thing)
        if new.unit is not None:
            self.units[new.unit].paid_from(self.now, began, had)
        return []

    def _cannot_come(self, new: New) -> Codes:
        codes = []
        if self.taken_tag(new.tag):
            codes.append("tag-taken")
        if self.taken_serial(new.serial):
            codes.append("serial-taken")
        received = new.received if new.unit is None else self.received(new.unit)
        befell = {"disposed" if new.status == "disposed" else "changed": new.changed}
        codes += self.order(
            new.acquired,
            received,
            new.seen,
            loaned=new.loaned,
            **befell,
            listed=None if new.at is None else new.at // QUARTERS,
        )
        if new.at is not None and new.at > self.now:
            codes.append("in-the-future")
        if new.loaned is not None and new.holder is None:
            codes.append("person-missing")
        listed = self.day if new.at is None else new.at // QUARTERS
        befallen = listed if new.changed is None else new.changed
        if new.status not in STEADY and new.loaned is not None and befallen < new.loaned:
            codes.append("loaned-after")
        if new.holder == self.inactive and new.status not in CLOSED:
            codes.append("person-inactive")
        if not new.legacy and new.status not in STEADY:
            codes.append("status-new")
        if self.used_unit(new.unit):
            codes.append("unit-taken")
        if new.unit is not None and self.units[new.unit].voided:
            codes.append("unit-void")
        return codes

    def _begin(self, thing: Thing, at: int, values: Values, listed: int) -> None:
        word = listed if at // QUARTERS < listed else None
        thing.facts.insert(0, Fact(self.now, at, values, listed=word))

    def _tell(self, thing: Thing, at: int, values: Values) -> None:
        """Of what comes in: what it was from its first instant on is no news of that instant."""
        first = thing.facts[0]
        if at == first.at:
            first.values |= values
        else:
            thing.facts.append(Fact(self.now, at, values))

    # when it came, put right

    def cannot_have_come(self, thing: Thing, acquired: int | None, unit: int | None) -> Codes:
        """Why it was not acquired on that day, or does not hang on that unit."""
        if (acquired, unit) == (thing.acquired, self.today(thing)["unit"]):
            return []
        return self.out_of_order(self.rows_of(thing), acquired, unit)

    def out_of_order(self, rows: list[Thing], acquired: int | None, unit: int | None) -> Codes:
        """Why a thing that is all of these rows was not acquired then, or is not that unit."""
        loans = [x.opened // QUARTERS for t in rows for x in t.loans if x.was]
        codes = self.order(
            acquired,
            self.received(unit),
            min((x for t in rows for x in t.sightings), default=None),
            loaned=min(loans, default=None),
            disposed=min((t.left for t in rows if t.left is not None), default=None),
            last=self.last_known(rows),
        )
        ends = [x for t in rows if (x := t.first().until) is not None]
        if acquired is not None and ends and min(ends) <= morning(acquired):
            codes.append("happened-before-acquired")
        return codes

    def came(self, thing: Thing) -> None:
        """It was there from its acquired day, else its receipt, else its registration (a list's:
        the list's day) on, and the money with it; but never after what befell it. So was the row
        that brought its money by a merge."""
        row = self.paid_first(thing)
        before = row.first().at
        unit = self.today(thing)["unit"]
        start = self._begins(thing, thing, unit if row is thing else None)
        if row is not thing:
            start = self._begins(row, thing, unit)
        self.paid_as(thing, row, start, before)

    def _begins(self, row: Thing, thing: Thing, unit: int | None) -> int:
        first = row.first()
        start = self._start(thing, row, first, unit)
        if row is not thing and first.until is not None and first.until <= start:
            return start
        if start // QUARTERS != first.at // QUARTERS:
            self._began(row, first, start)
        return start

    def _start(self, thing: Thing, row: Thing, first: First, unit: int | None) -> int:
        acquired = row.acquired if thing.acquired is None else thing.acquired
        if acquired is not None:
            return min(morning(acquired), self.now)
        start = row.registered
        received = self.received(unit)
        if received is not None:
            start = morning(received)
        elif first.listed is not None:
            start = min(start, max(morning(first.listed), first.at))
        if unit is not None and received is None:  # what stood in for it at first
            start = min(start, morning(self.units[unit].stood_in))
        if start > first.at and first.listed is None:
            return first.at  # it is evidenced that it was there
        return max(first.at, min(start, first.until or start)) if start > first.at else start

    def begins_again(self, thing: Thing, was: First) -> bool:
        """It begins as it did once, where nothing else was told of its first days."""
        first = thing.first()
        last, until = first.at, first.until
        if until == was.at:
            last = until
            until = min((f.at for f in thing.facts if f.gone is None and f.at > last), default=None)
        if until is not None and until <= was.at:
            return False
        if first.at != was.at:
            state = thing.state(last)
            assert state is not None
            for fact in thing.facts:
                if fact.at <= last and fact.gone is None:
                    fact.gone = self.now
            thing.facts.insert(0, Fact(self.now, was.at, state, listed=was.listed))
        return True

    def _began(self, thing: Thing, first: First, start: int) -> None:
        """It was there since another time: before, as what it was listed; not before, if later."""
        for fact in thing.facts:
            if fact.at <= first.at and fact.gone is None:
                fact.gone = self.now
        listed = first.at // QUARTERS if first.listed is None else first.listed
        steady = first.state["status"] in STEADY
        room = first.state["room"]
        before = first.state | {
            "holder": None,
            "status": first.state["status"] if steady else "in_use",
            **(nowhere("unplaced") if room is None else in_room(room)),
        }
        if first.state["status"] == "void":
            before = first.state  # what never was, never was
        told = {f: v for f, v in first.state.items() if before[f] != v}
        if start < first.at and told:
            thing.facts.insert(0, Fact(self.now, first.at, told))
            self._begin(thing, start, before, listed)
        else:
            self._begin(thing, start, first.state, listed)
