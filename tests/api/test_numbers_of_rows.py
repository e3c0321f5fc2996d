"""The numbers that rows of one request bear and take: what is refused takes none."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assets.models import TagRange
from core.models import Entry
from people.models import School, User
from tests.api.test_assets import post_json
from tests.factories import make_asset, make_product

pytestmark = pytest.mark.django_db
Api = Callable[..., Client]


def test_what_is_refused_takes_no_number(rob: User, api_of: Api, lincoln: School) -> None:
    """Neither a thing, nor a list of them as a whole, nor some rows of one."""
    make_asset(school=lincoln, tag="TAKEN", serial="THERE")
    api, product = api_of(rob), make_product().pk
    good, bad = ({"product": product, "school": lincoln.pk, "serial": s} for s in ("GOOD", "THERE"))
    before = list(TagRange.objects.values())
    assert post_json(api, "assets", bad).status_code == 409
    for rows in ([bad, bad], [bad | {"tag": "OWN"}, bad]):
        results = post_json(api, "assets/bulk", {"assets": rows}).json()["results"]
        assert {r["status"] for r in results} == {409}
    assert list(TagRange.objects.values()) == before
    assert not Entry.objects.filter(kind="tags.taken").exists()
    rows = [bad, good, bad, good | {"serial": "NEXT"}]
    results = post_json(api, "assets/bulk", {"assets": rows}).json()["results"]
    assert [r["tag"] for r in results] == [None, "000001", None, "000002"]
    assert TagRange.objects.get().next_number == 3


@pytest.mark.parametrize("own", ["000001", " 000001 ", "1", "0001"])
def test_a_number_that_a_row_bears_is_none_that_the_other_rows_take(
    own: str, rob: User, api_of: Api, lincoln: School
) -> None:
    body = {"product": make_product().pk, "school": lincoln.pk}
    rows = [body, body | {"tag": own}, body]
    with CaptureQueriesContext(connection) as asked:
        results = post_json(api_of(rob), "assets/bulk", {"assets": rows}).json()["results"]
    assert [r["tag"] for r in results] == ["000002", own.strip(), "000003"]
    tried = [
        q
        for q in asked.captured_queries
        if "assets_tagrange" in q["sql"] and q["sql"].startswith("UPDATE")
    ]
    assert len(tried) == 1, "all rows went in at once"


def test_two_rows_of_one_number_are_refused_and_a_refused_rows_number_is_free(
    rob: User, api_of: Api, lincoln: School
) -> None:
    make_asset(school=lincoln, tag="THERE", serial="THERE", product=make_product())
    body = {"product": make_product().pk, "school": lincoln.pk}
    api = api_of(rob)
    rows = [body | {"tag": "000001"}, body | {"tag": "000001"}, body]
    results = post_json(api, "assets/bulk", {"assets": rows}).json()["results"]
    assert [r["tag"] for r in results] == ["000001", None, "000002"]
    assert results[1]["errors"][0]["code"] == "tag-taken"
    rows = [body | {"tag": "000003", "serial": "THERE"}, body]
    results = post_json(api, "assets/bulk", {"assets": rows}).json()["results"]
    assert [r["tag"] for r in results] == [None, "000003"]
