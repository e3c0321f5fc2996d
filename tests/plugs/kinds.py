"""A run of each kind that is big enough to be killed in the middle, and what must come of it."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from assets.models import Asset, Category
from core import files, runs
from core.access import SYSTEM
from core.backup import check, nightly
from core.forgetting import KIND as REWRITE
from core.journal import writing as journal
from core.journal.baselines import ASKED
from core.journal.baselines import asked as asked_by_upgrade
from core.models import District, Entry, Run
from core.runs.baselines import KIND as BASELINES
from core.time import days
from funding.models import Award
from integrations.actions import apply_import, receive, stage, undo_import
from integrations.actions.plan import plan_import
from integrations.models import ImportSession, StagedRow
from people.models import User
from reports.actions import names, request_report
from reports.models import Report, ReportFile

ROWS = 2200
OPTIONS = {"school": "LIN", "category": "Equipment"}


@dataclass(frozen=True)
class Asked:
    """A run that waits, and the promise to look at when it is over."""

    kind: str
    run_id: int
    kept: Callable[[], None]


def table(prefix: str, rows: int = ROWS) -> bytes:
    lines = [f"{prefix}{n:05d},Acer,C{n % 7},{prefix}-S{n:05d}\n" for n in range(rows)]
    return ("Tag,Make,Model,Serial\n" + "".join(lines)).encode()


def _done(session: ImportSession) -> ImportSession:
    assert session.run is not None
    assert runs.execute(session.run.pk)
    session.run.refresh_from_db()
    assert session.run.state == "finished", session.run.reason
    return ImportSession.objects.get(pk=session.pk)


def _planned(prefix: str, by: User) -> ImportSession:
    session = stage(table(prefix), by=by, kind="assets", name="f.csv", options=OPTIONS)
    return _done(plan_import(session, by=by))


def report(award: Award, by: User) -> Asked:
    asked = request_report(award, by=by, as_of=days.today(), formats=["pdf", "csv", "xlsx"])
    return Asked("report", asked.run_id, lambda: _made_once(asked.pk))


def _made_once(pk: int) -> None:
    found = Report.objects.get(pk=pk)
    assert sorted(f.format for f in found.files.all()) == ["csv", "pdf", "xlsx"]
    assert not [f for f in found.files.all() if files.damaged(f.file)]
    assert Entry.objects.filter(kind="report.made", subject_id=pk).count() == 1


def files_again(award: Award, by: User) -> Asked:
    """As after an erasure: a report whose renderings were thrown away is rendered again."""
    asked = request_report(award, by=by, as_of=days.today(), formats=["pdf", "csv", "xlsx"])
    assert runs.execute(asked.run_id)
    gone = list(ReportFile.objects.filter(report=asked).select_related("file"))
    with transaction.atomic():
        ReportFile.objects.filter(report=asked).delete()
        journal.record(
            "report.names_erased",
            asked,
            by=SYSTEM,
            changes={},
            touched=[journal.removed(row) for row in gone],
        )
        for row in gone:
            files.forget(row.file)
        run = runs.start(names.REMAKE, {"report": asked.pk}, by=SYSTEM)
    return Asked(names.REMAKE, run.pk, lambda: _made_once(asked.pk))


def staging(by: User) -> Asked:
    session = receive([table("A")], by=by, kind="assets", name="a.csv", options=OPTIONS)

    def kept() -> None:
        found = ImportSession.objects.get(pk=session.pk)
        assert (found.state, found.incoming) == ("previewed", "")
        assert StagedRow.objects.filter(session=found, outcome="create").count() == ROWS

    assert session.run is not None
    return Asked("import-stage", session.run.pk, kept)


def planning(by: User) -> Asked:
    session = stage(table("B"), by=by, kind="assets", name="b.csv", options=OPTIONS)
    session = plan_import(session, by=by)

    def kept() -> None:
        rows = StagedRow.objects.filter(session=session)
        assert (rows.count(), rows.filter(outcome="create").count()) == (ROWS, ROWS)

    assert session.run is not None
    return Asked("import-plan", session.run.pk, kept)


def applying(by: User) -> Asked:
    session = apply_import(_planned("C", by), by=by)

    def kept() -> None:
        things = Asset.objects.filter(tag__startswith="C", serial__startswith="C-")
        assert things.count() == ROWS
        told = Entry.objects.filter(subject_type="assets.asset", subject_id__in=things.values("pk"))
        assert told.filter(kind="asset.initialized").count() == ROWS

    assert session.run is not None
    return Asked("import", session.run.pk, kept)


def undoing(by: User) -> Asked:
    session = _done(apply_import(_planned("D", by), by=by))
    session = undo_import(session, by=by)

    def kept() -> None:
        things = Asset.objects.filter(serial__startswith="D-")
        assert not things.active().exists()
        told = Entry.objects.filter(subject_type="assets.asset", subject_id__in=things.values("pk"))
        assert told.filter(kind="asset.voided").count() == ROWS

    assert session.run is not None
    return Asked("import-undo", session.run.pk, kept)


def backup() -> Asked:
    run = runs.start(nightly.KIND, {}, by=SYSTEM)

    def kept() -> None:
        run.refresh_from_db()
        path = Path(settings.BACKUP_DIR) / run.result["file"]
        check(path)
        assert Entry.objects.filter(kind=nightly.MADE).count() == 1
        with zipfile.ZipFile(path) as archive:
            assert json.loads(archive.read("manifest.json"))["district"]

    return Asked(nightly.KIND, run.pk, kept)


def baselines() -> Asked:
    """Rows of before the upgrade, which no entry tells of, and the upgrade's question for them."""
    Category.objects.bulk_create(Category(name=f"Old {n}") for n in range(ROWS))
    journal.record(
        ASKED,
        District.current() or District(pk=0),
        by=SYSTEM,
        data={"until": asked_by_upgrade(apps)},
    )
    run = runs.start(BASELINES, {}, by=SYSTEM)

    def kept() -> None:
        assert Entry.objects.filter(kind="category.baselined").count() == ROWS

    return Asked(BASELINES, run.pk, kept)


def rewriting() -> Asked:
    run = runs.start(REWRITE, {}, by=SYSTEM)
    return Asked(REWRITE, run.pk, lambda: None)


def all_kinds(award: Award, fay: User, ana: User) -> list[Callable[[], Asked]]:
    """One of each; that of PostgreSQL has no pages to write anew."""
    found: list[Callable[[], Asked]] = [
        lambda: report(award, fay),
        lambda: files_again(award, fay),
        lambda: staging(ana),
        lambda: planning(ana),
        lambda: applying(ana),
        lambda: undoing(ana),
        backup,
        baselines,
    ]
    return [*found, rewriting] if connection.vendor == "sqlite" else found


def left_over() -> list[str]:
    """What a killed process left half-written where files lie."""
    folders = (settings.FILES_DIR, settings.BACKUP_DIR, settings.INCOMING_DIR)
    return [str(p) for f in folders if Path(f).exists() for p in Path(f).rglob(".*") if p.is_file()]


def over(run_id: int) -> Run | None:
    return Run.objects.filter(pk=run_id, state__in=["finished", "failed", "canceled"]).first()
