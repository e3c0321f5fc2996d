"""A thing that stood on money which a second person guards comes to no other money alone: not by
receiving it anew under another number, in whatever order, nor as another row of the same serial."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from assets.actions import void_asset
from assets.models import Asset
from core.access import SYSTEM
from core.time import days
from funding.actions import ask_unit, create_award, decide, reclassify, share_line
from funding.models import Award, PurchaseLine, Reclassification, Unit
from people.models import School, User
from reports.property_record.build import build
from tests.api.test_strict import post
from tests.factories import make_asset, make_product, make_purchase
from tests.funding.test_second_person import all_of
from tests.integrations.conftest import bring, equipment, why
from tests.refusing import page_says, rest_says

__all__ = ["equipment"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district", "equipment")]
Of = Callable[[User], Client]
CAME, DURING = date(2022, 8, 1), date(2023, 6, 30)
WHY = "Bought otherwise"
ASK = "Who pays for it changes only after a second person approved it"
MOVED = "It stood on other money before, and a second person decides on what pays for it"


def tags(award: Award, *on: date) -> list[list[str]]:
    """What the award's record prints on past days and today."""
    return [
        [row[0] for row in build(award, as_of=day, known_at=days.now(), by=SYSTEM).rows]
        for day in on or (DURING, days.today())
    ]


def fresh(asset: Asset) -> Asset:
    return Asset.objects.get(pk=asset.pk)


@pytest.fixture
def gift(local: Award) -> Award:
    return create_award(by=SYSTEM, program=local.program, name="Gift")


@pytest.fixture
def thing(arp: Award, lincoln: School) -> Asset:
    """A federal award paid for it since 2022."""
    _purchase, [unit] = make_purchase(
        quantity=1, amount="1000.00", shares=[(arp, "100")], received_on=CAME
    )
    return make_asset(school=lincoln, tag="P1", serial="S-1", unit=unit, acquired_on=CAME)


def received_anew(*shares: tuple[Award, str]) -> tuple[PurchaseLine, Unit]:
    """Another number for the same thing."""
    purchase, [unit] = make_purchase(
        quantity=1, amount="1000.00", shares=list(shares), received_on=CAME
    )
    return purchase.lines.get(), unit


def put_on(asset: Asset, unit: Unit | None, api: Client) -> Any:
    url = f"/api/v1/assets/{asset.pk}"
    headers = {"if-match": api.get(url)["ETag"]}
    said = {"unit": unit.pk if unit else None, "reason": WHY}
    return api.patch(url, said, "application/json", headers=headers)


def test_it_comes_to_no_unit_that_other_money_paid_for(
    thing: Asset, arp: Award, local: Award, ana: User, fay: User, api_of: Of
) -> None:
    line, unit = received_anew((local, "100"))
    api, url = api_of(ana), f"assets/{thing.pk}"
    for _step in range(2):  # at once, and in two steps
        etag = api.get(f"/api/v1/{url}")["ETag"]
        rest_says(
            api,
            url,
            {"unit": unit.pk, "reason": WHY},
            "approval-required",
            MOVED,
            pointer="/unit",
            method="PATCH",
            **{"if-match": etag},
        )
        assert put_on(thing, None, api).status_code == 200
    assert tags(local) == [[], []]

    # What the sentence says: nobody pays for the unit, the thing is put on it, and that is asked.
    reclassify([unit], [], by=ana, reason=WHY, at=days.start_of_day(CAME))
    assert put_on(thing, unit, api).status_code == 200
    share = {"line": 1, "shares": [{"award": local.pk, "percent": "100"}]}
    rest_says(api, f"purchases/{line.purchase_id}/share", share, "approval-required", ASK)
    ask_unit(unit, all_of(local), by=ana, reason=WHY, at=days.start_of_day(CAME))
    assert tags(local) == [[], []]
    decide(Reclassification.objects.get(), by=fay, approve=True)
    assert tags(local) == [["P1"], ["P1"]]


