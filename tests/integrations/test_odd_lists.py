"""Odd codes in a search and in the order of a list."""

import re

import pytest

from assets.actions import correct_asset
from assets.models import Asset
from core.access import SYSTEM
from people.models import School, User
from tests.integrations.conftest import Of
from tests.integrations.ways import Bring

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("%", "ZQ001"),
        ("100% wool", "ZQ001"),
        ("_", "ZQ002"),
        ("a_b", "ZQ002"),
        ("'", "ZQ003"),
        ("o'brien", "ZQ003"),
        ('"', "ZQ004"),
        ('"15"', "ZQ004"),
        ("PEÑA", "ZQ005"),
        ("sala peña", "ZQ005"),
        ("9-77", "LT-9-77"),
        ("LT-9", "LT-9-77"),
        ("4SQ7", "ZQ001"),
        ("hp q1", "*"),
        ("HP Q", "*"),
        ("Q1 HP", "*"),
        ("Q2 HP", ""),
    ],
)
def test_i9_a_search_finds_letters_as_they_are(
    brought: Bring, tom: User, client_of: Of, lincoln: School, text: str, found: str
) -> None:
    brought("i9_search.csv")
    first = Asset.objects.get(tag="ZQ001")
    correct_asset(first, serial="5CD004SQ7", by=SYSTEM, reason="from its lid")
    everything = set(Asset.objects.values_list("tag", flat=True))
    answer = client_of(tom).get("/assets/", {"q": text, "columns": "tag"}).content.decode()
    shown = set(re.findall(r"\b(?:ZQ00\d|LT-9-77)\b(?=</a>)", answer))
    assert shown == (everything if found == "*" else {found} - {""})


def test_v1_tags_are_listed_in_the_order_of_their_numbers(
    brought: Bring, tom: User, client_of: Of, api_of: Of
) -> None:
    brought("v1_sort.csv")
    for query, order in (("sort=tag", ["9", "10", "100"]), ("sort=-tag", ["100", "10", "9"])):
        page = client_of(tom).get(f"/assets/?columns=tag&{query}").content.decode()
        assert re.findall(r">(\d+)</a>", page.split("<tbody")[1]) == order
    one = api_of(tom).get("/api/v1/assets?ordering=tag&limit=1").json()
    rest = api_of(tom).get("/api/v1/assets", {"ordering": "tag", "cursor": one["next"]}).json()
    assert [row["tag"] for row in one["results"] + rest["results"]] == ["9", "10", "100"]
