"""Which units have a thing: the app of things says so (funding knows nothing above it)."""

from collections.abc import Callable, Iterable

_finders: list[Callable[[Iterable[int]], set[int]]] = []


def register_finder(finder: Callable[[Iterable[int]], set[int]]) -> None:
    """Add a finder(unit ids) -> those of them that are a thing in the register."""
    if finder not in _finders:
        _finders.append(finder)


def tagged(unit_ids: Iterable[int]) -> set[int]:
    """The units that are a thing in the register."""
    ids = list(unit_ids)
    return set().union(*(finder(ids) for finder in _finders))
