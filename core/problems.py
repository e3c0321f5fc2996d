"""A Problem is a reason why not: one value for a button, a form, the API and an action."""

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?=\s|$)")


def one_stop(sentence: str) -> str:
    """A sentence at whose end stands a name with a full stop of its own, "MAPLE ELEM."."""
    return _TWO_STOPS.sub(".", sentence) if ".." in sentence else sentence


@dataclass(frozen=True)
class Problem:
    """Why something cannot be done: a stable code, a sentence, and the field it is about."""

    code: str
    message: str
    field: str | None = None
    data: dict[str, Any] = dataclasses.field(default_factory=dict, compare=False, hash=False)

    def __post_init__(self) -> None:
        if isinstance(self.message, str):
            object.__setattr__(self, "message", one_stop(self.message))

    def __str__(self) -> str:
        return str(self.message)


class ProblemError(Exception):
    """Something was not done, and `problems` say why. Nothing was written."""

    status = 409

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("; ".join(str(p.message) for p in self.problems))


class Refused(ProblemError):
    """A rule says no (409)."""


class Invalid(ProblemError):
    """The request has the wrong shape (400)."""

    status = 400


class NotPermitted(ProblemError):
    """The actor may see it but may not do this (403)."""

    status = 403


class Missing(ProblemError):
    """Something that was named is not there, or not yours to see (404)."""

    status = 404


class TooLarge(ProblemError):
    """More than we take at once (413)."""

    status = 413


class Stale(ProblemError):
    """Somebody changed it since it was read (412)."""

    status = 412


class PreconditionRequired(ProblemError):
    """A change must say which version it saw (428)."""

    status = 428


def fresh(row: Any, version: int | None) -> None:
    """Raise Stale where the locked row is not of the version that its editor saw."""
    if version is not None and version != row.version:
        raise Stale(Problem("stale", _("Somebody changed it since you opened it. Look again.")))


def refuse_if(problems: Iterable[Problem]) -> None:
    """Raise `Refused` when a rule yielded at least one problem."""
    found = list(problems)
    if found:
        raise Refused(found)


def invalid_if(problems: Iterable[Problem]) -> None:
    """Raise `Invalid` when the shape of a request has at least one problem."""
    found = list(problems)
    if found:
        raise Invalid(found)
