"""A staged row as its page shows it: fields by their names, what changes, what is not used."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from integrations.kinds import KINDS
from integrations.kinds.labels import label
from integrations.models import ImportSession, StagedRow

REASONS = 6  # reasons that are told for all rows together
#: Characters of a cell: fifty rows of the longest ones would make a page of many megabytes.
SHOWN = 300
AT_A_TIME = 10
#: Which other columns may have spoken of a field that no column of the file is.
SPOKE = {
    "holder": ("holder_email", "holder_last", "holder_first", "out_to", "loaned_on", "status"),
    "room": ("placed", "out_to"),
    "make": ("make_and_model",),
    "model": ("make_and_model",),
    "cost": ("extended_cost",),
}


@dataclass(frozen=True)
class Line:
    """`used` and `unused` are its cells as they came, long ones cut: (name, value)."""

    row: StagedRow
    problems: list[tuple[str, str]]
    changes: list[tuple[str, str, str]]
    used: list[tuple[str, str]]
    unused: list[tuple[str, str]]
    #: The column that its first reason is about, and what stands there: to mend. Empty where it
    #: is about none: whoever mends it chooses, and nothing is written over for them.
    column: str
    value: str
    #: What may be said of which thing it means: (choice, words).
    choices: list[tuple[str, Any]]


def lines_of(session: ImportSession, rows: Sequence[StagedRow]) -> list[Line]:
    """Rows, whose cells were not read yet (`defer("raw")`), as their lines: a few at a time, since
    a row may be a hundred times as long as its line."""
    lines = []
    for i in range(0, len(rows), AT_A_TIME):
        some = rows[i : i + AT_A_TIME]
        pks = [row.pk for row in some]
        raws = dict(StagedRow.objects.filter(pk__in=pks).values_list("pk", "raw"))
        lines += [_line(session, row, raws.pop(row.pk, {})) for row in some]
    return lines


def _line(session: ImportSession, row: StagedRow, raw: dict[str, str]) -> Line:
    filled = [(h, v) for h, v in raw.items() if v]
    # Of several columns of one field, the first of them that says something.
    mapped = {h: f for h in reversed(session.headers) if (f := session.mapping.get(h))}
    column_of = {f: h for h, f in mapped.items()} | {f: h for h, f in mapped.items() if raw.get(h)}
    first = row.problems[0][0] if row.problems else ""
    asked = KINDS[session.kind].question(row.conflict)
    spoke = (column_of[f] for f in SPOKE.get(first, ()) if raw.get(column_of.get(f, "")))
    column = column_of.get(first) or (first if first in session.headers else next(spoke, ""))
    return Line(
        row,
        [(label(f), why) for f, why in row.problems],
        [(label(f), _short(old), _short(new)) for f, (old, new) in row.changes.items()],
        [(label(session.mapping[h]), _short(v)) for h, v in filled if session.mapping.get(h)],
        [(h, _short(v)) for h, v in filled if not session.mapping.get(h)],
        column,
        raw.get(column, ""),
        list(asked.choices.items()) if asked is not None else [],
    )


def _short(value: Any) -> Any:
    """A cell as a list has room for it; the file and the field to mend have all of it."""
    return f"{value[:SHOWN]}…" if isinstance(value, str) and len(value) > SHOWN else value


def columns_of(session: ImportSession) -> dict[str, Any]:
    """How the file's columns are used."""
    fields = sorted(
        ((f.name, label(f.name)) for f in KINDS[session.kind].fields), key=lambda f: f[1]
    )
    used = [(h, label(f)) for h, f in session.mapping.items()]
    return {
        "fields": fields,
        "mapping": [(h, session.mapping.get(h, "")) for h in session.headers],
        "used": used,
        "used_words": ", ".join(h if h == f else f"{h} → {f}" for h, f in used),
        "unused": [h for h in session.headers if not session.mapping.get(h)],
    }


def reasons(session: ImportSession) -> list[tuple[str, str, int]]:
    """What refuses more than one row, the most frequent first: (field, why, rows)."""
    counted = session.said.reasons
    if session.state == ImportSession.State.PREVIEWED and counted is not None:
        # Counted when the rows were planned: a large file is not read for each look at its page.
        return [(label(field), why, n) for field, why, n in counted][:REASONS]
    groups = (
        session.rows.filter(outcome="refused")
        .order_by()
        .values_list("problems")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
        .order_by("-n")[: REASONS * 2]
    )
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
    return (
        raw | {quantity: str(n)} | {column_of[f]: "" for f in ("extended_cost",) if f in column_of}
    )
