"""Rows straight into tables, with keys of ours, and the entries that tell of them."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

from core.access import SYSTEM
from core.db import bulk
from core.journal.writing import EntryDraft, entries
from core.models import Entry

M = TypeVar("M", bound=models.Model)


class Table(Generic[M]):
    """A buffer of rows of one model. Its keys are above those there."""

    def __init__(self, model: type[M]) -> None:
        self.model = model
        self.next_id = (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
        self.rows: list[M] = []

    def add(self, **values: Any) -> M:
        """Buffer a row; it has its key."""
        row = self.model(pk=self.next_id, **values)
        self.next_id += 1
        self.rows.append(row)
        return row

    def flush(self) -> None:
        """Write what is buffered."""
        rows, self.rows = self.rows, []
        bulk.load(rows)


class Journal:
    """A buffer of entries. They are made at once, as the rows are at that moment."""

    def __init__(self) -> None:
        self.rows: list[Entry] = []

    def tell(self, kind: str, subject: models.Model, **more: Any) -> None:
        """An entry by the system (`EntryDraft` says what `more` may be)."""
        self.rows += entries([EntryDraft(kind, subject, SYSTEM, **more)], {})

    def flush(self) -> None:
        rows, self.rows = self.rows, []
        bulk.append(rows)


def reset_sequences(tables: Sequence[Table[Any]]) -> None:
    """Let the database hand out ids above ours again."""
    statements = connection.ops.sequence_reset_sql(no_style(), [t.model for t in tables])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
