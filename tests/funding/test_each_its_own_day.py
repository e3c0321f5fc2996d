"""Who pays for a line is true of each unit from its own day on, where nobody says another: since
nobody paid for that one, or since it was received."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from assets.models import Category
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.actions import (
    LineDraft,
    ask_line,
    create_award,
    decide,
    receive_units,
    reclassify,
    record_purchase,
    share_unit,
)
from funding.models import Award, PurchaseLine, Reclassification, Unit
from people.models import School, User
from reports.property_record.build import build
from tests.factories import make_asset, make_purchase
from tests.funding.test_second_person import all_of
from tests.integrations.conftest import equipment
from tests.refusing import rest_says

__all__ = ["Category", "equipment"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]
Of = Callable[[User], Client]
WHY = "As the board decided"
CAME, FIRST, SECOND = date(2022, 8, 1), date(2024, 1, 1), date(2025, 1, 1)
#: R1 of these days: before each of the changes, between them, after them.
ASKED = (date(2023, 6, 30), date(2024, 6, 30), date(2025, 6, 30))


def told(award: Award) -> list[tuple[list[str], str]]:
    """Of an award's record on each of the days and today: the tags and the ledger."""
    assert verify.verify().findings == []
    found = []
    for day in (*ASKED, days.today()):
        record = build(award, as_of=day, known_at=days.now(), by=SYSTEM)
        assert not {"ledger", "unit-twice"} & {f.code for f in record.findings}
        found.append((sorted(row[0] for row in record.rows), record.extra["ledger"]))
    return found


NONE = ([], "0.00")
ONE, BOTH = (["G1"], "1000.00"), (["G1", "G2"], "2000.00")
TURN = [NONE, ONE, BOTH, BOTH]


@pytest.fixture
def bond(local: Award) -> Award:
    return create_award(by=SYSTEM, program=local.program, name="Bond")


@pytest.fixture
def line(local: Award, fay: User, lincoln: School) -> PurchaseLine:
    """The general fund paid for one thing until 2024 and for another until 2025."""
    purchase, units = make_purchase(
        quantity=2, amount="2000.00", shares=[(local, "100")], received_on=CAME
    )
    for n, (unit, until) in enumerate(zip(units, (FIRST, SECOND), strict=True), start=1):
        make_asset(school=lincoln, tag=f"G{n}", unit=unit, acquired_on=CAME)
        reclassify([unit], [], by=fay, reason=WHY, at=days.start_of_day(until))
    return purchase.lines.get()


def post(api: Client, path: str, body: Any, status: int) -> dict[str, Any]:
    answer = api.post(f"/api/v1/{path}", body, "application/json")
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = answer.json()
    return found


