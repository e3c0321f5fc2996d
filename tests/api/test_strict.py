"""Nothing that Rob sends is ignored: what the API does not know it refuses, and says where."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.models import Asset
from funding.models import Award
from people.models import School, User
from tests.factories import make_asset, make_product

pytestmark = pytest.mark.django_db
Api = Callable[..., Client]


def post(api: Client, path: str, body: Any, **headers: str) -> Any:
    return api.post(f"/api/v1/{path}", body, content_type="application/json", headers=headers)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("colour=red", "colour"),
        ("limit=201", "limit"),
        ("limit=%C2%B2", "limit"),
        ("limit=1&limit=2", "limit"),
        ("status=broken", "status"),
        ("school=1.5", "school"),
        ("fields=tag,secret", "fields"),
        ("acquired_on__gte=2025-02-30", "acquired_on__gte"),
        ("ordering=serial", "ordering"),
        ("changed_since=-1", "changed_since"),
    ],
)
def test_a_parameter_that_is_wrong_is_named(
    query: str, name: str, rob: User, api_of: Api, lincoln: School
) -> None:
    answer = api_of(rob).get(f"/api/v1/assets?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["parameter"] == name


def test_a_post_takes_no_query(rob: User, api_of: Api, lincoln: School) -> None:
    answer = post(api_of(rob), "schools?code=X", {"code": "X", "name": "X"})
    assert answer.json()["errors"][0]["parameter"] == "code"


def test_unknown_fields_are_refused_however_deep(rob: User, api_of: Api, lincoln: School) -> None:
    api, row = api_of(rob), {"product": make_product().pk, "school": lincoln.pk}
    line = {"description": "Carts", "quantity": 1, "colour": "red"}
    deep = post(api, "purchases", {"number": "PO-1", "lines": [line]})
    assert (deep.status_code, deep.json()["errors"][0]["pointer"]) == (400, "/lines/0/colour")
    bulk = post(api, "assets/bulk", {"assets": [row, row | {"holder": 1}]})
    assert (bulk.status_code, bulk.json()["errors"][0]["pointer"]) == (400, "/assets/1/holder")
    assert not Asset.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        '{"code": "A", "code": "B", "name": "Twice"}',
        "[" * 100_000,
        '{"code": NaN}',
        "",
        "{",
        '{"\\ud800": 1}',
        '{"code": 5, "name": "Five"}',
        '{"code": "A\\u0007", "name": "Bell"}',
        '{"code": "A", "name": "\\u202egnirts"}',
        '{"code": "A", "name": "End\\n"}',
        '{"code": " ", "name": "Blank"}',
    ],
)
def test_a_body_that_is_no_plain_json_object_of_these_fields_is_refused(
    body: str, rob: User, api_of: Api, lincoln: School
) -> None:
    answer = api_of(rob).post("/api/v1/schools", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["errors"]
    assert list(School.objects.all()) == [lincoln]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ('{"code": "A", "name": "\\ud800"}', "/name"),
        ('{"code": "A", "name": "\\udfff\\ud800"}', "/name"),
        ('{"code": "A\\u0000", "name": "Zero"}', "/code"),
        ('{"\\ud800": 1}', None),
        ('{"code": "A", "name": {"deep": ["x", "\\ud83d"]}}', "/name/deep/1"),
    ],
)
def test_half_a_character_and_a_zero_byte_are_no_text(
    body: str, pointer: str | None, rob: User, api_of: Api, lincoln: School
) -> None:
    answer = api_of(rob).post("/api/v1/schools", body, content_type="application/json")
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"], error["pointer"]) == (400, "not-text", pointer)
    assert list(School.objects.all()) == [lincoln]


def test_two_halves_are_a_character(rob: User, api_of: Api) -> None:
    body = '{"code": "A", "name": "Owl \\ud83e\\udd89"}'
    answer = api_of(rob).post("/api/v1/schools", body, content_type="application/json")
    assert answer.json()["name"] == "Owl \N{OWL}"


@pytest.mark.parametrize("value", ["%ED%A0%80", "%00", "%FF"])
def test_a_query_that_is_no_text_is_refused(value: str, rob: User, api_of: Api) -> None:
    for query in (f"code={value}", f"{value}=1"):
        answer = api_of(rob).get(f"/api/v1/schools?{query}")
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "not-text")


def test_thirteen_megabytes_are_too_much(rob: User, api_of: Api, lincoln: School) -> None:
    body = '{"code": "A", "name": "' + "x" * 13_000_000 + '"}'
    answer = api_of(rob).post("/api/v1/schools", body, content_type="application/json")
    assert answer.status_code == 413


def test_what_a_body_names_and_is_not_rob_s_is_said_with_its_field(
    rob: User, api_of: Api, lincoln: School
) -> None:
    asset = make_asset(school=lincoln)
    answer = post(api_of(rob), f"assets/{asset.pk}/assign", {"person": 4711})
    assert answer.status_code == 404
    assert answer.json()["errors"][0] == {
        "code": "not-found",
        "pointer": "/person",
        "parameter": None,
        "message": "There is nothing of this number, or it is not yours to see.",
    }


def test_pages_have_at_most_two_hundred_rows_and_only_the_fields_asked_for(
    rob: User, api_of: Api, lincoln: School
) -> None:
    product = make_product()
    rows = [{"product": product.pk, "school": lincoln.pk} for _n in range(201)]
    api = api_of(rob)
    made = post(api, "assets/bulk", {"assets": rows}).json()["results"]
    page = api.get("/api/v1/assets?limit=200&fields=id,tag").json()
    assert [a["id"] for a in page["results"]] == [r["id"] for r in made[:200]]
    assert page["results"][0].keys() == {"id", "tag"}
    rest = api.get(f"/api/v1/assets?limit=200&cursor={page['next']}").json()
    assert ([a["id"] for a in rest["results"]], rest["next"]) == ([made[200]["id"]], None)


def test_a_download_may_be_asked_for_by_its_type(
    rob: User, api_of: Api, api_world: dict[str, Any]
) -> None:
    url = f"/api/v1/reports/{api_world['report']}/csv"
    answer = api_of(rob).get(url, headers={"Accept": "text/csv"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize("percent", ["100.01", "17048239.4", "-1", "33.3333", "5 %"])
def test_no_award_pays_more_than_all_of_it(
    percent: str, rob: User, api_of: Api, arp: Award
) -> None:
    answer = post(
        api_of(rob),
        "awards",
        {"program": arp.program_id, "name": "Half", "federal_percent": percent},
    )
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert (error["pointer"], error["code"]) == ("/federal_percent", "invalid")
