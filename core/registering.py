"""What is registered under a name."""

from collections.abc import Mapping, MutableMapping
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


def take(registry: MutableMapping[K, V], key: K, value: V, what: str) -> None:
    """Keep a value under its name. Raises LookupError where another has it: two apps that say
    something under one name would say the later one's, and nobody would know."""
    if key in registry and registry[key] is not value and registry[key] != value:
        raise LookupError(f"{what}: {key!r} is registered already, and says something else")
    registry[key] = value


def take_all(registry: MutableMapping[K, V], some: Mapping[K, V], what: str) -> None:
    """`take` for each of some values."""
    for key, value in some.items():
        take(registry, key, value, what)
