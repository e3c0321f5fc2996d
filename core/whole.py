"""What can only be known once everything is loaded: asked when the program starts, and what is
wrong then stops it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core import checks
from django.urls import get_resolver

Faults = Callable[[], Iterable[str]]
_asked: list[Faults] = []


def register_whole(faults: Faults) -> None:
    """Ask this once all addresses are loaded; each sentence that it yields stops the start."""
    _asked.append(faults)


def check_whole(**kwargs: Any) -> list[checks.CheckMessage]:
    """What is wrong with the house as a whole (a system check)."""
    return [checks.Error(fault, id="core.E002") for faults in _asked for fault in faults()]


def page_names() -> set[str]:
    """What the addresses are called; loads them all."""
    return {name for name in get_resolver().reverse_dict if isinstance(name, str)}
