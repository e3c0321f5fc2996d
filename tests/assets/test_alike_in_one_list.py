"""Two tags of a list that differ by zeros or signs alone are asked of, as with one that is here."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.test import Client

from assets.models import Asset
from people.models import School, User
from tests.factories import make_asset, make_product, make_purchase

pytestmark = pytest.mark.django_db
Api = Callable[..., Client]


@pytest.fixture
def bring(rob: User, api_of: Api, lincoln: School) -> Callable[..., list[dict[str, Any]]]:
    """Rob registers things of these tags in one request; the result of each."""
    product = make_product().pk

    def act(*tags: str, another: Sequence[str] = ()) -> list[dict[str, Any]]:
        rows = [
            {"tag": tag, "product": product, "school": lincoln.pk}
            | ({"another": True} if tag in another else {})
            for tag in tags
        ]
        answer = api_of(rob).post(
            "/api/v1/assets/bulk", json.dumps({"assets": rows}), content_type="application/json"
        )
        assert answer.status_code == 200, answer.content
        found: list[dict[str, Any]] = answer.json()["results"]
        return found

    return act


def here() -> set[str]:
    return set(Asset.objects.values_list("tag", flat=True))


@pytest.mark.parametrize(
    "tags",
    [("77009", "077009"), ("077009", "77009"), ("0077009", "77009"), ("LIB-12", "LIB12")],
)
def test_the_second_is_refused_until_it_is_said_to_be_another(
    tags: tuple[str, str], bring: Callable[..., list[dict[str, Any]]]
) -> None:
    first, second = bring(*tags)
    assert first["status"] == 201
    assert second["status"] == 409
    (error,) = second["errors"]
    assert error["code"] == "tag-alike"
    assert f"The tag {tags[1]} looks like {tags[0]} in row 1 of the same list" in error["message"]
    assert error["pointer"] == "/assets/1/tag"
    assert here() == {tags[0]}
    (again,) = bring(tags[1])
    assert again["errors"][0]["code"] == "tag-alike", "one of them is here now"
    (said,) = bring(tags[1], another=tags[1:])
    assert said["status"] == 201
    assert here() == set(tags)


def test_what_is_said_to_be_another_and_what_is_no_number_goes_in(
    bring: Callable[..., list[dict[str, Any]]], lincoln: School
) -> None:
    make_asset(school=lincoln, tag="5")
    tags = ("77009", "077009", "A-09", "A-009", "6", "60")
    assert [r["status"] for r in bring(*tags, another=("077009",))] == [201] * 6
    assert here() == {*tags, "5"}


def test_a_refusal_names_the_row_of_the_request_not_one_of_the_good_rows(
    tom: User, api_of: Api, lincoln: School
) -> None:
    """The first row is of a school that is not Tom's: it takes no part, and is counted."""
    good = {"product": make_product().pk, "school": lincoln.pk}
    tags = ("YY-2", "IT44", "IT-44")
    rows = [good | {"school": 99999, "tag": "XX-1"}, *(good | {"tag": tag} for tag in tags)]
    answer = api_of(tom).post("/api/v1/assets/bulk", {"assets": rows}, "application/json")
    results = answer.json()["results"]
    assert [r["status"] for r in results] == [404, 201, 201, 409]
    (error,) = results[3]["errors"]
    assert "looks like IT44 in row 3 of the same list" in error["message"]
    assert error["pointer"] == "/assets/3/tag"


@pytest.mark.parametrize("way", ["tag", "alike", "serial", "unit"])
def test_a_row_that_is_refused_is_in_the_way_of_no_other(
    way: str, rob: User, api_of: Api, lincoln: School
) -> None:
    """The first row's tag or serial number is here; what else it names is free for the second."""
    product, (_purchase, [unit]) = make_product(), make_purchase(quantity=1)
    make_asset(school=lincoln, product=product, tag="OLD-1", serial="S-1")
    row = {"product": product.pk, "school": lincoln.pk}
    first, second = {
        "tag": ({"tag": "IT44", "serial": "S-1"}, {"tag": "IT44"}),
        "alike": ({"tag": "IT44", "serial": "S-1"}, {"tag": "IT-44"}),
        "serial": ({"tag": "OLD-1", "serial": "S-2"}, {"tag": "IT44", "serial": "S-2"}),
        "unit": ({"tag": "OLD-1", "unit": unit.pk}, {"tag": "IT44", "unit": unit.pk}),
    }[way]
    body = {"assets": [row | first, row | second]}
    answer = api_of(rob).post("/api/v1/assets/bulk", body, "application/json")
    assert [r["status"] for r in answer.json()["results"]] == [409, 201]
    assert here() == {"OLD-1", second["tag"]}


def test_of_two_rows_for_one_unit_the_first_has_it(rob: User, api_of: Api, lincoln: School) -> None:
    _purchase, [unit] = make_purchase(quantity=1)
    row = {"product": make_product().pk, "school": lincoln.pk, "unit": unit.pk}
    body = {"assets": [row | {"tag": "A-1"}, row | {"tag": "B-2"}]}
    first, second = (
        api_of(rob).post("/api/v1/assets/bulk", body, "application/json").json()["results"]
    )
    assert first["status"] == 201
    assert second["errors"][0]["code"] == "unit-taken"
