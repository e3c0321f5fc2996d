"""Staging a file, mapping its columns, planning each row. Nothing reaches the register here."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assets.actions import create_category
from assets.models import Category
from core import days, files
from core.access import Actor, require
from core.journal import record
from core.problems import Problem, invalid_if, refuse_if
from integrations.kinds import KINDS
from integrations.kinds.base import SECRET, ImportKind, Planned, Unknown
from integrations.models import ImportSession, SavedMapping, StagedRow
from integrations.reader import LONGEST_CELL, read
from people.actions import create_room
from people.models import School

BATCH = 1000
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
    kept = files.store(data, "application/octet-stream")
    with transaction.atomic():
        guess = KINDS[kind].guess(sheet.headers)
        saved = SavedMapping.objects.filter(source=source, kind=kind).first()
        if saved:
            guess |= {h: f for h, f in saved.mapping.items() if h in sheet.headers}
        session = ImportSession.objects.create(
            kind=kind, name=name[:200], source=source, file=kept, owner_id=by.pk,
            headers=[h for h in sheet.headers if not SECRET.search(h)], mapping=guess,
            options=options or {}, notes=sheet.notes, created_at=days.now(),
        )  # fmt: skip
        rows = _rows(session, sheet.headers, sheet.rows)
        while batch := list(islice(rows, BATCH)):
            StagedRow.objects.bulk_create(batch)
        record("import.staged", session, by=by, data={"kind": kind, "rows": session.rows.count()})
    return session


def _rows(session: ImportSession, headers: list[str], rows: Iterator[tuple[int, list[str]]]) -> Iterator[StagedRow]:  # fmt: skip
    for number, cells in rows:
        problems = []
        if len(cells) > len(headers):
            problems.append(["", str(_("The row has more cells than there are headings."))])
        raw = {}
        for header, cell in zip(headers, cells, strict=False):
            if SECRET.search(header):
                continue  # a password column is dropped, not stored
            if len(cell) > LONGEST_CELL:
                problems.append([header, str(_("This cell is far too long and was cut."))])
                cell = cell[:200]
            raw[header] = cell.replace("\x00", "")
        yield StagedRow(session=session, number=number, raw=raw, problems=problems)


def _open(session: ImportSession, by: Actor) -> ImportSession:
    """The session, locked, while it may still be changed."""
    found = ImportSession.objects.visible_to(by).select_for_update().get(pk=session.pk)
    if found.state not in (State.STAGED, State.PREVIEWED):
        refuse_if([Problem("applied", _("This import was applied already."))])
    return found


def remap(session: ImportSession, mapping: dict[str, str], *, by: Actor, options: dict[str, Any]) -> ImportSession:  # fmt: skip
    """Map the columns; remembered for the next file of this source."""
    with transaction.atomic():
        session = _open(session, by)
        known = {f.name for f in KINDS[session.kind].fields}
        session.mapping = {h: f for h, f in mapping.items() if f in known and h in session.headers}
        session.options = {**session.options, **options}
        session.state = State.STAGED
        session.save(update_fields=["mapping", "options", "state"])
        SavedMapping.objects.update_or_create(
            source=session.source, kind=session.kind, defaults={"mapping": session.mapping}
        )
    return preview(session, by=by)


def batches(session: ImportSession, **filters: Any) -> Iterator[list[StagedRow]]:
    """The session's rows in order, a batch at a time."""
    last = -1
    while rows := list(
        StagedRow.objects.filter(session=session, number__gt=last, **filters).order_by("number")[
            :BATCH
        ]
    ):
        last = rows[-1].number
        yield rows


def save_rows(rows: list[StagedRow], fields: list[str]) -> None:
    """Write some fields of many staged rows in one statement (an upsert on their ids)."""
    StagedRow.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )


def preview(session: ImportSession, *, by: Actor) -> ImportSession:
    """Plan every row: new, changed (old -> new), same, or refused with the reason per cell."""
    with transaction.atomic():
        session = _open(session, by)
        kind = KINDS[session.kind]
        seen: dict[str, Any] = {}
        unknown = Unknown(session.options)
        for rows in batches(session):
            for plan in plan_rows(kind, session, rows, by, seen, unknown):
                _keep(plan)
            save_rows(rows, ["outcome", "problems", "changes", "object_id"])
        session.unknown = unknown.as_json()
        session.state = State.PREVIEWED
        session.save(update_fields=["unknown", "state"])
    return session


def plan_rows(
    kind: ImportKind, session: ImportSession, rows: list[StagedRow], by: Actor,
    seen: dict[str, Any], unknown: Unknown,
) -> list[Planned]:  # fmt: skip
    """Plans of rows; reading faults noted when the file was staged stay with their rows."""
    plans = kind.plan(session, rows, by, seen, unknown)
    headers = {f: h for h, f in session.mapping.items()}
    for plan in plans:
        staged = [p for p in plan.row.problems if p[0] in ("", *headers.values())]
        if staged and plan.row.outcome == "":
            plan.problems = staged + plan.problems
    return plans


def _keep(plan: Planned) -> None:
    row = plan.row
    row.problems = plan.problems
    row.outcome = "refused" if plan.problems else plan.outcome
    row.changes = plan.changes
    row.object_id = plan.object_id


def mend_cell(session: ImportSession, number: int, header: str, value: str, *, by: Actor) -> ImportSession:  # fmt: skip
    """Correct one cell of a staged row and plan again."""
    with transaction.atomic():
        session = _open(session, by)
        row = StagedRow.objects.get(session=session, number=number)
        if header not in session.headers:
            invalid_if([Problem("header", _("There is no such column."), "header")])
        row.raw[header] = value[:LONGEST_CELL]
        row.problems = []
        row.save(update_fields=["raw", "problems"])
    return preview(session, by=by)


def create_unknown(session: ImportSession, *, by: Actor) -> ImportSession:
    """Create the schools, rooms and categories that the file names and nobody knows."""
    with transaction.atomic():
        session = _open(session, by)
        for name in session.unknown.get("category", {}):
            if not Category.objects.filter(name__iexact=name).exists():
                create_category(name, by=by)
        for label in session.unknown.get("room", {}):
            code, *rest = label.split("/")
            school = School.objects.visible_to(by).filter(code__iexact=code).first()
            if school is not None and rest:
                building = rest[0] if len(rest) > 1 else ""
                create_room(school, rest[-1], by=by, building=building)
    return preview(session, by=by)
