"""R1 tells the same truth on the page, in the PDF's rows, in XLSX, in CSV and in the ledger."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test import Client

from assets.actions import change_asset, correct_asset, move_asset, verify_asset, void_asset
from core.access import SYSTEM
from core.journal.verify import verify
from core.time import days
from funding.actions import ShareDraft, ask_units, decide
from funding.models import Award
from people.models import School, User
from reports import actions
from reports.models import Report
from tests.reports.conftest import Ledger, by_tag, content

pytestmark = pytest.mark.django_db
Make = Callable[..., Report]

LEDGER = """
SELECT count(*), sum(s.amount), sum(u.cost) FROM funding_unitshare s
  JOIN funding_unit u ON u.id = s.unit_id JOIN assets_asset a ON a.unit_id = u.id
 WHERE s.award_id = %s AND s.known_to IS NULL AND s.valid_to IS NULL AND a.status <> 'void'
"""


def test_totals_are_the_same_everywhere_and_in_a_sum_of_our_own(
    ledger: Ledger, report_of: Make, fay: User, client_of: Callable[[User], Client]
) -> None:
    report = report_of(fay, formats=["csv", "xlsx"])
    with connection.cursor() as cursor:
        cursor.execute(LEDGER, [ledger.award.pk])
        count, federal, cost = cursor.fetchone()
    federal, cost = Decimal(str(federal)), Decimal(str(cost)).quantize(Decimal("0.01"))
    assert (count, federal, cost) == (5, Decimal("6515.00"), Decimal("6715.00"))
    totals = actions.stored_dataset(report).totals
    assert (totals.assets, totals.federal, totals.other, totals.cost) == (
        count,
        federal,
        cost - federal,
        cost,
    )

    rows = list(csv.DictReader(io.StringIO(content(report, "csv").decode("utf-8-sig"))))
    assert sum(Decimal(r["Federal amount"]) for r in rows) == federal
    assert sum(Decimal(r["Unit cost"]) for r in rows) == cost

    sheet = openpyxl.load_workbook(io.BytesIO(content(report, "xlsx")))["Property record"]
    head, *body = list(sheet.values)
    cents = sum(round(Decimal(str(r[head.index("Federal amount")])), 2) for r in body)
    assert (len(body), cents) == (count, federal)

    page = client_of(fay).get(f"/reports/{report.pk}/").content.decode()
    assert "$6,515.00" in page and "$6,715.00" in page and "R104" in page


def test_a_split_of_a_thousand_over_three_comes_out_whole(
    ledger: Ledger, report_of: Make, fay: User
) -> None:
    rows = by_tag(actions.stored_dataset(report_of(fay)))
    parts = [rows[tag] for tag in ("R101", "R102", "R103")]
    assert sum(Decimal(str(r["federal"])) for r in parts) == Decimal("800.00")
    assert sum(Decimal(str(r["other_amount"])) for r in parts) == Decimal("200.00")
    assert all(r["federal"] + r["other_amount"] == r["cost"] for r in parts)  # type: ignore[operator]
    assert "General fund" in str(parts[0]["other"])


def test_things_are_called_equipment_or_supply_with_the_reason(
    ledger: Ledger, report_of: Make, fay: User
) -> None:
    rows = by_tag(actions.stored_dataset(report_of(fay)))
    assert (rows["R100"]["class"], rows["R101"]["class"]) == ("equipment", "supply")
    assert "$5,000.00" in str(rows["R100"]["why"]) and "$5,000.00" in str(rows["R101"]["why"])


def test_a_disposition_shows_its_date_method_and_price(
    ledger: Ledger, report_of: Make, fay: User
) -> None:
    sold = by_tag(actions.stored_dataset(report_of(fay)))["R103"]
    assert (sold["status"], sold["disposed_on"], sold["sale_price"]) == (
        "Disposed",
        date(2026, 3, 2),
        Decimal("25.00"),
    )


def test_a_student_is_a_pseudonym_on_paper(ledger: Ledger, report_of: Make, fay: User) -> None:
    report = report_of(fay, formats=["csv", "xlsx"])
    held = by_tag(actions.stored_dataset(report))["R102"]
    assert str(held["custodian"]).startswith("P-")
    assert b"Lopez" not in content(report, "csv")


def test_exceptions_come_first_and_name_the_things(
    ledger: Ledger, report_of: Make, fay: User
) -> None:
    found = {f.code: f for f in actions.stored_dataset(report_of(fay)).findings}
    assert found["untagged"].count == 2
    assert found["serial"].tags == ("R104",)
    assert "R100" not in found["verified"].tags and "R101" in found["verified"].tags
    assert "R102" in found["condition"].tags and "R101" not in found["condition"].tags
    assert "R101" in found["condition-old"].tags and "R102" not in found["condition-old"].tags


def test_a_past_day_shows_what_was_true_then(
    ledger: Ledger, washington: School, report_of: Make, fay: User, ana: User, local: Award
) -> None:
    before = report_of(fay, as_of=date(2025, 9, 30))
    move_asset(ledger.panel, to=washington.rooms.get(code="101"), by=SYSTEM)
    whole = [ShareDraft(local, percent=Decimal(100))]
    asked = ask_units([ledger.panel.unit], whole, by=fay, reason="not allowable")  # type: ignore[list-item]
    decide(asked, by=ana, approve=True)
    rows = by_tag(actions.stored_dataset(report_of(fay, as_of=date(2025, 9, 30))))
    assert rows["R100"]["school"] == "Lincoln Middle School"
    assert rows["R103"]["status"] != "Disposed"
    assert "R100" not in by_tag(actions.stored_dataset(report_of(fay)))
    assert by_tag(actions.stored_dataset(before)) == rows


def test_recomputed_after_later_and_backdated_acts_it_is_the_same(
    ledger: Ledger,
    washington: School,
    room: object,
    report_of: Make,
    fay: User,
    ana: User,
    local: Award,
) -> None:
    report = report_of(fay)
    first = actions.remake(report, "csv")
    earlier = days.now() - timedelta(days=100)
    verify_asset(ledger.split, by=SYSTEM, at=earlier)
    move_asset(ledger.panel, to=washington.rooms.get(code="LIB"), by=SYSTEM, at=earlier)
    correct_asset(
        ledger.split,
        room=washington.rooms.get(code="102"),
        by=SYSTEM,
        reason="wrong room",
        at=earlier,
    )
    whole = [ShareDraft(local, percent=Decimal(100))]
    asked = ask_units([ledger.split.unit], whole, by=fay, reason="not allowable", at=earlier)  # type: ignore[list-item]
    decide(asked, by=ana, approve=True)
    void_asset(ledger.nameless, by=SYSTEM, reason="never came")
    assert actions.recompute(report) == (report.sha256, True, [])
    assert actions.remake(report, "csv") == first == content(report, "csv")
    newer = report_of(fay)
    assert newer.sha256 != report.sha256
    assert actions.stored_dataset(newer).totals.federal < Decimal("6515.00")
    assert verify().findings == []


def test_what_was_put_right_since_leaves_the_recomputed_one_as_it_was(
    ledger: Ledger, report_of: Make, fay: User
) -> None:
    report = report_of(fay)
    correct_asset(ledger.panel, serial="PANEL-9", by=SYSTEM, reason="misread")
    assert actions.recompute(report).same, "as known then it was PANEL-1"


def test_what_is_the_same_is_said_to_be(
    ledger: Ledger, report_of: Make, fay: User, client_of: Callable[[User], Client]
) -> None:
    report = report_of(fay)
    change_asset(ledger.panel, by=SYSTEM, description="By the door")
    same = client_of(fay).post(f"/reports/{report.pk}/recompute/").content.decode()
    assert "the same rows" in same and "By the door" not in same
