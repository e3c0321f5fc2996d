"""A code that is entered and looks like another, or is one: refused, or warned of, at each door."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.actions import assign_asset, correct_asset, next_tag, take_tags
from assets.models import Asset
from core.problems import Refused
from people.models import Person, Room, School, User
from tests.assets.test_codes import cora, thing
from tests.factories import make_asset, make_product

__all__ = ["cora", "thing"]

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
Api = Callable[..., Client]


@pytest.mark.parametrize(
    ("there", "comes"),
    [("000123", "123"), ("123", "0123"), ("IT-44", "IT44"), ("IT44", "it 44"), ("4x7", "4-X-7")],
)
def test_page_and_rest_refuse_a_similar_tag_until_it_is_said_to_be_another(
    there: str, comes: str, ana: User, rob: User, client_of: Of, api_of: Api, lincoln: School
) -> None:
    known = make_asset(school=lincoln, tag=there)
    body: dict[str, Any] = {"tag": comes, "product": known.product_id, "school": lincoln.pk}
    api = api_of(rob)
    answer = api.post("/api/v1/assets", body, content_type="application/json")
    assert answer.status_code == 409
    error = answer.json()["errors"][0]
    assert error["code"] == "tag-alike"
    assert there in error["message"]
    client = client_of(ana)
    form = {
        "tag": comes,
        "category": known.product.category_id,
        "make": "Acer",
        "status": "in_stock",
        "model": "Chromebook 311",
        "school": lincoln.pk,
    }
    page = client.post("/assets/new/", form).content.decode()
    assert f"looks like {there}" in page
    assert 'type="checkbox" name="another"' in page
    assert Asset.objects.count() == 1
    assert client.post("/assets/new/", form | {"another": "on"}).status_code == 302
    assert Asset.objects.filter(tag=comes).exists()
    more = comes.zfill(9)
    assert (
        api.post(
            "/api/v1/assets", body | {"tag": more, "another": True}, content_type="application/json"
        ).status_code
        == 201
    )


def test_a_corrected_tag_is_looked_at_for_zeros_too(ana: User, lincoln: School) -> None:
    make_asset(school=lincoln, tag="000123")
    other = make_asset(school=lincoln, tag="77")
    with pytest.raises(Refused, match="looks like 000123"):
        correct_asset(other, by=ana, reason="x", tag="0123")
    assert correct_asset(other, by=ana, reason="x", tag="0077").tag == "0077", "its own zeros"
    assert correct_asset(other, by=ana, reason="x", tag="0123", another=True).tag == "0123"


def test_next_tags_are_like_none_that_is_there(ana: User, lincoln: School) -> None:
    make_asset(school=lincoln, tag="1")
    assert take_tags(2, by=ana) == ["000002", "000003"]
    make_asset(school=lincoln, tag="0004")
    assert next_tag() == "000005"


def test_a_taken_tag_and_serial_name_the_other_thing(
    ana: User, ned: User, tom: User, api_of: Api, lincoln: School, washington: School, maria: Person
) -> None:
    there = make_asset(school=lincoln, tag="X-1", serial="SX1")
    assign_asset(there, to=maria, by=ana)
    body = {"tag": "X-1", "serial": "SX1", "product": there.product_id, "school": lincoln.pk}
    answer = api_of(tom).post("/api/v1/assets", body, content_type="application/json")
    errors = {e["code"]: e["message"] for e in answer.json()["errors"]}
    assert set(errors) == {"tag-taken", "serial-taken"}
    for message in errors.values():
        for said in ("X-1", "SX1", "Acer Chromebook 311", maria.local_id):
            assert said in message
    body["school"] = washington.pk
    answer = api_of(ned).post("/api/v1/assets", body, content_type="application/json")
    said = " ".join(e["message"] for e in answer.json()["errors"])
    assert maria.local_id not in said
    assert "Lincoln" not in said


def test_page_and_rest_warn_when_either_is_entered(
    ana: User, rob: User, client_of: Of, api_of: Api, thing: Asset, lincoln: School, library: Room
) -> None:
    api, client = api_of(rob), client_of(ana)

    def rest(path: str, body: dict[str, Any]) -> Any:
        return api.post(f"/api/v1/{path}", body, content_type="application/json").json()

    make_asset(school=lincoln, tag="700200")
    person = {"school": lincoln.pk, "kind": "student", "local_id": "700200"}
    assert "also the tag of" in rest("people", person)["notices"][0]
    assert rest("people", person | {"local_id": "700201"})["notices"] == []
    bulk = {"people": [person | {"local_id": "LIB"}]}
    assert "also the room" in rest("people/bulk", bulk)["notices"][0]
    new = {"product": thing.product_id, "school": lincoln.pk, "tag": "700201"}
    assert "id of a person" in rest("assets", new)["notices"][0]
    results = rest("assets/bulk", {"assets": [new | {"tag": "700203"}, new | {"tag": "700204"}]})
    assert [r["notices"] for r in results["results"]] == [[], []]
    room = rest("rooms", {"school": lincoln.pk, "code": "700201"})
    assert "id of a person" in room["notices"][0]

    form = {
        "kind": "student",
        "local_id": "700204",
        "first_name": "A",
        "last_name": "B",
        "school": lincoln.pk,
    }
    assert "also the tag of" in client.post("/people/new/", form, follow=True).content.decode()
    client.post(f"/schools/{lincoln.pk}/rooms/new/", {"code": "700204"})
    page = client.post(
        f"/schools/{lincoln.pk}/rooms/new/", {"code": "LIB", "building": "New"}, follow=True
    )
    assert "id of a person" in page.content.decode()
    form = {
        "tag": "LIB",
        "category": thing.product.category_id,
        "model": "X",
        "school": lincoln.pk,
        "status": "in_stock",
    }
    page = client.post("/assets/new/", form, follow=True)
    assert "id of a person" in page.content.decode()


def test_merging_into_a_code_that_two_things_have_is_refused(
    ana: User, client_of: Of, lincoln: School
) -> None:
    loser = make_asset(school=lincoln)
    for make in ("A", "B"):
        make_asset(school=lincoln, serial="TWICE", product=make_product(make=make))
    page = client_of(ana).post(f"/assets/{loser.pk}/merge/", {"into": "TWICE", "reason": "x"})
    assert "No asset of your schools has this tag" in page.content.decode()
