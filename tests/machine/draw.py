"""What one step of the machine draws."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Draw:
    """What chance says; an act takes what it needs."""

    n: int = 1  # which thing
    other: int = 5
    tag: str | None = None
    serial: str | None = None
    unit: int | None = None
    room: int | None = None
    person: int = 0
    status: str = "in_stock"
    condition: str | None = None
    method: str = "sold"
    day: int | None = None  # on which it was acquired
    received: int | None = None
    seen: int | None = None
    loaned: int | None = None
    changed: int | None = None
    new: str = "in_stock"
    legacy: bool = False
    held: bool = False
    reason: str = "Misread"
    back: int | None = None  # so many quarters of a day ago; None is now, below zero to come
    units: frozenset[int] = frozenset({0})
    first: int | None = None  # cents that the first award pays of each of these units
    second: int | None = None
    cost: int = 33333
