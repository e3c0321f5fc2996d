"""A staged row as its page shows it: fields by their names, what changes, what is not used."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from integrations.kinds import KINDS
from integrations.kinds.conflicts import CONFLICTS
from integrations.kinds.labels import label
from integrations.models import ImportSession, StagedRow

REASONS = 6  # reasons that are told for all rows together


@dataclass(frozen=True)
class Line:
    """`used` and `unused` are its cells as they came: (name, value)."""

    row: StagedRow
    problems: list[tuple[str, str]]
    changes: list[tuple[str, str, str]]
    used: list[tuple[str, str]]
    unused: list[tuple[str, str]]
    #: The column that its first reason is about, and what stands there: to mend.
    column: str
    value: str
    #: What may be said of which thing it means: (choice, words).
    choices: list[tuple[str, Any]]


def line_of(session: ImportSession, row: StagedRow) -> Line:
    column_of = {f: h for h, f in session.mapping.items()}
    filled = [(h, v) for h, v in row.raw.items() if v]
    first = row.problems[0][0] if row.problems else ""
    column = column_of.get(first, first if first in session.headers else "")
    return Line(
        row,
        [(label(f), why) for f, why in row.problems],
        [(label(f), old, new) for f, (old, new) in row.changes.items()],
        [(label(session.mapping[h]), v) for h, v in filled if session.mapping.get(h)],
        [(h, v) for h, v in filled if not session.mapping.get(h)],
        column,
        row.raw.get(column, ""),
        list(CONFLICTS[row.conflict][1].items()) if row.conflict in CONFLICTS else [],
    )


def columns_of(session: ImportSession) -> dict[str, Any]:
    """How the file's columns are used."""
    fields = sorted(((f.name, label(f.name)) for f in KINDS[session.kind].fields), key=lambda f: f[1])  # fmt: skip
    return {
        "fields": fields,
        "mapping": [(h, session.mapping.get(h, "")) for h in session.headers],
        "used": [(h, label(f)) for h, f in session.mapping.items()],
        "unused": [h for h in session.headers if not session.mapping.get(h)],
    }


def reasons(session: ImportSession) -> list[tuple[str, str, int]]:
    """What refuses more than one row, the most frequent first: (field, why, rows)."""
    if session.state == ImportSession.State.PREVIEWED and "reasons" in session.options:
        # Counted when the rows were planned: a large file is not read for each look at its page.
        return [(label(field), why, n) for field, why, n in session.options["reasons"]][:REASONS]
    groups = (
        session.rows.filter(outcome="refused").order_by().values_list("problems").annotate(n=Count("pk"))
        .filter(n__gt=1).order_by("-n")[: REASONS * 2]
    )  # fmt: skip
    found: dict[tuple[str, str], int] = {}
    for problems, count in groups:
        for field, why in problems:
            found[label(field), why] = found.get((label(field), why), 0) + count
    ranked = sorted(found.items(), key=lambda item: -item[1])
    return [(field, why, count) for (field, why), count in ranked[:REASONS]]


def only(session: ImportSession, row: StagedRow, n: int) -> dict[str, str]:
    """A row as it came, of whose several things only n are refused."""
    column_of = {f: h for h, f in session.mapping.items()}
    raw: dict[str, str] = row.raw
    quantity = column_of.get("quantity")
    if quantity is None or session.rows.filter(number=row.number).count() == n:
        return raw
    # What all of them cost says nothing of the rest.
    return raw | {quantity: str(n)} | {column_of[f]: "" for f in ("extended_cost",) if f in column_of}  # fmt: skip
