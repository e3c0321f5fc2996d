"""Numbers that differ by leading zeros alone: a spreadsheet takes them off, a system pads them."""

from collections.abc import Iterable

LONGEST = 12  # digits of a tag or an id that may have lost or gained zeros


def spellings(code: str) -> set[str]:
    """The other codes that are the same number: 123 for 000123, and 000123 for 123. Nothing for
    a code that is no number."""
    if not (code.isascii() and code.isdecimal()):
        return set()
    core = code.lstrip("0") or "0"
    most = max(LONGEST, len(code)) - len(core)
    return {"0" * n + core for n in range(most + 1)} - {code}


def spelled(codes: Iterable[str]) -> dict[str, set[str]]:
    """Other spellings of codes, each to the codes that it would be."""
    found: dict[str, set[str]] = {}
    for code in codes:
        for other in spellings(code):
            found.setdefault(other, set()).add(code)
    return found