def test_nor_is_a_unit_shared_that_it_was_put_on(
    thing: Asset, arp: Award, local: Award, ana: User, api_of: Of, client_of: Of
) -> None:
    line, unit = received_anew()
    assert put_on(thing, unit, api_of(ana)).status_code == 200
    share = {"line": 1, "shares": [{"award": local.pk, "percent": "100"}]}
    rest_says(api_of(ana), f"purchases/{line.purchase_id}/share", share, "approval-required", ASK)
    typed = {"award_1": local.pk, "percent_1": "100"}
    page_says(client_of(ana), f"/units/{unit.pk}/share/", typed, "approval-required", ASK)
    listed = f"Tag,Cost,Award\nP1,1000.00,{local.name}\n"
    assert ASK in why(bring(listed, by=ana, name="local.csv"))
    assert tags(local) == [[], []]
    share_line(line, all_of(arp), by=ana)
    assert tags(arp) == [["P1"], ["P1"]], "the same money is no other"


def test_nor_does_another_row_of_its_serial_come_to_it(
    thing: Asset, local: Award, ana: User, lincoln: School, api_of: Of, client_of: Of
) -> None:
    _line, unit = received_anew((local, "100"))
    void_asset(thing, by=ana, reason="Entered twice")
    product = make_product()
    body = {"tag": "P2", "serial": "s-1", "product": product.pk, "school": lincoln.pk}
    api = api_of(ana)
    rest_says(api, "assets", body | {"unit": unit.pk}, "approval-required", MOVED, pointer="/unit")
    two = {"assets": [{"tag": "P3", "product": product.pk, "school": lincoln.pk}, body]}
    two["assets"][1]["unit"] = unit.pk
    results = post(api, "assets/bulk", two).json()["results"]
    assert [r["status"] for r in results] == [201, 409]
    assert results[1]["errors"][0]["pointer"] == "/assets/1/unit"
    other = make_product(model="Projector")
    assert post(api, "assets", body | {"unit": unit.pk, "product": other.pk}).status_code == 201
    assert tags(local, days.today()) == [["P2"]], "another make and model is another item"


def test_nor_by_a_merge(thing: Asset, local: Award, ana: User, lincoln: School, api_of: Of) -> None:
    _line, unit = received_anew((local, "100"))
    twin = make_asset(school=lincoln, tag="P2", serial="", unit=unit, acquired_on=CAME)
    assert put_on(thing, None, api_of(ana)).status_code == 200
    for one, other in ((thing, twin), (twin, thing)):
        said = {"into": other.pk, "reason": WHY}
        rest_says(api_of(ana), f"assets/{one.pk}/merge", said, "approval-required", MOVED)
    assert tags(local, days.today()) == [["P2"]]


def test_money_that_one_person_moves_is_moved_so_too(
    local: Award, gift: Award, ana: User, lincoln: School, api_of: Of
) -> None:
    _line, unit = received_anew((local, "100"))
    asset = make_asset(school=lincoln, tag="L1", serial="S-9", unit=unit, acquired_on=CAME)
    _line, other = received_anew((gift, "100"))
    assert put_on(asset, other, api_of(ana)).status_code == 200
    assert (tags(local), tags(gift)) == ([[], []], [["L1"], ["L1"]])


def test_the_same_money_under_another_number_is_no_other(
    thing: Asset, arp: Award, ana: User, api_of: Of
) -> None:
    _line, unit = received_anew((arp, "100"))
    assert put_on(thing, unit, api_of(ana)).status_code == 200
    assert tags(arp) == [["P1"], ["P1"]]


def test_a_list_asks_too(
    thing: Asset, local: Award, arp: Award, ana: User, api_of: Of, lincoln: School
) -> None:
    """It let go of its unit, and a file brings it on a new purchase."""
    assert put_on(thing, None, api_of(ana)).status_code == 200
    listed = f"Tag,Cost,Award,PO\nP1,1000.00,{local.name},NEW-1\n"
    said = why(bring(listed, by=ana, name="new.csv"))
    assert MOVED in said
    assert fresh(thing).unit_id is None
    assert tags(local) == [[], []]
    same = f"Tag,Cost,Award,PO\nP1,1000.00,{arp.name},NEW-1\n"
    assert why(bring(same, by=ana, name="same.csv")) == ""
    assert tags(arp) == [["P1"], ["P1"]]
