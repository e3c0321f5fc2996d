"""Staging a file, mapping its columns, mending its cells. Nothing reaches the register here."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import bulk, days, files
from core.access import Actor, require
from core.journal import record
from core.problems import Problem, invalid_if, refuse_if
from core.tabular import csv_lines
from integrations.actions.plan import BATCH, names_persons, opened, plan_import
from integrations.kinds import KINDS
from integrations.kinds.base import SECRET
from integrations.kinds.labels import label
from integrations.models import ImportSession, SavedMapping, StagedRow
from integrations.reader import LONGEST_CELL, read
from integrations.sheet import Sheet

State = ImportSession.State


def stage(
    data: bytes,
    *,
    by: Actor,
    kind: str,
    name: str,
    source: str = "",
    options: dict[str, Any] | None = None,
) -> ImportSession:
    """Read a file and keep its rows, unknown columns too, with columns mapped as far as known.

    Raises Invalid with a sentence for a file that cannot be read."""
    require(by, "integrations.import")
    if kind not in KINDS:
        invalid_if([Problem("kind", _("Choose what the file holds."), "kind")])
    sheet = read(data)
    source = (source or name.rsplit(".", 1)[0])[:64]
    if any(SECRET.search(h) for h in sheet.headers):
        data = _without_secrets(read(data))
    session = ImportSession.objects.create(
        kind=kind, name=name[:200], source=source, owner_id=by.pk, options=options or {},
        file=files.store(data, "application/octet-stream"), created_at=days.now(),
    )  # fmt: skip
    try:
        return _fill(session, sheet, by)
    except BaseException:
        session.delete()
        if session.file is not None:
            files.forget(session.file)
        raise


def _fill(session: ImportSession, sheet: Sheet, by: Actor) -> ImportSession:
    """Keep a sheet's rows, a batch at a time so that no desk waits for a large file. What has no
    headers yet was not read to its end."""
    rows = _rows(session, sheet.headers, sheet.rows)
    while batch := list(islice(rows, BATCH)):
        bulk.append(batch)
    with transaction.atomic():
        session.headers = [h for h in sheet.headers if not SECRET.search(h)]
        session.mapping = _mapping(session)
        session.notes, session.personal = sheet.notes, holds_persons(session)
        session.save(update_fields=["headers", "mapping", "notes", "personal"])
        facts = {"kind": session.kind, "rows": session.rows.count()}
        record("import.staged", session, by=by, data=facts)
    return session


def _mapping(session: ImportSession) -> dict[str, str]:
    """What is known of the source's columns goes before what their headings say."""
    saved = SavedMapping.objects.filter(source=session.source, kind=session.kind).first()
    known = {h: f for h, f in saved.mapping.items() if h in session.headers} if saved else {}
    others = [h for h in session.headers if h not in known]
    guess = {h: f for h, f in KINDS[session.kind].guess(others).items() if f not in known.values()}
    return guess | {h: f for h, f in known.items() if f}


def holds_persons(session: ImportSession) -> bool:
    """Whether personal values may stand in its rows: those of people, of holders, or in a column
    that is not used, of which nobody knows what it holds."""
    return (
        session.kind == ImportSession.Kind.PEOPLE
        or names_persons(session)
        or any(not session.mapping.get(h) for h in session.headers)
    )


def _without_secrets(sheet: Sheet) -> bytes:
    """The file to keep, without the columns that nobody should have sent."""
    kept = [i for i, h in enumerate(sheet.headers) if not SECRET.search(h)]
    header = [sheet.headers[i] for i in kept]
    rows = ([row[i] for i in kept] for _number, row in sheet.rows)
    return b"".join(csv_lines(header, rows))


def _rows(session: ImportSession, headers: list[str], rows: Iterator[tuple[int, list[str]]]) -> Iterator[StagedRow]:  # fmt: skip
    for number, cells in rows:
        faults = []
        if len(cells) > len(headers):
            faults.append(["", str(_("The row has more cells than there are headings."))])
        raw = {}
        for header, cell in zip(headers, cells, strict=False):
            if SECRET.search(header):
                continue  # a password column is dropped, not stored
            if len(cell) > LONGEST_CELL:
                faults.append([header, str(_("This cell is far too long and was cut."))])
                cell = cell[:200]
            raw[header] = cell.replace("\x00", "")
        yield StagedRow(session=session, number=number, raw=raw, faults=faults)


def remap(session: ImportSession, mapping: dict[str, str], *, by: Actor, options: dict[str, Any]) -> ImportSession:  # fmt: skip
    """Map the columns; remembered for the next file of this source."""
    with transaction.atomic():
        session = opened(session, by)
        known = {f.name for f in KINDS[session.kind].fields}
        chosen = {h: f for h, f in mapping.items() if h in session.headers}
        session.mapping = {h: f for h, f in chosen.items() if f in known}
        twice = [f for f, n in Counter(session.mapping.values()).items() if n > 1]
        message = _("Two columns become %s. Choose one of them.")
        invalid_if([Problem("twice", message % label(f), "columns") for f in twice])
        session.options = {**session.options, **options}
        session.state, session.personal = State.STAGED, holds_persons(session)
        session.save(update_fields=["mapping", "options", "state", "personal"])
        SavedMapping.objects.update_or_create(
            source=session.source, kind=session.kind,
            defaults={"mapping": {h: session.mapping.get(h, "") for h in chosen}},
        )  # fmt: skip
    return plan_import(session, by=by)


def mend_cell(session: ImportSession, number: int, header: str, value: str, *, by: Actor) -> ImportSession:  # fmt: skip
    """Correct one cell of a staged row and plan again. Whoever mends a row has looked at it: that
    it had too many cells is forgiven."""
    with transaction.atomic():
        session = opened(session, by)
        row = StagedRow.objects.get(session=session, number=number)
        if header not in session.headers:
            invalid_if([Problem("header", _("There is no such column."), "header")])
        if row.blanked:
            refuse_if([Problem("forgotten", _("What this row held was forgotten."))])
        row.raw[header] = value[:LONGEST_CELL]
        row.faults = [f for f in row.faults if f[0] not in ("", header)]
        row.save(update_fields=["raw", "faults"])
    return plan_import(session, by=by)
