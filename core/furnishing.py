"""What an app adds to the house: navigation, panels, chores, kinds of runs, sentences and more.

Each app says it in one value, `<app>/house.py`, and nothing else registers anything. What a model
says of itself (its columns, its guards) stands beside the model. `manage.py house` prints it all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ParamSpec

P = ParamSpec("P")


@dataclass(frozen=True)
class Part:
    """One thing that an app adds: where it is registered, and what."""

    add: Callable[..., object]
    args: tuple[Any, ...]
    options: tuple[tuple[str, Any], ...]

    @property
    def kind(self) -> str:
        """What is added, by the name of the function that takes it."""
        return self.add.__name__.removeprefix("register_")

    @property
    def where(self) -> str:
        """Whose page, journal or machinery it is added to."""
        return self.add.__module__

    def __str__(self) -> str:
        said = [_said(value) for value in self.args]
        return ", ".join(said + [f"{name}={_said(value)}" for name, value in self.options])


def part(add: Callable[P, object], /, *args: P.args, **options: P.kwargs) -> Part:
    """A part that `add(*args, **options)` takes in when the app opens."""
    return Part(add, args, tuple(options.items()))


_houses: dict[str, tuple[Part, ...]] = {}


def furnish(app: str, parts: tuple[Part, ...]) -> None:
    """Take in what an app adds; once, when the program starts. Raises whatever a part raises, so
    that a part that is wrong stops the start."""
    if app in _houses:
        raise RuntimeError(f"{app} has furnished its house already")
    for each in parts:
        each.add(*each.args, **dict(each.options))
    _houses[app] = parts


def houses() -> Mapping[str, tuple[Part, ...]]:
    """What each app added, in the order in which they opened."""
    return _houses


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return f"{len(value)} of them"
    name = getattr(value, "__qualname__", None)
    text = f"{value.__module__}.{name}" if name else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
