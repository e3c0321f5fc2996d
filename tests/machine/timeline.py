"""What became true and when we knew it, in plain Python and whole numbers.

Time is counted in quarters of a day since some midnight. A fact says: learned at `known`, true
from `at` on, these values. What held at a time is each field's last word by then; what was
believed at another time is the same, from the facts known by then. No spans, no rows.
"""

from dataclasses import dataclass, field
from typing import Any

QUARTERS = 4  # of a day
Codes = list[str]
Values = dict[str, Any]


def in_room(room: int) -> Values:
    return {"place": "room", "room": room, "person": None}


def with_person(person: int) -> Values:
    return {"place": "person", "room": None, "person": person}


def nowhere(place: str) -> Values:
    return {"place": place, "room": None, "person": None}


@dataclass(frozen=True)
class Fact:
    known: int
    at: int
    values: Values


def believed(facts: list[Fact], known: int | None) -> list[Fact]:
    """The facts known by a time, in the order in which they became true; the later word last."""
    return sorted((f for f in facts if known is None or f.known <= known), key=lambda f: f.at)


@dataclass
class Loan:
    person: int
    opened: int
    closed: int | None = None


@dataclass
class Thing:
    tag: str
    serial: str
    facts: list[Fact]
    loans: list[Loan] = field(default_factory=list)
    merged_into: int | None = None
    gave: Values = field(default_factory=dict)  # to the winner of a merge: its unit, its serial
    acquired: int | None = None
    seen: int | None = None
    old_tags: set[str] = field(default_factory=set)

    def state(self, at: int, known: int | None = None) -> Values | None:
        """Its state at a time, as known now or then; None before it was there."""
        found: Values | None = None
        for fact in believed(self.facts, known):
            if fact.at <= at:
                found = (found or {}) | fact.values
        return found

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
class Share:
    """From `at` on these awards pay these cents, whatever was believed of that time before."""

    known: int
    at: int
    cents: dict[int, int]


@dataclass
class Unit:
    cost: int
    shares: list[Share] = field(default_factory=list)
    voided: bool = False

    def paid(self, at: int, known: int | None = None) -> dict[int, int]:
        found: dict[int, int] = {}
        for share in self.shares:
            if share.at <= at and (known is None or share.known <= known):
                found = share.cents
        return found