def shares(*awards: Award) -> list[dict[str, Any]]:
    return [{"award": award.pk, "percent": str(100 // len(awards))} for award in awards]


def typed(line: PurchaseLine, *awards: Award) -> dict[str, Any]:
    one = {f"award_{n}": award.pk for n, award in enumerate(awards, start=1)}
    parts = {f"percent_{n}": str(100 // len(awards)) for n, _a in enumerate(awards, start=1)}
    return {"line": line.pk, "reason": WHY, **one, **parts}


def test_what_needs_nobody_s_approval(
    line: PurchaseLine, bond: Award, fay: User, api_of: Of
) -> None:
    body = {"line": 1, "shares": shares(bond)}
    post(api_of(fay), f"purchases/{line.purchase_id}/share", body, 200)
    assert told(bond) == TURN


def test_what_a_second_person_approves_by_rest(
    line: PurchaseLine, arp: Award, local: Award, fay: User, ana: User, api_of: Of, client_of: Of
) -> None:
    body = {"line": 1, "shares": shares(arp), "reason": WHY}
    path = f"purchases/{line.purchase_id}/share"
    rest_says(api_of(fay), path, body, "approval-required")
    asked = post(api_of(fay), "reclassifications", body | {"purchase": line.purchase_id}, 201)
    since = [days.local_date(Reclassification.objects.get().at_of(u)) for u in plan()]
    assert since == [FIRST, SECOND]
    assert [u["at"][:10] for u in asked["units"]] == ["2024-01-01", "2025-01-01"]
    page = client_of(ana).get(f"/reclassifications/{asked['id']}/").content.decode()
    assert "01/01/2024" in page
    assert "01/01/2025" in page
    assert told(arp) == [NONE] * 4
    post(api_of(ana), f"reclassifications/{asked['id']}/decide", {"decision": "approve"}, 200)
    assert told(arp) == TURN
    assert told(local) == [BOTH, (["G2"], "1000.00"), NONE, NONE]


def plan() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Reclassification.objects.get().plan
    return found


def test_what_a_second_person_approves_on_the_page(
    line: PurchaseLine, arp: Award, fay: User, ana: User, client_of: Of
) -> None:
    address = f"/purchases/{line.purchase_id}/share/"
    answer = client_of(fay).post(address, typed(line, arp) | {"ask": "1"})
    assert answer.status_code == 302, answer.content.decode()
    client_of(ana).post(answer["Location"], {"approve": "1"})
    assert told(arp) == TURN


def test_a_day_that_somebody_says_is_that_of_all(
    line: PurchaseLine, arp: Award, fay: User, ana: User
) -> None:
    row = ask_line(line, all_of(arp), by=fay, reason=WHY, at=days.start_of_day(SECOND))
    assert not any("at" in unit for unit in row.plan)
    decide(row, by=ana, approve=True)
    assert told(arp) == [NONE, NONE, BOTH, BOTH]


@pytest.fixture
def half(local: Award, fay: User, lincoln: School) -> PurchaseLine:
    """Two came, a month apart; the general fund pays for the first, nobody for the second."""
    purchase = record_purchase("PO-N1", by=SYSTEM, lines=[LineDraft("Laptops", 2, Decimal(2000))])
    line = purchase.lines.get()
    for n, day in enumerate((CAME, date(2022, 9, 1)), start=1):
        [unit] = receive_units(line, 1, by=SYSTEM, received_on=day)
        make_asset(school=lincoln, tag=f"G{n}", unit=unit)
    share_unit(Unit.objects.get(number=1), all_of(local), by=fay, at=None, reason="")
    return line


def test_a_first_share_is_true_from_the_receipt_on_beside_what_is_reclassified(
    half: PurchaseLine, local: Award, bond: Award, fay: User, api_of: Of
) -> None:
    body = {"line": 1, "shares": shares(local, bond), "reason": WHY}
    post(api_of(fay), f"purchases/{half.purchase_id}/share", body, 200)
    past = (["G1", "G2"], "1500.00")
    assert told(local) == [past, past, past, (["G1", "G2"], "1000.00")]
    assert told(bond) == [(["G2"], "500.00")] * 3 + [(["G1", "G2"], "1000.00")]


def test_so_it_is_where_that_is_asked_for(
    half: PurchaseLine, local: Award, arp: Award, fay: User, ana: User, client_of: Of
) -> None:
    address = f"/purchases/{half.purchase_id}/share/"
    answer = client_of(fay).post(address, typed(half, local, arp) | {"ask": "1"})
    assert answer.status_code == 302, answer.content.decode()
    client_of(ana).post(answer["Location"], {"approve": "1"})
    assert told(arp) == [(["G2"], "500.00")] * 3 + [(["G1", "G2"], "1000.00")]


def test_what_changed_meanwhile_is_asked_anew(
    line: PurchaseLine, arp: Award, local: Award, fay: User, ana: User, client_of: Of
) -> None:
    """Of one unit alone, and on a day before that of another."""
    row = ask_line(line, all_of(arp), by=fay, reason=WHY)
    unit = Unit.objects.get(number=1)
    reclassify([unit], all_of(local), by=fay, reason=WHY, at=days.start_of_day(FIRST))
    page = client_of(ana).post(f"/reclassifications/{row.pk}/", {"approve": "1"})
    assert "changed since this was asked" in page.content.decode()
    assert told(arp) == [NONE] * 4
