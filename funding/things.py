"""Which units have a thing: the app of things says so (funding knows nothing above it)."""

from collections.abc import Callable, Iterable

#: Finds which of some units (ids) are a thing in the register.
Finder = Callable[[Iterable[int]], set[int]]
#: Names the things of some units (ids): tag and address of each.
Namer = Callable[[Iterable[int]], dict[int, tuple[str, str]]]
_finders: dict[Finder, Namer] = {}


def register_finder(finder: Finder, namer: Namer) -> None:
    """Add who knows which units are a thing, and how they are called."""
    _finders[finder] = namer


def tagged(unit_ids: Iterable[int]) -> set[int]:
    """The units that are a thing in the register."""
    ids = list(unit_ids)
    return set().union(*(finder(ids) for finder in _finders))


def named(unit_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Per unit that is a thing in the register its tag and address."""
    ids = list(unit_ids)
    return {pk: name for namer in _finders.values() for pk, name in namer(ids).items()}
