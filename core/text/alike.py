"""Codes that may be one: systems put spaces, signs and zeros into them, and take them out."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from core.text.zeros import spellings

_PARTS = re.compile(r"[^\W\d_]+|\d+")
#: What parts the letters of a code from its numbers, where anything does.
_BETWEEN = ("", " ", "-")
#: So many places are there for it, or nobody tries them all.
_PLACES = 2


@lru_cache(maxsize=8192)  # each code of a batch is asked of several times
def loosely(code: str, *words: str) -> str:
    """A code without what may be lost of it: case, spaces, signs, the zeros before its numbers,
    and these words before it. What parts two numbers stays: 1-01 is not 101."""
    parts = _PARTS.findall(code.casefold())
    while len(parts) > 1 and parts[0] in words:
        del parts[0]
    plain = [p.lstrip("0") or "0" if p[0].isdecimal() else p for p in parts]
    text = ""
    for part in plain:
        text += "-" + part if text[-1:].isdecimal() and part[0].isdecimal() else part
    return text or code.casefold()


@lru_cache(maxsize=4096)  # of each tag of a batch it is asked several times
def respelled(code: str) -> frozenset[str]:
    """The other codes that have the same letters and numbers, with a space, a hyphen or nothing
    between the two: IZ324, IZ 324, IZ-324. Nothing for a code that has anything else in it."""
    parts = _PARTS.findall(code)
    if not 1 < len(parts) <= _PLACES + 1:
        return frozenset()
    if "".join(parts) != code.replace(" ", "").replace("-", ""):
        return frozenset()
    if any(a[0].isdecimal() == b[0].isdecimal() for a, b in pairwise(parts)):
        return frozenset()  # 10-1 is not 101
    found = {parts[0]}
    for part in parts[1:]:
        found = {start + mark + part for start in found for mark in _BETWEEN}
    return frozenset(found - {code})


def written_otherwise(code: str) -> set[str]:
    """The other codes that may be this one: with other zeros before a number, or with a space, a
    hyphen or nothing between letters and numbers."""
    return spellings(code) | respelled(code)


def all_written_otherwise(codes: Iterable[str]) -> dict[str, set[str]]:
    """The same of many, each to the codes that it would be."""
    found: dict[str, set[str]] = {}
    for code in codes:
        for other in written_otherwise(code):
            found.setdefault(other, set()).add(code)
    return found
