"""What a row would change: as people read it, and as undo needs it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Generic, Self, TypeVar, get_args, get_origin, get_type_hints

from core.facts.columns import plain
from integrations.models import StagedRow

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
#: How JSON keeps what is neither a text nor a number.
READERS: dict[Any, Callable[[str], Any]] = {date: date.fromisoformat, Decimal: Decimal}


@dataclass(frozen=True, slots=True)
class Change(Generic[T_co]):
    """`was`: what stood there before, for undo. `shown`: the old and the new as people read them;
    None for what goes along with another change."""

    was: T_co
    shown: tuple[str, str] | None = None


def change(old: T, new: object, *, shown: tuple[object, object] | None = None) -> Change[T]:
    """A change of `old` into `new`, which people read as they are or as `shown`."""
    a, b = shown or (old, new)
    return Change(old, ("" if a is None else str(a), str(b)))


class Changes:
    """What a row of a kind changes: an attribute for each thing that it may, None unless it does.
    They are kept and shown in the order in which they were noted."""

    #: Of these it does not matter which one it is in the end.
    ALIKE: ClassVar[frozenset[str]] = frozenset()
    #: These show people by what they are called: they are forgotten with them.
    PEOPLE: ClassVar[frozenset[str]] = frozenset()

    #: The version that the row found: by it the undo knows which row it gives the thing back to.
    version: Change[int] | None = None

    def __bool__(self) -> bool:
        return any(c.shown for _name, c in self._noted())

    def shown(self) -> dict[str, list[str]]:
        """As the preview shows them and a staged row keeps that: field -> [old, new]."""
        return {name: list(c.shown) for name, c in self._noted() if c.shown}

    def before(self) -> dict[str, Any]:
        """What stood there, as a staged row keeps it for undo."""
        return {name: plain(c.was) for name, c in self._noted()}

    @classmethod
    def read(cls, row: StagedRow) -> Self:
        """What a staged row keeps."""
        found, readers = cls(), _readers(cls)
        for name, was in row.before.items():
            if name in readers:
                read, shown = readers[name], row.changes.get(name)
                value = read(was) if read and was is not None else was
                setattr(found, name, Change(value, (shown[0], shown[1]) if shown else None))
        return found

    def facts(self, names: Iterable[str]) -> dict[str, Any]:
        """What these facts were, as the actions of their noun take them."""
        noted = dict(self._noted())
        return {name: noted[name].was for name in names if name in noted}

    def beyond(self, other: Self) -> bool:
        """Whether any of these is none of the `other` ones, or was something else there."""
        there = dict(other._noted())
        return any(
            name not in there or plain(there[name].was) != plain(c.was)
            for name, c in self._noted()
            if c.shown and name not in self.ALIKE
        )

    def _noted(self) -> Iterator[tuple[str, Change[Any]]]:
        return ((name, c) for name, c in vars(self).items() if c is not None)


_known: dict[type[Changes], dict[str, Callable[[str], Any] | None]] = {}


def _readers(kind: type[Changes]) -> dict[str, Callable[[str], Any] | None]:
    """What reads the old values of a kind's changes back from JSON, by their types."""
    if kind not in _known:
        _known[kind] = {
            name: next((READERS[t] for t in _inside(hint) if t in READERS), None)
            for name, hint in get_type_hints(kind).items()
            if get_origin(hint) is not ClassVar
        }
    return _known[kind]


def _inside(hint: Any) -> Iterator[Any]:
    """The types that a hint names, however deep."""
    yield hint
    for inner in get_args(hint):
        yield from _inside(inner)
