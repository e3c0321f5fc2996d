"""What upper apps do when the embedded profile starts: each may add lines to the greeting."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Greeter = Callable[[str, bool], Iterable[str]]
_greeters: list[Greeter] = []


def register_greeter(greeter: Greeter) -> None:
    """Add a greeter(url, demo) that yields lines for the person who started it."""
    if greeter not in _greeters:
        _greeters.append(greeter)


def greet(url: str, *, demo: bool) -> Iterable[str]:
    """All lines of all greeters."""
    for greeter in _greeters:
        yield from greeter(url, demo)


@dataclass(frozen=True)
class Offer:
    """A log-in that the sign-in page offers as a button: the demonstration's, never a person's."""

    email: str
    password: str
    name: str
    role: str


_hints: list[Callable[[], Iterable[str]]] = []


def register_sign_in_hint(hint: Callable[[], Iterable[str]]) -> None:
    """Add lines to the sign-in page (the demonstration says there that it is being filled)."""
    if hint not in _hints:
        _hints.append(hint)


def sign_in_hints() -> list[str]:
    """All lines of all hints."""
    return [line for hint in _hints for line in hint()]


_offers: list[Callable[[], Iterable[Offer]]] = []


def register_sign_in_offer(offer: Callable[[], Iterable[Offer]]) -> None:
    """Let the sign-in page offer log-ins as buttons."""
    if offer not in _offers:
        _offers.append(offer)


def sign_in_offers() -> list[Offer]:
    """All log-ins that anything offers."""
    return [found for offer in _offers for found in offer()]
