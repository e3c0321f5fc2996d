"""A receipt that nobody dated stands on the day that a list gave it, also for a thing that does not
say when it came: on each past day the money is with what stands for it then."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from assets.actions import merge_assets, unmerge_assets
from assets.models import Asset
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.models import Award, Unit
from people.models import School, User
from reports.property_record.build import build
from tests.factories import make_asset
from tests.forms import confirmed
from tests.integrations.conftest import bring, equipment, undo

__all__ = ["equipment"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district", "equipment")]
Of = Callable[[User], Client]
CAME = date(2022, 3, 10)
BEFORE, YEARS = date(2022, 3, 9), (CAME, date(2022, 6, 30), date(2024, 6, 30))
WHY = "The list was wrong"


@pytest.fixture(params=["local", "federal"])
def award(request: pytest.FixtureRequest, arp: Award, local: Award) -> Award:
    return {"local": local, "federal": arp}[request.param]


@pytest.fixture
def api(api_of: Of, ana: User) -> Client:
    return api_of(ana)


def told(award: Award, day: date) -> tuple[list[str], str]:
    """Of an award's record: the tags and the ledger, which is all of theirs."""
    found = build(award, as_of=day, known_at=days.now(), by=SYSTEM)
    assert not {"ledger", "unit-twice"} & {f.code for f in found.findings}
    return sorted(row[0] for row in found.rows), found.extra["ledger"]


def is_with(award: Award, *tags: str, since: date = CAME) -> None:
    """From a day on its $500 are with the first of these, and today with the last; the journal
    tells the same."""
    assert verify.verify().findings == []
    for day in (BEFORE, *YEARS, days.today()):
        tag = tags[-1] if day == days.today() else tags[0]
        assert told(award, day) == (([tag], "500.00") if day >= since else ([], "0.00")), day


def listed(award: Award, tag: str = "H1A") -> Unit:
    """A row of a list that says when the thing was acquired, not when it was received."""
    bring(
        "Tag,Make,Model,Acquired,Cost,PO,Award\n"
        f"{tag},Acer,C1,{CAME.isoformat()},500.00,PO-H1,{award.name}\n"
    )
    unit = Asset.objects.get(tag=tag).unit
    assert unit is not None
    assert unit.listed_on == days.today()
    return unit


def post(api: Client, path: str, **body: Any) -> dict[str, Any]:
    answer = api.post(f"/api/v1/{path}", json.dumps(body), "application/json")
    assert answer.status_code in (200, 201), answer.content
    found: dict[str, Any] = answer.json()
    return found


def patch(api: Client, asset: int, **body: Any) -> None:
    path = f"/api/v1/assets/{asset}"
    headers = {"If-Match": api.get(path)["ETag"]}
    answer = api.patch(path, json.dumps(body), "application/json", headers=headers)
    assert answer.status_code == 200, answer.content


def another(api: Client, school: School, tag: str, **more: Any) -> int:
    """A thing that does not say when it came."""
    product = Asset.objects.order_by("pk")[0].product_id
    body = {"tag": tag, "product": product, "school": school.pk, **more}
    pk: int = post(api, "assets", **body)["id"]
    return pk


def off_and_on(api: Client, asset: int, unit: Unit) -> None:
    patch(api, asset, unit=None, reason=WHY)
    patch(api, asset, unit=unit.pk, reason=WHY)


@pytest.fixture
def unit(award: Award, api: Client) -> Unit:
    """What a wrong row of a list was bought by."""
    unit = listed(award)
    post(api, f"assets/{Asset.objects.get(tag='H1A').pk}/void", reason=WHY)
    return unit


@pytest.fixture
def thing(unit: Unit, api: Client, lincoln: School) -> int:
    """The right one, which was registered on its unit."""
    return another(api, lincoln, "H1B", unit=unit.pk)


def test_a_unit_taken_off_and_given_back_leaves_each_past_day(
    award: Award, unit: Unit, thing: int, api: Client
) -> None:
    is_with(award, "H1B")
    off_and_on(api, thing, unit)
    is_with(award, "H1B")
    unit.refresh_from_db()
    assert unit.received_on == CAME


def test_a_thing_that_was_here_already_is_as_old_as_the_unit_that_it_is_given(
    award: Award, unit: Unit, api: Client, lincoln: School
) -> None:
    patch(api, another(api, lincoln, "H2B"), unit=unit.pk, reason=WHY)
    is_with(award, "H2B")


