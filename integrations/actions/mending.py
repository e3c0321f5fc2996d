"""Mending the cells of a staged row, and leaving a row out. Nothing reaches the register here."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import Actor
from core.problems import Problem, invalid_if, refuse_if
from core.text.lookalikes import plain
from integrations.actions.plan import batches, opened, plan_import, save_rows
from integrations.models import ImportSession, StagedRow
from integrations.secret_texts import without_secrets
from integrations.sheet import LONGEST_CELL


def mend_cell(
    session: ImportSession,
    number: int,
    header: str,
    value: str,
    *,
    by: Actor,
    alike: bool = False,
    seen: str | None = None,
) -> ImportSession:
    """Correct one cell of a staged row and plan again; with `alike`, in every refused row that says
    the same in this column: of an empty cell, in those that are refused for the same. Whoever mends
    a row has looked at it: that it had too many cells is forgiven."""
    with transaction.atomic():
        session = opened(session, by, seen)
        if header not in session.headers:
            invalid_if([Problem("header", _("There is no such column."), "header")])
        rows = _rows_of(session, number)
        if alike and all(row.outcome != "refused" for row in rows):
            # On a page that is older than what somebody mended, or on another row's.
            message = _("Row %s is not refused any more: look at it again, or mend it alone.")
            refuse_if([Problem("not-refused", message % number)])
        wrong = str(rows[0].raw.get(header, "")).strip()
        mended = without_secrets(plain(value)[:LONGEST_CELL])  # as a cell of a file is kept
        whys = rows[0].problems
        for some in _saying(session, header, wrong, whys) if alike else [rows]:
            for row in some:
                row.raw[header] = mended
                # Of the others nobody looked at more than this cell.
                looked_at = ("", header) if row.number == number else (header,)
                row.faults = [f for f in row.faults if f[0] not in looked_at]
                row.decisions = {}  # what was chosen was chosen of the row as it was
            save_rows(some, ["raw", "faults", "decisions"])
    return plan_import(session, by=by)


def _saying(
    session: ImportSession, header: str, text: str, whys: list[list[str]]
) -> Iterator[list[StagedRow]]:
    """The refused rows with this text in a column, a batch at a time. An empty cell says nothing
    that they share: of it those that are refused for the same (`whys`)."""
    for rows in batches(session, outcome="refused", blanked=False):
        same = [r for r in rows if str(r.raw.get(header, "")).strip() == text]
        yield same if text else [r for r in same if r.problems == whys]


def leave_out(
    session: ImportSession, number: int, *, by: Actor, out: bool = True, seen: str | None = None
) -> ImportSession:
    """A row is not to come in, or is after all; plan again."""
    with transaction.atomic():
        session = opened(session, by, seen)
        for row in _rows_of(session, number):
            row.left_out = out
            if not out and "none" in row.decisions:  # it looked like none, and is one
                row.decisions = {**row.decisions, "none": "row"}
            row.save(update_fields=["left_out", "decisions"])
    return plan_import(session, by=by)


def _rows_of(session: ImportSession, number: int) -> list[StagedRow]:
    """The staged rows of one row of the file. Raises DoesNotExist where there is none."""
    rows = list(StagedRow.objects.filter(session=session, number=number))
    if not rows:
        raise StagedRow.DoesNotExist
    if any(row.blanked for row in rows):
        refuse_if([Problem("forgotten", _("What this row held was forgotten."))])
    return rows
