"""Two tags of a list that differ by zeros or signs alone are asked of, as with one that is here."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.test import Client

from assets.models import Asset
from people.models import School, User
from tests.factories import make_asset, make_product

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
