"""Which thing an award paid for is said by who may change shares, with a reason."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.actions import change_asset, register_asset, void_asset
from assets.models import Asset, AssetSpan
from core.access import SYSTEM
from core.models import Entry
from core.models.words import EntryWords
from core.problems import NotPermitted, Refused
from core.time import days
from funding.actions import ask_unit, decide, share_units
from funding.models import Award, Unit
from people.models import School, User
from people.roles import Role
from tests.cast import again, make_user
from tests.factories import make_asset, make_product, make_purchase
from tests.funding.test_second_person import all_of

pytestmark = pytest.mark.django_db
Api = Callable[..., Client]
WHY = "The wrong one was tagged"


@pytest.fixture
def paid(arp: Award) -> list[Unit]:
    """Three units that ARP pays for."""
    _purchase, units = make_purchase(shares=[(arp, "100")])
    return units


@pytest.fixture
def laptop(lincoln: School, paid: list[Unit]) -> Asset:
    return make_asset(school=lincoln, tag="100401", unit=paid[0])


@pytest.fixture
def gus(lincoln: School) -> User:
    """Who voids and merges things, and has no money."""
    assert lincoln
    return make_user("Gus", Role.TECHNOLOGY_DIRECTOR)


def patch(api: Client, asset: Asset, **body: Any) -> Any:
    path = f"/api/v1/assets/{asset.pk}"
    headers = {"If-Match": api.get(path)["ETag"]}
    return api.patch(path, body, "application/json", headers=headers)


def not_permitted(do: Callable[[], Any]) -> bool:
    before = Entry.objects.count(), list(AssetSpan.objects.order_by("pk").values_list())
    with pytest.raises(NotPermitted):
        do()
    return before == (Entry.objects.count(), list(AssetSpan.objects.order_by("pk").values_list()))


def test_tom_tags_what_came_and_takes_nothing_out_of_an_award(
    laptop: Asset, paid: list[Unit], tom: User, lincoln: School, api_of: Api
) -> None:
    api, spare = api_of(tom), make_asset(school=lincoln)
    for body in ({"unit": None}, {"unit": paid[1].pk}, {"unit": None, "reason": WHY}):
        assert patch(api, laptop, **body).status_code in (403, 404), body
    assert not_permitted(lambda: change_asset(laptop, by=tom, unit=None, reason=WHY))
    assert not_permitted(lambda: change_asset(laptop, by=tom, unit=paid[1], reason=WHY))
    laptop.refresh_from_db()
    assert laptop.unit_id == paid[0].pk
    assert change_asset(spare, by=tom, unit=paid[2]).unit_id == paid[2].pk
    assert change_asset(spare, by=tom, unit=paid[2], description="new").unit_id == paid[2].pk


def test_rob_exchanges_it_by_rest_with_a_reason_that_stands_in_the_journal(
    laptop: Asset, paid: list[Unit], rob: User, ana: User, api_of: Api, client_of: Api
) -> None:
    api = api_of(rob)
    for unit in (None, paid[1].pk):
        told = patch(api, laptop, unit=unit)
        assert told.status_code == 409, told.content
        (error,) = told.json()["errors"]
        assert (error["code"], error["pointer"]) == ("reason-missing", "/reason")
    assert patch(api, laptop, unit=paid[1].pk, reason=WHY).json()["unit"] == paid[1].pk
    entry = Entry.objects.of(laptop).order_by("-pk")[0]
    assert entry.kind == "asset.changed" and entry.changes["unit"] == [paid[0].pk, paid[1].pk]
    assert WHY not in str(entry.data), "it can be forgotten"
    assert EntryWords.objects.filter(words=WHY).exists()
    page = client_of(ana).get(f"/assets/{laptop.pk}/").content.decode()
    assert f"was edited ({WHY})" in page


def test_a_token_without_money_takes_nothing_off(laptop: Asset, ana: User) -> None:
    from people.actions import create_token

    scopes = ["assets.change_asset", "assets.view_asset", "core.view_activity"]
    _token, text = create_token(ana, by=ana, name="pc", days_valid=30, scopes=scopes)
    api = Client(headers={"Authorization": f"Bearer {text}"})
    told = patch(api, laptop, unit=None, reason=WHY)
    assert told.status_code == 403, told.content
    assert [e["code"] for e in told.json()["errors"]] == ["not-permitted"]


def test_what_an_award_paid_once_is_money_s_too(
    laptop: Asset, paid: list[Unit], tom: User, fay: User, ana: User
) -> None:
    decide(ask_unit(paid[0], [], by=fay, reason=WHY), by=ana, approve=True)
    assert not_permitted(lambda: change_asset(laptop, by=tom, unit=None, reason=WHY))


def test_a_unit_that_was_another_thing_s_is_not_just_untagged(
    laptop: Asset, paid: list[Unit], tom: User, gus: User, ana: User, lincoln: School
) -> None:
    spare = make_asset(school=lincoln)
    void_asset(laptop, by=gus, reason="never was")
    for by in (tom, gus):
        assert not_permitted(lambda: change_asset(spare, by=by, unit=paid[0], reason=WHY))  # noqa: B023
    with pytest.raises(Refused) as refused:
        change_asset(spare, by=ana, unit=paid[0])
    assert [p.code for p in refused.value.problems] == ["reason-missing"]
    assert change_asset(spare, by=ana, unit=paid[0], reason=WHY).unit_id == paid[0].pk


def test_what_was_voided_is_registered_anew_with_its_unit(
    laptop: Asset, paid: list[Unit], tom: User, gus: User, lincoln: School
) -> None:
    """The void's reason stands in the journal; its unit is free for what does exist."""
    void_asset(laptop, by=gus, reason="never was")
    thing = register_asset(
        by=tom, tag="100402", serial="S-2", product=make_product(), school=lincoln, unit=paid[0]
    )
    assert thing.unit_id == paid[0].pk


def test_where_no_award_ever_paid_the_desk_puts_it_right(
    tom: User, lincoln: School, arp: Award
) -> None:
    _purchase, units = make_purchase()
    began = days.now()
    share_units([(units[0], all_of(arp))], by=SYSTEM, at=began)
    share_units([(units[0], [])], by=SYSTEM, at=began, undoing=True)  # as an import that is undone
    thing, other = make_asset(school=lincoln, unit=units[0]), make_asset(school=lincoln)
    assert change_asset(thing, by=again(tom), unit=units[1]).unit_id == units[1].pk
    assert change_asset(other, by=again(tom), unit=units[0]).unit_id == units[0].pk