def test_the_page_s_void_and_reinstatement_leave_each_past_day(
    award: Award, unit: Unit, thing: int, client_of: Of, ana: User, api: Client
) -> None:
    off_and_on(api, thing, unit)
    confirmed(client_of(ana), f"/assets/{thing}/void/", {"reason": WHY})
    assert told(award, CAME) == ([], "500.00")
    confirmed(client_of(ana), f"/assets/{thing}/reinstate/", {"reason": WHY})
    is_with(award, "H1B")


def test_a_day_that_is_taken_back_was_never_said(
    award: Award, thing: int, client_of: Of, ana: User, api: Client
) -> None:
    row = Asset.objects.get(pk=thing)
    later = date(2024, 1, 15)
    typed = {"reason": WHY, "tag": row.tag, "product": row.product_id, "acquired_on": later}
    assert confirmed(client_of(ana), f"/assets/{thing}/correct/", typed).status_code == 302
    is_with(award, "H1B", since=later)
    patch(api, thing, acquired_on=None)
    is_with(award, "H1B")


def test_a_day_that_a_list_said_and_took_back_was_never_said(award: Award, thing: int) -> None:
    later = date(2024, 1, 15)
    session = bring(f"Tag,Acquired\nH1B,{later.isoformat()}\n")
    is_with(award, "H1B", since=later)
    undo(session)
    is_with(award, "H1B")


def test_a_day_that_is_taken_back_while_it_is_void_was_never_said(
    award: Award, unit: Unit, thing: int, api: Client
) -> None:
    post(api, f"assets/{thing}/correct", reason=WHY, acquired_on="2024-01-15")
    post(api, f"assets/{thing}/void", reason=WHY)
    patch(api, thing, acquired_on=None)
    post(api, f"assets/{thing}/reinstate", reason=WHY)
    is_with(award, "H1B")


def test_nor_does_what_a_merge_brought_move(
    award: Award, thing: int, api: Client, lincoln: School
) -> None:
    """The row that stays says a day and takes it back, and is two again."""
    loser, winner = Asset.objects.get(pk=thing), make_asset(school=lincoln, tag="H1W")
    merge_assets(loser, into=winner, by=SYSTEM, reason=WHY)
    is_with(award, "H1B", "H1W")
    post(api, f"assets/{winner.pk}/correct", reason=WHY, acquired_on="2022-06-30")
    is_with(award, "H1B", "H1W", since=date(2022, 6, 30))
    patch(api, winner.pk, acquired_on=None)
    is_with(award, "H1B", "H1W")
    unmerge_assets(loser, by=SYSTEM, reason=WHY)
    is_with(award, "H1B")


def test_a_thing_that_says_when_it_came_moves_it(
    award: Award, unit: Unit, thing: int, api: Client, lincoln: School
) -> None:
    patch(api, thing, unit=None, reason=WHY)
    other = another(api, lincoln, "H6B", acquired_on="2024-01-15")
    patch(api, other, unit=unit.pk, reason=WHY)
    is_with(award, "H6B", since=date(2024, 1, 15))


def test_a_thing_that_was_here_before_is_no_younger_for_it(
    local: Award, api: Client, lincoln: School
) -> None:
    """What is evidenced stands: its money is as old as it."""
    unit = listed(local)
    post(api, f"assets/{Asset.objects.get(tag='H1A').pk}/void", reason=WHY)
    early = date(2021, 9, 1)
    old = make_asset(school=lincoln, tag="H8B", at=days.start_of_day(early))
    patch(api, old.pk, unit=unit.pk, reason=WHY)
    assert told(local, early) == (["H8B"], "500.00")
    patch(api, old.pk, unit=None, reason=WHY)
    assert (told(local, BEFORE), told(local, CAME)) == (([], "0.00"), ([], "500.00"))


def test_a_receipt_that_somebody_dated_does_not_yield(
    award: Award, api: Client, lincoln: School
) -> None:
    bring(
        "Tag,Make,Model,Received,Cost,PO,Award\n"
        f"H9A,Acer,C1,{CAME.isoformat()},500.00,PO-H9,{award.name}\n"
    )
    first = Asset.objects.get(tag="H9A")
    unit = first.unit
    assert unit is not None
    off_and_on(api, first.pk, unit)
    is_with(award, "H9A")
