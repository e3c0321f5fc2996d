"""One award's things with every difficulty a property record meets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from assets.actions import assign_asset, dispose_asset, verify_asset
from assets.models import Asset
from core import files, runs
from core.access import SYSTEM
from core.time import days
from funding.actions import change_award
from funding.models import Award, Unit
from funding.seed import seed_reference
from people.models import Person, Room, School, User
from reports.actions import request_report
from reports.dataset import Dataset
from reports.models import Report
from tests.factories import make_asset, make_product, make_purchase
from tests.reports.merged import paid as paid
from tests.reports.merged import thing as thing
from tests.reports.shared import shared as shared

BOUGHT = date(2025, 8, 1)


@dataclass
class Ledger:
    """What the award paid for, by name."""

    award: Award
    panel: Asset
    split: Asset
    held: Asset
    sold: Asset
    nameless: Asset
    untagged: list[Unit]
    began: datetime


@pytest.fixture
def ledger(
    arp: Award, local: Award, lincoln: School, washington: School, room: Room, maria: Person
) -> Ledger:
    """A panel above the equipment line, a split Chromebook, one with a student, one sold, one at
    another school without serial, and two units that nobody tagged."""
    seed_reference()
    arp = change_award(arp, by=SYSTEM, ug_version="pre2024")
    at = days.start_of_day(BOUGHT)
    _po, (first,) = make_purchase(quantity=1, amount="5415.00", shares=[(arp, "100")], at=at)
    panel = make_asset(
        school=lincoln,
        tag="R100",
        serial="PANEL-1",
        room=room,
        unit=first,
        at=at,
        product=make_product(make="SMART", model="RX275", category="Interactive panel"),
        condition="good",
        condition_on=BOUGHT,
        use="Instruction",
    )
    # 1,000.00 over three units, 80 to 20: the cents must come out whole.
    _po, units = make_purchase(
        quantity=3, amount="1000.00", shares=[(arp, "80"), (local, "20")], at=at
    )
    split = make_asset(
        school=lincoln, tag="R101", room=room, unit=units[0], at=at, condition="fair"
    )
    held = make_asset(school=lincoln, tag="R102", unit=units[1], at=at)
    assign_asset(held, to=maria, by=SYSTEM, at=at + timedelta(days=20))
    sold = make_asset(
        school=lincoln, tag="R103", unit=units[2], at=at, status="awaiting_disposal", legacy=True
    )
    dispose_asset(
        sold, by=SYSTEM, method="sold", disposed_on=date(2026, 3, 2), sale_price=Decimal("25.00")
    )
    _po, more = make_purchase(quantity=3, amount="900.00", shares=[(arp, "100")], at=at)
    nameless = make_asset(school=washington, tag="R104", serial="", unit=more[0], at=at)
    verify_asset(panel, by=SYSTEM, at=days.start_of_day(date(2026, 1, 20)))
    return Ledger(arp, panel, split, held, sold, nameless, more[1:], at)


@pytest.fixture
def report_of(ledger: Ledger) -> Callable[..., Report]:
    """A report of the ledger's award, made by the same code a worker runs."""

    def make(by: User, **values: object) -> Report:
        values = {"as_of": days.today(), "formats": ["csv"]} | values
        report = request_report(ledger.award, by=by, **values)  # type: ignore[arg-type]
        assert report.run_id
        runs.execute(report.run_id)
        report.refresh_from_db()
        assert report.run is not None
        report.run.refresh_from_db()
        assert report.run.state == "finished", report.run.reason
        return report

    return make


def content(report: Report, format_: str) -> bytes:
    """What one rendering holds."""
    with files.open_file(report.files.get(format=format_).file) as handle:
        return bytes(handle.read())


def by_tag(dataset: Dataset) -> dict[str, dict[str, object]]:
    """The rows of a dataset by their tag."""
    keys = [c.key for c in dataset.columns]
    return {str(row[0]): dict(zip(keys, row, strict=True)) for row in dataset.rows}
