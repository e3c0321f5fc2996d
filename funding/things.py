"""Which units have a thing: the app of things says so (funding knows nothing above it)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q, QuerySet

from core.access import MaybeActor

#: Some units: their ids, or a query of them (an award may have paid for a hundred thousand).
UnitIds = Iterable[int] | QuerySet[Any, Any]
#: Tells per unit (ids) the day on which its thing was acquired, where that is known.
Dater = Callable[[Iterable[int]], dict[int, date]]
#: How many things an award (key) pays for today.
Counter = Callable[[int], int]
#: Tells per unit (ids) the other units on which its thing stood before, whatever became of that.
Earlier = Callable[[Iterable[int]], dict[int, set[int]]]
_counters: list[Counter] = []
_earlier: list[Earlier] = []
_daters: list[Dater] = []


@dataclass(frozen=True)
class Things:
    """What an app of things knows of units: which of some are a thing, how those that somebody sees
    are called (tag and address), and, as lookups of a unit, its thing and where that is."""

    find: Callable[[UnitIds], set[int]]
    name: Callable[[Iterable[int], MaybeActor], Mapping[int, tuple[str, str]]]
    thing: str
    school: str


_known: list[Things] = []


def register_things(things: Things) -> None:
    """Add an app of things."""
    _known.append(things)


def register_counter(counter: Counter) -> None:
    """Add who counts the things that an award pays for."""
    if counter not in _counters:
        _counters.append(counter)


def paid_things(award_id: int) -> int:
    """How many things in the register an award pays for today."""
    return sum(counter(award_id) for counter in _counters)


def register_earlier(earlier: Earlier) -> None:
    """Add who knows on what the things of units stood before."""
    if earlier not in _earlier:
        _earlier.append(earlier)


def stood_on(unit_ids: Iterable[int]) -> dict[int, set[int]]:
    """Per unit whose thing stood on others before, under whatever purchase, those."""
    ids = list(unit_ids)
    found: dict[int, set[int]] = {}
    for earlier in _earlier:
        for pk, units in earlier(ids).items():
            found.setdefault(pk, set()).update(units)
    return found


def register_dater(dater: Dater) -> None:
    """Add who knows when the things of units were acquired."""
    if dater not in _daters:
        _daters.append(dater)


def acquired_on(unit_ids: Iterable[int]) -> dict[int, date]:
    """Per unit whose thing says so the day on which it was acquired."""
    ids = list(unit_ids)
    return {pk: day for dater in _daters for pk, day in dater(ids).items()}


def tagged(unit_ids: UnitIds) -> set[int]:
    """The units that are a thing in the register, whoever may see it."""
    ids = unit_ids if isinstance(unit_ids, QuerySet) else list(unit_ids)
    return set().union(*(things.find(ids) for things in _known))


def named(unit_ids: Iterable[int], by: MaybeActor) -> dict[int, tuple[str, str]]:
    """Per unit whose thing `by` sees its tag and address."""
    ids = list(unit_ids)
    return {pk: name for things in _known for pk, name in things.name(ids, by).items()}


def of_schools(schools: Iterable[int], path: str = "") -> Q:
    """Units whose thing is at one of some schools; `path` leads to the unit."""
    return reduce(or_, (Q(**{f"{path}{things.school}__in": schools}) for things in _known))


def untagged(path: str = "") -> Q:
    """Units that are no thing yet; `path` leads to the unit."""
    return reduce(and_, (Q(**{f"{path}{things.thing}": None}) for things in _known), Q())
