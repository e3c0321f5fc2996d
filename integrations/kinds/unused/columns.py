"""Columns that nobody uses and that speak, by the words of their headings, of what must not be
missed: who left, who has a thing, which one is gone, whose school it is. They are never passed over
in silence."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from integrations.headings import words
from integrations.kinds.unused.gone_words import says_gone
from integrations.models import ImportSession

LEFT = _(
    "%(column)s: it may say who left, and is not used (cells: %(n)s). Whoever no other "
    "column speaks of comes in as active. Say at the columns what it is."
)
WITH = _(
    "%(column)s: it may say who has a thing or that it is out, and is not used (cells: "
    "%(n)s). Say at the columns what it is."
)
GONE = _(
    "%(column)s: it may say that a thing is gone or out of service, and is not used (cells: "
    "%(n)s). What no other column speaks of comes in as in stock. Say at the columns what it is, "
    "or leave those rows out."
)
NAME = _(
    "%(column)s: it may be somebody's name, and is not used (cells: %(n)s). Whoever is new "
    "comes in without one. Say at the columns what it is."
)
SCHOOL = _(
    "%(column)s: it may name the school, and is not used (cells: %(n)s). Rows go to the "
    "school that was chosen for rows that name none. Say at the columns what it is."
)

_NAMES = frozenset(("first_name", "last_name", "full_name"))
_LEFT = frozenset(
    (
        "active",
        "archived",
        "deleted",
        "disabled",
        "dropout",
        "dropped",
        "enabled",
        "enddate",
        "endstatus",
        "exit",
        "exitcode",
        "exitdate",
        "exited",
        "exitreason",
        "graduated",
        "inactive",
        "leaver",
        "leaving",
        "left",
        "separated",
        "separation",
        "suspended",
        "terminated",
        "termination",
        "transferred",
        "withdraw",
        "withdrawal",
        "withdrawn",
        "withdrew",
    )
)
#: Of whom a status is, where it is not the only word: a lunch status says nothing of who left.
_WHOSE = frozenset(
    (
        "account",
        "attendance",
        "code",
        "current",
        "emp",
        "employee",
        "employment",
        "end",
        "enroll",
        "enrolled",
        "enrollment",
        "enrolment",
        "membership",
        "person",
        "pupil",
        "record",
        "roster",
        "staff",
        "stu",
        "student",
        "user",
    )
)
#: A former school or name is somebody's who is here.
_FORMER = frozenset(("is", "former", "student", "pupil", "staff", "employee", "user", "flag"))
_PERSON = frozenset(
    (
        "assigned",
        "assignee",
        "borrowed",
        "borrower",
        "checkout",
        "circulation",
        "custodian",
        "email",
        "employee",
        "holder",
        "issued",
        "lent",
        "loan",
        "loaned",
        "owner",
        "patron",
        "pupil",
        "staff",
        "student",
        "teacher",
        "upn",
        "user",
        "username",
    )
)
#: What such a word is said of where it names nobody: the type of an owner, a day, a count.
_NOT_WHO = frozenset(
    (
        "age",
        "count",
        "counts",
        "grade",
        "group",
        "groups",
        "kind",
        "type",
        "types",
    )
)
_SCHOOL = frozenset(
    (
        "campus",
        "org",
        "orgs",
        "orgsourcedid",
        "orgsourcedids",
        "school",
        "schools",
    )
)
#: Whose name it is where it is nobody's of the list, or no name of a person.
_NOT_NAME = frozenset(
    (
        "building",
        "campus",
        "class",
        "course",
        "device",
        "district",
        "file",
        "grade",
        "guardian",
        "homeroom",
        "login",
        "middle",
        "org",
        "parent",
        "school",
        "site",
        "teacher",
        "user",
    )
)
_NOT_SCHOOL = frozenset(
    (
        "district",
        "level",
        "type",
        "year",
        "years",
    )
)


def _leaving(said: list[str]) -> bool:
    found = set(said)
    if "former" in found and found <= _FORMER:
        return True
    if found & _LEFT or ("end" in found and found & {"date", "day", "status", "code"}):
        return True
    if "status" in found:
        return len(said) == 1 or bool(found & _WHOSE)
    return bool(found & {"enroll", "enrollment", "enrolment"} and found & {"code", "type", "state"})


def _who(said: list[str]) -> bool:
    found = set(said)
    if found & _NOT_WHO:
        return False
    return (
        bool(found & _PERSON)
        or found >= {"checked", "out"}
        or found >= {"full", "name"}
        or "loan" in found
    )


def _school(said: list[str]) -> bool:
    return bool(set(said) & _SCHOOL) and not set(said) & _NOT_SCHOOL


def _name(said: list[str]) -> bool:
    return bool({"name", "names"} & set(said)) and not _NOT_NAME & set(said)


def telling(kind: str, headers: Iterable[str], mapping: Mapping[str, str]) -> dict[str, Any]:
    """The unused columns that must be spoken of, each with its sentence (`column` and `n`, the
    count of its cells that say something, still open)."""
    found: dict[str, Any] = {}
    used = {field for field in mapping.values() if field}
    for header in headers:
        if mapping.get(header):
            continue
        said = words(header)
        if kind == ImportSession.Kind.PEOPLE and _leaving(said):
            found[header] = LEFT
        elif kind == ImportSession.Kind.PEOPLE and not used & _NAMES and _name(said):
            found[header] = NAME
        elif kind == ImportSession.Kind.PEOPLE and "school" not in used and _school(said):
            found[header] = SCHOOL
        elif kind == ImportSession.Kind.ASSETS and (
            _who(said) or ("status" not in used and "status" in said)
        ):
            found[header] = WITH
        elif kind == ImportSession.Kind.ASSETS and says_gone(said):
            found[header] = GONE
    return found


def sentences(telling: Mapping[str, Any], filled: Mapping[str, int]) -> list[str]:
    """What is said of the columns that have something in them."""
    return [
        str(sentence) % {"column": header, "n": filled[header]}
        for header, sentence in telling.items()
        if filled.get(header)
    ]
