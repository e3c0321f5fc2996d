"""A Problem is a reason why not: one value for a button, a form, the API and an action."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """Why something cannot be done: a stable code, a sentence, and the field it is about."""

    code: str
    message: str
    field: str | None = None
    data: dict[str, Any] = dataclasses.field(default_factory=dict, compare=False, hash=False)

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


class Stale(ProblemError):
    """Somebody changed it since it was read (412)."""

    status = 412


class PreconditionRequired(ProblemError):
    """A change must say which version it saw (428)."""

    status = 428


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
