"""Headings that say, beside a status, that a thing is gone or not in service, or that an award or a
school is out of use; and which of the cells beneath them say nothing of the kind."""

import re

from integrations.headings import words


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GONE = _set(
    """archived auctioned decommission decommissioned deleted deprovisioned destroyed discarded disp
    disposal disposed disposition donated ewaste excessed inactive junked lost missing obsolete
    recycled removed retired retirement salvage salvaged scrapped sold stolen surplus surplused
    weeded withdrawn"""
)
#: What says that a thing is here.
_HERE = frozenset(("active", "enabled"))
#: Words beside them that leave what they say as it is. A charger, a fee or a value does not.
_BESIDE = _set(
    """and asset assets at code current currently date day device devices dt equipment flag form
    former from in inventory is item items laptop marked method note notes of on or out reason
    reported status the thing to type unit was when y n yes no year"""
)
_SERVICE = re.compile(r"(?:is )?in service|(?:is )?(?:date )?out of service(?: date)?")
_PHRASE = re.compile(r"\b(?:written off|write off|traded? in|e waste)\b")
_STATE = re.compile(r"(?:asset |device |item |lifecycle |current )?state")
#: What a cell of "State" says of a thing; Ohio says where somebody lives.
_STATES = _GONE | _HERE | frozenset(("deployed", "repair", "service", "stock", "storage", "use"))
_NO = frozenset(("0", "f", "false", "n", "n/a", "na", "no", "none", "null", "-", "--"))
#: What says that an award or a school is out of use, and words beside that leave it so.
_CLOSED = _set(
    "archived canceled cancelled close closed closeout closing deleted disabled ended expired"
    " inactive retired terminated"
)
_OF = _set(
    """at award by current currently date day flag grant has in is it n no of on org organization
    reason record room school site status was y yes"""
)
_OPEN = frozenset(("active", "approved", "awarded", "current", "enabled", "in use", "new", "open"))
_YES = frozenset(("1", "t", "true", "y", "yes", "active", "enabled", "on"))


def says_gone(said: list[str]) -> bool:
    """Whether a heading, in its words, may say that a thing is gone."""
    text, found = " ".join(said), set(said)
    if _SERVICE.fullmatch(text) or _STATE.fullmatch(text):
        return True
    if _PHRASE.search(text):
        return set(_PHRASE.sub("", text).split()) <= _BESIDE
    return bool(found & (_GONE | _HERE)) and found <= _GONE | _HERE | _BESIDE


def says_closed(said: list[str]) -> bool:
    """Whether a heading, in its words, may say of an award or a school that it is out of use."""
    found = set(said)
    if not found <= _CLOSED | _HERE | _OF:
        return False
    dated = not found.isdisjoint(("date", "day", "on"))  # Active on: since when it is in use
    return bool(found & _CLOSED) or (not dated and bool(found & {*_HERE, "status"}))


def says_out(heading: str, cell: str) -> bool:
    """Whether a cell beneath such a heading says so itself: of a mere status, one that is known."""
    if (_CLOSED | _HERE).isdisjoint(words(heading)):
        return not (_CLOSED | {"tobedeleted"}).isdisjoint(words(cell))
    return says_something(heading, cell)


def says_something(heading: str, cell: str) -> bool:
    """Whether a cell says what its heading may say: "No" beneath Retired does not, nor "Yes"
    beneath Active."""
    cell, said = cell.strip().lower(), words(heading)
    if not cell:
        return False
    if _STATE.fullmatch(" ".join(said)):
        return bool(_STATES.intersection(words(cell)))
    if _HERE.intersection(said) or " ".join(said).endswith("in service"):
        return cell not in _YES
    gone = _GONE | _CLOSED | {"former", "service", "suspended"}
    if gone.intersection(said) or _PHRASE.search(" ".join(said)):
        return cell not in _NO
    return said[-1:] != ["status"] or cell not in _OPEN
