"""A worker dies in the middle of an import: another goes on, and each row is done once."""

from collections import Counter

import pytest

from assets.models import Asset, AssetSpan, Category
from core.journal import verify
from core.models import Entry, Run
from integrations.actions import apply_import, undo_import
from integrations.models import ImportSession, StagedRow
from people.models import School
from tests.integrations.conftest import look_at
from tests.integrations.files import HEADER, as_csv
from tests.runs.processes import Processes, lease, processes, until

__all__ = ["lease", "processes"]  # fixtures
pytestmark = [pytest.mark.worker, pytest.mark.soak, pytest.mark.django_db(transaction=True)]
ROWS = 6000


def over(session: ImportSession) -> Run | None:
    runs = Run.objects.filter(pk=session.run_id, state__in=["finished", "failed", "canceled"])
    return runs.first()


def test_an_import_whose_workers_are_killed_is_applied_once_and_undone_once(
    processes: Processes, equipment: Category, lincoln: School
) -> None:
    rows = [["Acer", f"C{i % 7}", f"S{i}", str(i) if i % 2 else "", ""] for i in range(1, ROWS + 1)]
    from core.access import SYSTEM

    session = look_at(as_csv(HEADER, rows))
    mine = StagedRow.objects.filter(session=session)
    processes.sweeper()

    session = apply_import(session, by=SYSTEM)
    for n in range(2):
        worker = processes.worker(f"apply-{n}")
        until(Run.objects.filter(pk=session.run_id, done__gt=n * 1000).exists, "it went on")
        processes.kill(worker)
    assert over(session) is None, "it was not over when its workers died"
    last = processes.worker("apply-last")
    run = until(lambda: over(session), "the import is over")
    assert (run.state, run.attempts) == ("finished", 3)

    assert Asset.objects.count() == ROWS
    serials = Counter(Asset.objects.values_list("serial", flat=True))
    assert max(serials.values()) == 1
    assert AssetSpan.objects.count() == ROWS
    assert Entry.objects.filter(kind="asset.initialized").count() == ROWS
    assert mine.filter(applied=True).count() == ROWS
    processes.kill(last)

    session = undo_import(ImportSession.objects.get(pk=session.pk), by=SYSTEM)
    worker = processes.worker("undo-0")
    until(Run.objects.filter(pk=session.run_id, done__gt=0).exists, "a batch is undone")
    processes.kill(worker)
    assert over(session) is None
    processes.worker("undo-last")
    assert until(lambda: over(session), "the undo is over").state == "finished"
    assert not Asset.objects.active().exists()
    assert Entry.objects.filter(kind="asset.voided").count() == ROWS
    assert verify.verify().findings == []
