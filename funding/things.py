"""Which units have a thing: the app of things says so (funding knows nothing above it)."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

#: Some units: their ids, or a query of them (an award may have paid for a hundred thousand).
UnitIds = Iterable[int] | QuerySet[Any, Any]
#: Finds which of some units are a thing in the register.
Finder = Callable[[UnitIds], set[int]]
#: Names the things of some units (ids): tag and address of each.
Namer = Callable[[Iterable[int]], dict[int, tuple[str, str]]]
_finders: dict[Finder, Namer] = {}


def register_finder(finder: Finder, namer: Namer) -> None:
    """Add who knows which units are a thing, and how they are called."""
    _finders[finder] = namer


def tagged(unit_ids: UnitIds) -> set[int]:
    """The units that are a thing in the register."""
    ids = unit_ids if isinstance(unit_ids, QuerySet) else list(unit_ids)
    return set().union(*(finder(ids) for finder in _finders))


def named(unit_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Per unit that is a thing in the register its tag and address."""
    ids = list(unit_ids)
    return {pk: name for namer in _finders.values() for pk, name in namer(ids).items()}
