"""What upper apps do when the embedded profile starts: each may add lines to the greeting."""

from collections.abc import Callable, Iterable

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


_hints: list[Callable[[], Iterable[str]]] = []


def register_sign_in_hint(hint: Callable[[], Iterable[str]]) -> None:
    """Add lines to the sign-in page (the demonstration shows its log-ins there)."""
    if hint not in _hints:
        _hints.append(hint)


def sign_in_hints() -> list[str]:
    """All lines of all hints."""
    return [line for hint in _hints for line in hint()]
