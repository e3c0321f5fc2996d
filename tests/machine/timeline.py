"""What became true and when we knew it, in plain Python and whole numbers.

Time is counted in quarters of a day since some midnight; days in whole ones. A fact says: learned
at `known`, true from `at` on, these values. What held at a time is each field's last word by then;
what was believed at another time is the same, from the facts known by then. No spans, no rows.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec

QUARTERS = 4  # of a day
Codes = list[str]
Values = dict[str, Any]
P = ParamSpec("P")
Paid = dict[int, dict[int, int]]  # from which time on, which award how many cents
FEDERAL = 1  # the award whose money nobody moves alone


class SecondPerson(Exception):
    """Federal money would fall away."""


def whole(act: Callable[P, Codes]) -> Callable[P, Codes]:
    """An act in whose middle a second person may turn out to be needed: then nothing of it is
    done."""

    @wraps(act)
    def done(*args: P.args, **named: P.kwargs) -> Codes:
        tried, said = deepcopy((args, named))
        try:
            act(*tried, **said)
        except SecondPerson:
            return ["approval-required"]
        return act(*args, **named)

    return done


def in_room(room: int) -> Values:
    return {"place": "room", "room": room, "person": None}


def with_person(person: int) -> Values:
    return {"place": "person", "room": None, "person": person}


def nowhere(place: str) -> Values:
    return {"place": place, "room": None, "person": None}


def morning(day: int) -> int:
    return day * QUARTERS


@dataclass
class Fact:
    known: int
    at: int
    values: Values
    gone: int | None = None  # when we learned that it was not so
    listed: int | None = None  # the day of the list whose word alone stands for the days before it

    def stands(self, known: int | None) -> bool:
        """Whether we hold it to be true, now or at another time."""
        if known is None:
            return self.gone is None
        return self.known <= known and (self.gone is None or self.gone > known)

    def bought_by(self, unit: int | None, since: int | None, known: int) -> "Fact":
        """The same with that money: from a time on, none before."""
        if "unit" not in self.values:
            return self.again(known)
        late = since is not None and self.at < since
        right = None if late or self.values.get("status") == "void" else unit
        return Fact(known, self.at, self.values | {"unit": right}, listed=self.listed)

    def again(self, known: int) -> "Fact":
        return Fact(known, self.at, dict(self.values), listed=self.listed)


def believed(facts: list[Fact], known: int | None) -> list[Fact]:
    """What we hold to be true, in the order in which it became true; the later word last."""
    return sorted((f for f in facts if f.stands(known)), key=lambda f: f.at)


#: An act that tells one of these is evidence for the day on which it begins.
EVIDENCE = {"status", "place", "holder"}


@dataclass(frozen=True)
class First:
    """What a thing began with, until something befell it; `listed` as of a fact."""

    at: int
    until: int | None
    state: Values
    listed: int | None


@dataclass
class Loan:
    person: int
    opened: int
    closed: int | None = None

    @property
    def was(self) -> bool:
        """A mistake ends where it began, and stands in nobody's way."""
        return self.closed is None or self.closed > self.opened


@dataclass
class Thing:
    tag: str
    serial: str
    facts: list[Fact]
    loans: list[Loan] = field(default_factory=list)
    merged_into: int | None = None
    gave: Values = field(default_factory=dict)  # to the winner of a merge: its unit, its serial
    was: list[Fact] = field(default_factory=list)  # before what it was merged into was void
    registered: int = 0
    legacy: bool = False
    acquired: int | None = None
    sightings: list[int] = field(default_factory=list)
    noted: int | None = None  # the day of which its condition is
    left: int | None = None  # the day of a disposal that stands
    method: str = ""  # and how; empty where nobody said
    papers: list[Fact] = field(default_factory=list)  # what that said was not true
    old_tags: set[str] = field(default_factory=set)

    def state(self, at: int, known: int | None = None) -> Values | None:
        """Its state at a time, as known now or then; None before it was there."""
        found: Values | None = None
        for fact in believed(self.facts, known):
            if fact.at <= at:
                found = (found or {}) | fact.values
        return found

    def first(self) -> First:
        """What it began with."""
        facts = believed(self.facts, None)
        start = facts[0].at
        here = [f for f in facts if f.at == start]
        state = self.state(start)
        assert state is not None
        told = {name for f in here[1:] for name in f.values}
        listed = None if EVIDENCE & told else here[0].listed
        return First(start, next((f.at for f in facts if f.at > start), None), state, listed)

    def since(self, name: str) -> int:
        """From when a field has today's value."""
        return [f for f in believed(self.facts, None) if name in f.values][-1].at

    @property
    def tags(self) -> set[str]:
        """Its tag and those that it once had: none is ever another's."""
        return {self.tag, *self.old_tags}

    @property
    def loan(self) -> Loan | None:
        return next((x for x in self.loans if x.closed is None), None)


