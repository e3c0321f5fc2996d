"""An older installation wrote its small tables down only when it was upgraded: of what it was asked
before, R1 prints *cannot tell* for the words of a record that no entry tells, and says of how
many."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import models
from django.test import Client

from assets.actions import change_product
from assets.models import Category, Product
from core import runs
from core.access import SYSTEM
from core.journal.writing import record
from core.models import District
from core.time import days
from funding.models import Vendor
from people.models import Room, School, User
from reports.actions import request_report
from tests.factories import make_product
from tests.reports.shared import Shared

pytestmark = pytest.mark.django_db
UNTOLD = "cannot tell"


def upgraded(row: models.Model) -> None:
    """What the upgrade wrote down of a row, with the rows of its parts."""
    rows = list(row.lines.all()) if hasattr(row, "lines") else []
    kind = f"{row._meta.model_name}.baselined"
    record(kind, row, by=SYSTEM, created=True, rows=rows, data={"baseline": True})


RECORDS: dict[str, tuple[Callable[[Shared], models.Model], dict[str, str]]] = {
    "product": (
        lambda shared: shared.in_room.product,
        {"description": UNTOLD, "kind": UNTOLD, "why": "its category was written down later"},
    ),
    "category": (
        lambda shared: shared.in_room.product.category,
        {"description": f"{UNTOLD}, SMART RX275", "kind": UNTOLD},
    ),
    "school": (lambda shared: shared.in_room.school, {"school": UNTOLD, "room": "101"}),
    "room": (
        lambda shared: Room.objects.get(pk=shared.in_room.room_id),
        {"room": UNTOLD, "building": ""},
    ),
    "purchase": (lambda shared: shared.purchase, {"po": UNTOLD, "invoice": UNTOLD}),
    "program": (lambda shared: shared.arp.program, {"program": UNTOLD, "aln": "84.425U"}),
    "own award": (
        lambda shared: shared.arp,
        {
            "program": UNTOLD,
            "aln": UNTOLD,
            "fain": UNTOLD,
            "pass_through": UNTOLD,
            "title_holder": UNTOLD,
            "kind": UNTOLD,
            "why": "the terms of an award that pays for it were written down later",
        },
    ),
    # Whatever its terms were: ARP alone makes it equipment.
    "other award": (
        lambda shared: shared.local,
        {"other": f"{UNTOLD} 30.00%", "kind": "equipment"},
    ),
}


@pytest.mark.parametrize("what", RECORDS)
def test_what_was_written_down_later_cannot_be_told(shared: Shared, what: str) -> None:
    found, expected = RECORDS[what]
    before, _local = shared.said()
    row = found(shared)
    with shared.later():
        upgraded(row)
        after, _local = shared.said()
        now, _local = shared.says()
    told = [one for one in after["rows"] if one.tag == shared.in_room.tag]
    assert {name: getattr(told[0], name) for name in expected} == expected
    finding = next(one for one in after["findings"] if one.code == "untold")
    assert finding.count == 1
    assert now == before, "from then on it is known"


def test_the_amount_of_an_award_is_not_judged_by_what_it_is_today(shared: Shared) -> None:
    with shared.later():
        upgraded(shared.arp)
        told, _local = shared.said()
    assert dict(told["scope"])["Award"] == UNTOLD
    assert "over-award" not in [one.code for one in told["findings"]]


def test_what_is_not_printed_is_not_counted(shared: Shared) -> None:
    others: list[models.Model] = [
        make_product(make="Epson", model="Of another award"),
        Vendor.objects.latest("pk"),
        School.objects.get(code="WAS"),
        Category.objects.get(name="Laptop"),
    ]
    before = shared.said()
    with shared.later():
        for row in others:
            upgraded(row)
        assert shared.said() == before


def test_what_an_entry_before_tells_is_told(shared: Shared) -> None:
    """Changed, then upgraded, then changed: the first change says what it was before."""
    product = shared.in_room.product
    with shared.later():
        change_product(product, by=SYSTEM, model="RX300")
        upgraded(Product.objects.get(pk=product.pk))
        change_product(product, by=SYSTEM, make="Epson")
        told, _local = shared.said()
        now, _local = shared.says()
    assert told["rows"][0].description == f"{UNTOLD}, RX275 {UNTOLD}"
    assert now["rows"][0].description == "Interactive panel, Epson RX300"


def test_a_report_made_before_the_upgrade_is_compared_and_it_is_named(
    shared: Shared, fay: User, client_of: Callable[[User], Client], settings: Any, tmp_path: Any
) -> None:
    settings.FILES_DIR = tmp_path / "files"
    asked: dict[str, Any] = {"as_of": days.today(), "formats": ["csv"]}
    report = request_report(shared.arp, by=fay, **asked)
    assert report.run_id is not None
    runs.execute(report.run_id)
    with time_machine.travel(days.now() + timedelta(minutes=5)):
        upgraded(shared.in_room.product)
        page = client_of(fay).post(f"/reports/{report.pk}/recompute/").content.decode()
    told = page.partition("Interactive panel, SMART RX275")[2].partition("</tr>")[0]
    assert UNTOLD in told and "written down by an upgrade" in told


def test_the_district_is_not_made_up_either(shared: Shared) -> None:
    with shared.later():
        upgraded(District.objects.get())
        told, _local = shared.said()
    assert {*told["district"].values()} == {UNTOLD}
