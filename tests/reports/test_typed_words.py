"""What somebody typed of a thing is not kept: a record as known then prints what still stands, and
says where it cannot be told, and its hash is of neither."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from assets.actions import change_asset
from assets.models import Asset
from core import files, runs
from core.access import SYSTEM
from core.facts import columns
from core.forgetting import cleaning, typed
from core.models import Run
from core.time import days
from people.models import User
from reports import actions
from reports.actions import names
from reports.models import Report
from reports.property_record.columns import columns as of_record
from tests.reports.conftest import Ledger, by_tag, content

pytestmark = pytest.mark.django_db
Make = Callable[..., Report]
UNTOLD = "cannot tell what was typed"


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def panel(ledger: Ledger) -> Asset:
    """The panel, described, a minute before anything is asked."""
    with time_machine.travel(days.now() - timedelta(minutes=1)):
        return change_asset(ledger.panel, by=SYSTEM, description="By the door")


def described(report: Report, tag: str = "R100") -> str:
    return str(by_tag(actions.stored_dataset(report))[tag]["description"])


def untold(report: Report) -> list[tuple[str, ...]]:
    return [f.tags for f in actions.stored_dataset(report).findings if f.code == "words"]


def test_what_is_typed_since_is_not_printed_of_then(
    panel: Asset, report_of: Make, fay: User
) -> None:
    before = report_of(fay, formats=["csv", "xlsx", "pdf"])
    assert described(before).endswith("RX275, By the door") and untold(before) == []
    printed = {f: content(before, f) for f in before.formats}
    change_asset(panel, by=SYSTEM, description="In the cellar")
    after = report_of(fay, known_at=before.known_at, formats=["csv", "xlsx", "pdf"])
    assert "cellar" not in described(after) and UNTOLD in described(after)
    assert untold(after) == [("R100",)], "it is counted"
    assert after.sha256 == before.sha256, "nothing of then is another"
    for report in (before, after):
        found = actions.recompute(report)
        assert found.same and found.differences == []
        assert actions.unaltered(report)
    for format_ in before.formats:
        assert actions.remake(before, format_) == printed[format_]
        assert actions.remake(after, format_) == content(after, format_)
    assert UNTOLD.encode() in content(after, "csv")
    now = report_of(fay)
    assert described(now).endswith("In the cellar") and untold(now) == []
    assert now.sha256 != before.sha256, "what is typed is in the hash of its time"


def test_words_that_came_or_went_since(
    panel: Asset, ledger: Ledger, report_of: Make, fay: User
) -> None:
    before = report_of(fay)
    change_asset(panel, by=SYSTEM, description="")
    change_asset(ledger.split, by=SYSTEM, description="New words")
    after = report_of(fay, known_at=before.known_at)
    assert UNTOLD in described(after)
    assert described(after, "R101") == described(before, "R101"), (
        "there were none, as it is printed"
    )
    assert untold(after) == [("R100",)] and after.sha256 == before.sha256
    change_asset(panel, by=SYSTEM, description="By the door")
    again = report_of(fay, known_at=before.known_at)
    assert described(again) == described(before) and untold(again) == [], "they are the same again"


def test_words_that_were_blanked_for_somebody_who_is_forgotten(
    panel: Asset, report_of: Make, fay: User, ana: User
) -> None:
    """They go from the reports that print them, too; what these tell, and their hash, stays."""
    before = report_of(fay, formats=["csv", "xlsx"])
    change_asset(panel, by=SYSTEM, use="Instruction, mostly")
    later = report_of(fay)
    place = typed.Place("assets.asset", panel.pk, "description")
    with time_machine.travel(days.now() + timedelta(minutes=1)):
        assert cleaning.clean(place, typed.BLANK, by=ana, seen=typed.seen("By the door"))
        for run in Run.objects.filter(kind=names.REMAKE, state="waiting"):
            assert runs.execute(run.pk)
        after = report_of(fay, known_at=before.known_at)
        for report in (before, later):
            hash_ = report.sha256
            report.refresh_from_db()
            assert report.sha256 == hash_ and actions.unaltered(report)
            assert actions.recompute(report).same
            for format_ in report.formats:
                assert content(report, format_) == actions.remake(report, format_)
            assert "blanked" in described(report)
    assert UNTOLD in described(after) and after.sha256 == before.sha256
    printed = b"".join(content(r, "csv") for r in (before, later, after))
    assert b"By the door" not in printed
    kept = [files.path_of(r.dataset.sha256) for r in Report.objects.select_related("dataset")]  # type: ignore[union-attr]
    assert not any(b"By the door" in path.read_bytes() for path in kept)


def test_every_column_that_is_masked_and_printed_is_asked() -> None:
    """Whoever prints another masked column of a thing is asked what it was then."""
    table = columns.table(Asset)
    assert table is not None
    printed = {c.key.partition(":")[0] for c in of_record()}
    asked = {c.key.partition(":")[0] for c in of_record() if c.kind == "words"}
    assert set(table.masks) & printed == asked