@dataclass
class Unit:
    """What was paid for: what awards pay of it (cents by award) from which times on, as was
    believed from which times on."""

    cost: int
    line: int
    received: int  # its day
    dated: bool = True  # somebody said so
    voided: bool = False
    told: list[tuple[int, dict[int, dict[int, int]]]] = field(default_factory=list)
    #: What somebody said last, while things have dated it since, and whether its first is as old
    #: as what it paid for.
    said: dict[int, dict[int, int]] | None = None
    open_: bool = False
    dated_at: int = 0  # by things, at last
    stood_in: int = -1  # the day that stood in at first for a receipt that nobody dated

    def __post_init__(self) -> None:
        self.stood_in = self.received

    @property
    def now(self) -> dict[int, dict[int, int]]:
        return self.told[-1][1] if self.told else {}

    def paid(self, at: int, known: int | None = None) -> dict[int, int]:
        by_then = [t for k, t in self.told if known is None or k <= known]
        found = by_then[-1] if by_then else {}
        return found[max(t for t in found if t <= at)] if any(t <= at for t in found) else {}

    def pay(self, known: int, at: int, cents: dict[int, int]) -> None:
        """From `at` on these awards pay, whatever was believed of that time before."""
        self.told.append((known, {t: c for t, c in self.now.items() if t < at} | {at: cents}))
        lost = self.lost(at)
        self.said = joined(lost, self.now, self.dated_at) if lost else None

    def lost(self, at: int) -> Paid:
        """What fell away as things dated it, and is said still though others pay from `at` on."""
        said = self.said or {}
        first = first_of(said)
        after = min((t for t in said if first is not None and t > first), default=None)
        if self.open_ and (after is None or after > self.dated_at):
            return {}  # it only moved
        return {t: c for t, c in said.items() if t < min(self.dated_at, at)}

    def touched(self, at: int) -> set[int]:
        """The awards that pay at a time or after it."""
        later = [t for t in self.now if t > at]
        return {award for t in (at, *later) for award in self.paid(t)}

    @property
    def was_paid(self) -> bool:
        """Whether anybody ever said who pays, whatever became of that."""
        return any(cents for _known, paid in self.told for cents in paid.values())

    def ended(self) -> int:
        """From when nobody pays any more."""
        last = max((t for t, cents in self.now.items() if cents), default=None)
        return 0 if last is None else min((t for t in self.now if t > last), default=0)

    def began(self) -> int | None:
        """From when money was there."""
        return first_of(self.now)

    def paid_from(self, known: int, start: int, before: int | None) -> None:
        """The money begins at `start`, as does a receipt that nobody dated. What began with the
        receipt, or with the thing as it was dated `before`, begins then; nothing was paid earlier;
        what was dated later stays."""
        day = start // QUARTERS
        redated = not self.dated and day != self.received
        if before is None and not redated and day >= self.received:
            return
        first = self.began()
        said, open_ = self.said, self.open_
        if said is None:
            said, open_ = self.now, first in (morning(self.received), before)
        moved = self.now
        if first is None or first // QUARTERS != day:
            moved = dated(said, start, open_)
        if FEDERAL in {award for award, _cents in pairs(self.now) - pairs(moved)}:
            raise SecondPerson
        changed = first_of(moved) != first
        if changed:
            self.told.append((known, moved))
        if redated:
            self.received = day
        if changed or redated:
            self.said, self.open_, self.dated_at = said, open_, start

    def given_back(self, known: int, before: int, still: int | None) -> None:
        """What stood for it `before` lets go of it: it is as old as its receipt, or as what it
        `still` stands for on past days."""
        start = morning(self.received if self.dated else self.stood_in) if still is None else still
        if start // QUARTERS != before // QUARTERS:
            self.paid_from(known, start, before)


def first_of(paid: Paid) -> int | None:
    """The first time at which anybody paid."""
    return min((t for t, cents in paid.items() if cents), default=None)


def dated(said: Paid, start: int, open_: bool) -> Paid:
    """What somebody said of who pays, from `start` on. `open_`: the first of it is as old as what
    it paid for."""
    first = first_of(said)
    if first is not None and open_ and start < first:
        return {start: said[first]} | {t: c for t, c in said.items() if t > first}
    held = [t for t in said if t <= start]
    return ({start: said[max(held)]} if held else {}) | {t: c for t, c in said.items() if t > start}


def joined(lost: Paid, now: Paid, at: int) -> Paid:
    """What fell away before a time, then what stands since; one where it only goes on."""
    before = lost[max(lost)]
    return lost | {t: c for t, c in now.items() if t != at or c != before}


def pairs(paid: Paid) -> set[tuple[int, int]]:
    """Which awards pay how much, at any time."""
    return {pair for cents in paid.values() for pair in cents.items()}
