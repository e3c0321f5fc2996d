"""Many things in one request: each bad row says why, and the others are done."""

from datetime import timedelta

import pytest

from assets.models import Asset, Verification
from core.time import days
from people.models import Person, Room, School, User
from tests.api.test_strict import Api, post
from tests.factories import make_asset, make_product

pytestmark = pytest.mark.django_db


def test_many_are_handed_out_at_once_and_each_bad_row_says_why(
    tom: User, api_of: Api, lincoln: School, washington: School, maria: Person, jamal: Person
) -> None:
    good, out = make_asset(school=lincoln), make_asset(school=lincoln)
    elsewhere = make_asset(school=washington)
    api = api_of(tom)
    post(api, f"assets/{out.pk}/assign", {"person": maria.pk})
    rows = [
        (good, jamal.pk),
        (out, jamal.pk),
        (elsewhere, jamal.pk),
        (good, maria.pk),
        (make_asset(school=lincoln), 4711),
    ]
    answer = post(
        api,
        "assets/assign",
        {
            "rows": [{"asset": a.pk, "person": p} for a, p in rows],
            "due_on": "2027-06-01",
        },
    )
    results = answer.json()["results"]
    assert [r["status"] for r in results] == [200, 409, 404, 409, 404]
    codes = [[e["code"] for e in r["errors"]] for r in results]
    assert codes == [[], ["assigned-already"], ["not-found"], ["asset-twice"], ["not-found"]]
    assert results[4]["errors"][0]["pointer"] == "/rows/4/person"
    assert Asset.objects.get(pk=good.pk).holder == jamal
    assert Asset.objects.get(pk=out.pk).holder == maria


def test_a_cart_is_returned_moved_and_verified_in_three_requests(
    rob: User, api_of: Api, lincoln: School, room: Room, library: Room, maria: Person
) -> None:
    cart = [make_asset(school=lincoln, room=room) for _n in range(3)]
    pks, api = [a.pk for a in cart], api_of(rob)
    for pk in pks[1:]:
        post(api, f"assets/{pk}/assign", {"person": maria.pk})
    back = post(api, "assets/return", {"assets": pks, "room": room.pk}).json()["results"]
    assert [r["status"] for r in back] == [409, 200, 200]
    assert back[0]["errors"][0]["code"] == "not-assigned"
    assert back[0]["errors"][0]["pointer"] == "/assets/0", "a number has no parts"
    moved = post(api, "assets/move", {"assets": pks, "room": library.pk}).json()["results"]
    assert [(r["status"], r["id"]) for r in moved] == [(200, pk) for pk in pks]
    assert {a.room for a in Asset.objects.filter(pk__in=pks)} == {library}
    post(api, "assets/verify", {"assets": pks, "room": library.pk})
    assert Verification.objects.filter(asset__in=pks, room=library).count() == 3


def test_a_pointer_leads_to_what_the_body_says(
    rob: User, api_of: Api, lincoln: School, library: Room, maria: Person
) -> None:
    """What is said once for all rows stands beside them."""
    things = [make_asset(school=lincoln) for _n in range(2)]
    late = (days.now() + timedelta(days=1)).isoformat()
    body = {"assets": [a.pk for a in things], "room": library.pk, "at": late}
    pairs = {"rows": [{"asset": a.pk, "person": maria.pk} for a in things], "at": late}
    for verb, sent in (("move", body), ("verify", body), ("assign", pairs)):
        results = post(api_of(rob), f"assets/{verb}", sent).json()["results"]
        said = [(e["code"], e["pointer"]) for r in results for e in r["errors"]]
        assert said == [("in-the-future", "/at")] * 2, verb


def test_ned_s_token_does_nothing_to_lincoln_s_cart(
    ned: User, api_of: Api, lincoln: School, washington: School
) -> None:
    asset = make_asset(school=lincoln)
    answer = post(api_of(ned), "assets/verify", {"assets": [asset.pk]})
    assert answer.json()["results"][0]["status"] == 404
    assert not Verification.objects.exists()


def test_bulk_create_says_which_school_is_not_tom_s(
    tom: User, api_of: Api, lincoln: School, washington: School
) -> None:
    product = make_product().pk
    rows = [{"product": product, "school": s.pk} for s in (lincoln, washington, lincoln)]
    answer = post(api_of(tom), "assets/bulk", {"assets": [*rows, {"product": 9, "school": 1}]})
    results = answer.json()["results"]
    assert [r["status"] for r in results] == [201, 404, 201, 404]
    assert [e["pointer"] for e in results[1]["errors"]] == ["/assets/1/school"]
    assert [r["tag"] for r in results] == ["000001", None, "000002", None]
