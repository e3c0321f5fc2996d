"""Of each value that is not what was printed the entries are named that explain it, who and
when."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from assets.actions import change_asset, change_product, correct_asset
from assets.models import Asset
from core import files
from core.access import SYSTEM
from core.time import days
from funding.actions import change_award
from people.actions import change_room, change_school
from people.models import User
from reports import actions
from reports.actions import names
from reports.models import Report
from tests.reports.conftest import Ledger

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


@pytest.mark.untrue("it makes what an older release made")
def test_of_an_older_release_it_differs_and_the_entries_are_named(
    panel: Asset, report_of: Make, fay: User, ana: User, client_of: Callable[[User], Client]
) -> None:
    """Described anew and then called otherwise: both are found, whatever its tag is now, and
    nothing that altered none of it."""
    report = report_of(fay)
    _as_an_older_release_made_it(report)
    assert actions.recompute(report).same, "its hash is of the rows with words, and still found"
    later = days.now() + timedelta(minutes=1)
    with time_machine.travel(later):
        change_asset(panel, by=ana, description="In the cellar")
        correct_asset(panel, by=ana, reason="Misread", tag="R900")
        change_award(report.award, by=ana, subaward_number="Other")
        found = actions.recompute(report)
        ((tag, key),) = [(d.tag, d.key) for d in found.differences]
        assert (tag, key) == ("R100", "description") and not found.same
        (one,) = actions.explained(report, found.differences, fay)
        assert [e.kind for e in one.entries] == ["asset.corrected", "asset.changed"]
        page = client_of(fay).post(f"/reports/{report.pk}/recompute/").content.decode()
    assert "R900" in page and "Ana" in page and UNTOLD in page
    assert "Other" not in page and "Nothing that explains it" not in page


def _as_an_older_release_made_it(report: Report) -> None:
    """Typed words in the rows and in the hash."""
    dataset = names.read(report.dataset)  # type: ignore[arg-type]
    old = replace(dataset.in_words(), digest="")
    report.dataset, report.sha256 = files.store(old.lines(), "application/x-ndjson"), old.sha256()
    report.save(update_fields=["dataset", "sha256"])


@pytest.mark.untrue("it makes what an older release made")
def test_each_value_names_the_entries_of_what_it_is_made_of(
    panel: Asset, report_of: Make, fay: User, ana: User
) -> None:
    """An older release printed names as they were when it made the report."""
    report = report_of(fay)
    room = panel.room
    assert room is not None
    with time_machine.travel(days.now() + timedelta(minutes=1)):
        change_product(panel.product, by=ana, model="RX300")
        change_school(panel.school, by=ana, name="Lincoln Academy")
        change_room(room, by=ana, code="999")
        change_award(report.award, by=ana, fain="S425U999999")
        change_award(report.award, by=ana, subaward_number="Other")
        _as_an_older_release_printed_it(report)
        found = [d for d in actions.recompute(report).differences if d.tag in ("R100", "")]
        told = {
            (one.difference.tag, one.difference.key): [e.kind for e in one.entries]
            for one in actions.explained(report, found, fay)
        }
    assert told == {
        ("", "scope"): ["award.changed"],
        ("R100", "description"): ["product.changed"],
        ("R100", "fain"): ["award.changed"],
        ("R100", "school"): ["school.changed"],
        ("R100", "room"): ["room.changed"],
        ("R100", "use"): [],
    }, "and where nothing was recorded nothing is named"


def _as_an_older_release_printed_it(report: Report) -> None:
    """What is called otherwise now stands in rows and head, and a use that nobody entered."""
    dataset = names.read(report.dataset)  # type: ignore[arg-type]
    keys = [c.key for c in dataset.columns]
    said = {
        "RX275": "RX300",
        "Lincoln Middle School": "Lincoln Academy",
        "S425U210035": "S425U999999",
    }
    rows = []
    for row in dataset.rows:
        values = dict(zip(keys, row, strict=True))
        values["description"] = values["description"].replace("RX275", "RX300")
        for key in ("school", "fain"):
            values[key] = said.get(values[key], values[key])
        values["room"] = "999" if values["tag"] == "R100" else values["room"]
        values["use"] = "Forged" if values["tag"] == "R100" else values["use"]
        rows.append(tuple(values.values()))
    scope = tuple((label, said.get(value, value)) for label, value in dataset.scope)
    old = replace(dataset, rows=tuple(rows), scope=scope)
    report.dataset, report.sha256 = files.store(old.lines(), "application/x-ndjson"), old.sha256()
    report.save(update_fields=["dataset", "sha256"])
