"""What names mean: a code or name that is of several things is nobody's, until somebody says so."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat, Lower

M = TypeVar("M", bound=models.Model)
NAMED = 5  # that are named in a sentence
#: What a person is called in one cell, without regard to case.
FULL_NAME = Lower(Concat("first_name", Value(" "), "last_name"))


class Called(Generic[M]):
    """Rows by the texts of some fields, without regard to case."""

    def __init__(self, rows: Iterable[M], *fields: str) -> None:
        self.by_pk: dict[int, M] = {}
        self._called: dict[str, list[M]] = {}
        for row in rows:
            self.by_pk[row.pk] = row
            for text in {str(getattr(row, f)).lower() for f in fields} - {""}:
                self._called.setdefault(text, []).append(row)

    def called(self, text: str) -> list[M]:
        """Each one that is called so."""
        return self._called.get(text.lower(), [])


def listed(rows: Iterable[models.Model]) -> str:
    """Some things by their names."""
    names = sorted(str(row) for row in rows)
    return ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")
