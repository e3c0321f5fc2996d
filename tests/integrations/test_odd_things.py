"""The odd files about which thing and when: by command and by page, as their README says."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from assets.actions import assign_asset
from assets.models import Asset
from core.access import SYSTEM
from integrations.models import ImportSession
from people.actions import change_room, change_school, create_room, create_school
from people.models import Person, Room, School, User
from tests.factories import make_asset
from tests.forms import scanned
from tests.integrations.conftest import Of, why
from tests.integrations.ways import Bring, problems

pytestmark = pytest.mark.django_db


def test_f2_days_that_contradict_each_other_are_refused(brought: Bring) -> None:
    with time_machine.travel(datetime(2026, 11, 28, 15, tzinfo=UTC), tick=True):
        session = brought("f2_future.csv")
    assert set(problems(session)) == {2, 3}, "12/1/2026 is not yet; seen a year before acquired"
    assert not Asset.objects.exists()


def test_f4_nothing_comes_to_a_place_that_is_out_of_use(brought: Bring, lincoln: School) -> None:
    old = create_school("OLD", "Old school", by=SYSTEM)
    change_school(old, by=SYSTEM, active=False)
    change_room(create_room(lincoln, "999X", by=SYSTEM), by=SYSTEM, active=False)
    session = brought("f4_closed_places.csv")
    assert set(problems(session)) == {2, 3}
    assert not Asset.objects.exists()


def test_g1_an_old_list_takes_nothing_from_whoever_has_it(
    brought: Bring, lincoln: School, room: Room, maria: Person
) -> None:
    asset = make_asset(school=lincoln, tag="MV000265", room=room)
    assign_asset(asset, to=maria, by=SYSTEM)
    session = brought("g1_old_list_room.csv")
    assert (
        "somebody" in why(session) or maria.local_id in why(session) or maria.name in why(session)
    )
    now = Asset.objects.get()
    assert (now.holder, now.room) == (maria, None)


@pytest.mark.parametrize(
    ("first", "second", "there", "typed"),
    [
        ("i7_zero_lost", "i7b_zero_lost", "000123", "123"),
        ("i7b_zero_lost", "i7_zero_lost", "123", "000123"),
        ("i8_short_then_padded", "i8b_short_then_padded", "456", "000456"),
        ("i8b_short_then_padded", "i8_short_then_padded", "000456", "456"),
    ],
)
def test_i7_i8_zeros_too_few_or_too_many_are_noticed_at_every_door(
    brought: Bring,
    tom: User,
    lincoln: School,
    client_of: Of,
    api_of: Of,
    first: str,
    second: str,
    there: str,
    typed: str,
) -> None:
    brought(f"{first}.csv")
    session = brought(f"{second}.csv")
    assert f"looks like {there}" in why(session)
    assert list(Asset.objects.values_list("tag", flat=True)) == [there]
    page = client_of(tom)
    product = Asset.objects.get().product
    form = {
        "tag": typed,
        "category": product.category_id,
        "make": "HP",
        "model": product.model,
        "school": lincoln.pk,
        "status": "in_stock",
    }
    assert f"looks like {there}" in page.post("/assets/new/", form).content.decode()
    body = {"tag": typed, "product": product.pk, "school": lincoln.pk}
    answer = api_of(tom).post("/api/v1/assets", body, content_type="application/json")
    assert answer.json()["errors"][0]["code"] == "tag-alike"
    page.post("/scan/", {"mode": "verify"})
    scanned(page, typed)
    assert f"looks like {there}" in page.get("/scan/").content.decode()
    assert Asset.objects.count() == 1


def test_p7_a_card_that_is_a_tag_is_warned_of_and_asked(
    brought: Bring, tom: User, client_of: Of, api_of: Of
) -> None:
    brought("p7_id_is_a_tag_people.csv", "people")
    assert "700123" in warned(brought("p7b_id_is_a_tag_assets.csv"))
    person, asset = Person.objects.get(local_id="700123"), Asset.objects.get(tag="700123")
    _asked_at_the_desk(client_of(tom), api_of(tom), person, asset)


def test_p7_a_tag_that_is_a_card_is_warned_of_in_the_other_direction(
    brought: Bring, tom: User, client_of: Of, api_of: Of
) -> None:
    brought("p7b_id_is_a_tag_assets.csv")
    assert "700123" in warned(brought("p7_id_is_a_tag_people.csv", "people"))
    person, asset = Person.objects.get(local_id="700123"), Asset.objects.get(tag="700123")
    _asked_at_the_desk(client_of(tom), api_of(tom), person, asset)


def warned(session: ImportSession) -> str:
    return " ".join(w for row in session.rows.all() for w in row.warnings)


def _asked_at_the_desk(page: Client, api: Client, person: Person, asset: Asset) -> None:
    """Where a person is expected and where a device is; look-up offers both."""
    for mode, cards in (("out", ()), ("out", ("700001",)), ("look", ())):
        page.post("/scan/", {"clear": "1"})
        page.post("/scan/", {"mode": mode})
        for code in (*cards, "700123"):
            scanned(page, code)
        shown = page.get("/scan/").content.decode()
        assert f'value="person:{person.pk}"' in shown, (mode, cards)
        assert f'value="asset:{asset.pk}"' in shown, (mode, cards)
    meanings = api.get("/api/v1/codes?code=700123").json()["meanings"]
    assert {m["kind"] for m in meanings} == {"person", "asset"}
