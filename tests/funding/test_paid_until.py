"""Who pays from now on takes nothing away of what an award paid until it ended, on no past day."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.actions import create_award, reclassify, share_line, share_unit
from funding.models import Award, PurchaseLine, Unit
from people.models import School, User
from reports.property_record.build import build
from tests.factories import make_asset, make_purchase
from tests.funding.test_second_person import all_of, code_of
from tests.integrations.conftest import bring, equipment
from tests.refusing import page_says, rest_says

__all__ = ["equipment"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district", "equipment")]
Of = Callable[[User], Client]
CAME, ENDED = date(2022, 8, 1), date(2024, 1, 1)
BEFORE, DURING, AFTER = date(2022, 7, 31), date(2023, 6, 30), date(2024, 6, 30)
WHY = "As the board decided"
SAID = "Awards paid for it until 01/01/2024"


@pytest.fixture
def gift(local: Award) -> Award:
    return create_award(by=SYSTEM, program=local.program, name="Gift")


@pytest.fixture
def line(local: Award, fay: User, lincoln: School) -> PurchaseLine:
    """The general fund paid for a thing from 2022 to 2024; then nobody did."""
    purchase, [unit] = make_purchase(
        quantity=1, amount="1000.00", shares=[(local, "100")], received_on=CAME
    )
    make_asset(school=lincoln, tag="P1", unit=unit, acquired_on=CAME)
    noon = days.start_of_day(ENDED) + timedelta(hours=12)
    reclassify([unit], [], by=fay, reason=WHY, at=noon)
    return purchase.lines.get()


def unit_of(line: PurchaseLine) -> Unit:
    return Unit.objects.get(line=line, voided_at=None, number=1)


def told(award: Award, day: date) -> tuple[list[str], str, str]:
    """Of an award's record: the tags, the ledger, and how many units are no thing."""
    found = build(award, as_of=day, known_at=days.now(), by=SYSTEM)
    assert not {"ledger", "unit-twice"} & {f.code for f in found.findings}
    return sorted(r[0] for r in found.rows), found.extra["ledger"], found.extra["untagged"]


def records(award: Award, *paid: date) -> None:
    """On these of the days the award's record has the thing and its money, on the others neither;
    the journal tells the same."""
    assert verify.verify().findings == []
    for day in (BEFORE, DURING, AFTER, days.today()):
        expected = (["P1"], "1000.00", "0") if day in paid else ([], "0.00", "0")
        assert told(award, day) == expected, day


Say = Callable[[PurchaseLine, Award, User, Of, Of], None]


def by_line_page(line: PurchaseLine, award: Award, by: User, page: Of, api: Of) -> None:
    typed = {"line": line.pk, "award_1": award.pk, "percent_1": "100"}
    answer = page(by).post(f"/purchases/{line.purchase_id}/share/", typed)
    assert answer.status_code == 302, answer.content.decode()


def by_rest_page(line: PurchaseLine, award: Award, by: User, page: Of, api: Of) -> None:
    typed = {"line": line.pk, "award_1": award.pk, "percent_1": "100", "rest_only": "on"}
    answer = page(by).post(f"/purchases/{line.purchase_id}/share/", typed)
    assert answer.status_code == 302, answer.content.decode()


def by_unit_page(line: PurchaseLine, award: Award, by: User, page: Of, api: Of) -> None:
    typed = {"award_1": award.pk, "percent_1": "100"}
    answer = page(by).post(f"/units/{unit_of(line).pk}/share/", typed)
    assert answer.status_code == 302, answer.content.decode()


def by_api(line: PurchaseLine, award: Award, by: User, page: Of, api: Of) -> None:
    body = {"line": 1, "shares": [{"award": award.pk, "percent": "100"}]}
    path = f"/api/v1/purchases/{line.purchase_id}/share"
    answer = api(by).post(path, body, "application/json")
    assert answer.status_code == 200, answer.content


def by_rest_api(line: PurchaseLine, award: Award, by: User, page: Of, api: Of) -> None:
    body = {"line": 1, "rest": True, "shares": [{"award": award.pk, "percent": "100"}]}
    path = f"/api/v1/purchases/{line.purchase_id}/share"
    answer = api(by).post(path, body, "application/json")
    assert answer.status_code == 200, answer.content


def by_list(line: PurchaseLine, award: Award, by: User, page: Of, api: Of) -> None:
    bring(f"Tag,Cost,Award\nP1,1000.00,{award.name}\n", by=by)


@pytest.mark.parametrize(
    "say", [by_line_page, by_rest_page, by_unit_page, by_api, by_rest_api, by_list]
)
def test_who_pays_next_pays_since_nobody_did(
    line: PurchaseLine,
    local: Award,
    gift: Award,
    ana: User,
    client_of: Of,
    api_of: Of,
    say: Say,
) -> None:
    say(line, gift, ana, client_of, api_of)
    records(local, DURING)
    records(gift, AFTER, days.today())


def test_another_day_takes_a_reason(
    line: PurchaseLine, local: Award, gift: Award, fay: User, client_of: Of, api_of: Of
) -> None:
    """Who says that others paid on a day on which an award did says why, at every door."""
    start = days.start_of_day(CAME)
    shares = [{"award": gift.pk, "percent": "100"}]
    body = {"line": 1, "shares": shares, "at": start.isoformat()}
    path = f"purchases/{line.purchase_id}/share"
    rest_says(api_of(fay), path, body, "reason-missing", SAID)
    rest_says(api_of(fay), path, body | {"rest": True}, "reason-missing", SAID)
    typed = {"award_1": gift.pk, "percent_1": "100", "on": CAME.isoformat()}
    for url, more in (
        (f"/purchases/{line.purchase_id}/share/", {"line": line.pk}),
        (f"/units/{unit_of(line).pk}/share/", {}),
    ):
        page_says(client_of(fay), url, typed | more, "reason-missing", SAID)
    for do in (
        lambda: share_line(line, all_of(gift), by=fay, at=start),
        lambda: share_unit(unit_of(line), all_of(gift), by=fay, at=start, reason=" "),
    ):
        assert code_of(do) == "reason-missing"
    records(local, DURING)
    records(gift)
    share_line(line, all_of(gift), by=fay, at=start, reason=WHY)
    records(local)
    records(gift, DURING, AFTER, days.today())


def test_a_day_on_which_nobody_paid_takes_none(
    line: PurchaseLine, local: Award, gift: Award, fay: User
) -> None:
    share_line(line, all_of(gift), by=fay, at=days.start_of_day(date(2025, 1, 1)))
    records(local, DURING)
    records(gift, days.today())


def test_where_nobody_ever_paid_it_is_since_its_receipt(
    local: Award, lincoln: School, fay: User
) -> None:
    purchase, [unit] = make_purchase(quantity=1, amount="1000.00", received_on=CAME)
    make_asset(school=lincoln, tag="P1", unit=unit, acquired_on=CAME)
    share_line(purchase.lines.get(), all_of(local), by=fay)
    records(local, DURING, AFTER, days.today())
