"""Rob, another system, does at the API what Tom does at the desk."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from assets.models import Asset, Assignment
from core.journal import sealing
from people.models import Person, School, User
from tests.factories import make_asset, make_product

pytestmark = pytest.mark.django_db
Api = Callable[..., Client]


def post_json(api: Client, path: str, body: Any, **headers: str) -> Any:
    return api.post(f"/api/v1/{path}", body, content_type="application/json", headers=headers)


def test_rob_hands_out_and_takes_back(
    rob: User, api_of: Api, lincoln: School, maria: Person
) -> None:
    asset, api = make_asset(school=lincoln), api_of(rob)
    answer = post_json(api, f"assets/{asset.pk}/assign", {"person": maria.pk})
    assert (answer.status_code, answer.json()["holder"]) == (200, maria.pk)
    again = post_json(api, f"assets/{asset.pk}/assign", {"person": maria.pk})
    assert again.status_code == 409
    assert again["Content-Type"] == "application/problem+json"
    assert again.json()["errors"][0]["code"] == "assigned-to-them"
    back = post_json(api, f"assets/{asset.pk}/return", {"condition": "good"})
    assert back.json()["status"] == "in_stock"


def test_a_token_without_the_scope_is_refused(
    rob: User, token_of: Callable[..., str], lincoln: School, maria: Person
) -> None:
    asset = make_asset(school=lincoln)
    text = token_of(rob, ["assets.view_asset"])
    api = Client(headers={"authorization": f"Bearer {text}"})
    assert api.get(f"/api/v1/assets/{asset.pk}").status_code == 200
    assert post_json(api, f"assets/{asset.pk}/assign", {"person": maria.pk}).status_code == 403


def test_what_is_not_neds_is_not_there(ned: User, api_of: Api, lincoln: School) -> None:
    asset = make_asset(school=lincoln)
    api = api_of(ned)
    assert api.get(f"/api/v1/assets/{asset.pk}").status_code == 404
    assert api.get("/api/v1/assets").json()["results"] == []
    assert Client().get("/api/v1/assets").status_code == 401


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-1",
        "limit=abc",
        "limit=1000000000",
        "limit=201",
        "colour=red",
        "ordering=password",
        "cursor=zzz",
        "fields=secret",
    ],
)
def test_parameters_are_strict(query: str, rob: User, api_of: Api, lincoln: School) -> None:
    assert api_of(rob).get(f"/api/v1/assets?{query}").status_code == 400


def test_unknown_and_read_only_fields_are_refused(rob: User, api_of: Api, lincoln: School) -> None:
    asset, api = make_asset(school=lincoln), api_of(rob)
    for field in ("status", "holder", "version", "tag", "unknown"):
        answer = api.patch(
            f"/api/v1/assets/{asset.pk}",
            {field: "x"},
            content_type="application/json",
            headers={"If-Match": f'"v{asset.version}"'},
        )
        assert answer.status_code == 400, field
        assert answer.json()["errors"][0]["pointer"] == f"/{field}"


def test_a_change_must_say_what_it_saw(rob: User, api_of: Api, lincoln: School) -> None:
    asset, api = make_asset(school=lincoln), api_of(rob)
    path, body = f"/api/v1/assets/{asset.pk}", {"use": "Math"}
    assert api.patch(path, body, content_type="application/json").status_code == 428
    seen = api.get(path)["ETag"]
    good = api.patch(path, body, content_type="application/json", headers={"If-Match": seen})
    assert good.status_code == 200
    stale = api.patch(path, body, content_type="application/json", headers={"If-Match": seen})
    assert stale.status_code == 412
    assert api.get(path, headers={"If-None-Match": good["ETag"]}).status_code == 304


def test_pages_are_stable_and_complete(rob: User, api_of: Api, lincoln: School) -> None:
    made = [make_asset(school=lincoln).pk for _n in range(7)]
    api, found, cursor = api_of(rob), [], ""
    while True:
        page = api.get(f"/api/v1/assets?limit=3{cursor}").json()
        found += [a["id"] for a in page["results"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
        if len(found) == 3:
            made.append(make_asset(school=lincoln).pk)
    assert found == made


def test_bulk_names_the_bad_rows_and_keeps_the_good(
    rob: User, api_of: Api, lincoln: School
) -> None:
    make_asset(school=lincoln, tag="TAKEN")
    product = make_product().pk
    rows = [
        {"tag": t, "serial": f"B{n}", "product": product, "school": lincoln.pk}
        for n, t in enumerate(["B1", "TAKEN", "B3"])
    ]
    results = post_json(api_of(rob), "assets/bulk", {"assets": rows}).json()["results"]
    assert [r["status"] for r in results] == [201, 409, 201]
    assert results[1]["errors"][0]["code"] == "tag-taken"


def test_the_same_key_is_done_once(rob: User, api_of: Api, lincoln: School) -> None:
    body = {"product": make_product().pk, "school": lincoln.pk, "serial": "ONCE"}
    api = api_of(rob)
    first = post_json(api, "assets", body, **{"Idempotency-Key": "k1"})
    second = post_json(api, "assets", body, **{"Idempotency-Key": "k1"})
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert Asset.objects.filter(serial="ONCE").count() == 1
    other = post_json(api, "assets", body | {"serial": "TWICE"}, **{"Idempotency-Key": "k1"})
    assert other.status_code == 422


@pytest.mark.django_db(transaction=True)
def test_eight_posts_at_once_under_one_key_have_one_effect(
    rob: User, token_of: Callable[..., str], lincoln: School, maria: Person
) -> None:
    asset, token = make_asset(school=lincoln), token_of(rob)
    statuses: list[int] = []

    def send() -> None:
        api = Client(headers={"authorization": f"Bearer {token}"})
        answer = post_json(
            api, f"assets/{asset.pk}/assign", {"person": maria.pk}, **{"Idempotency-Key": "k"}
        )
        statuses.append(answer.status_code)
        connection.close()

    threads = [threading.Thread(target=send) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 8
    assert Assignment.objects.filter(asset=asset).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_feed_is_in_seal_order_and_withholds_what_is_not_yours(
    tom: User, api_of: Api, lincoln: School, washington: School
) -> None:
    mine, other = make_asset(school=lincoln), make_asset(school=washington)
    sealing.seal_all()
    feed = api_of(tom).get("/api/v1/journal?limit=200").json()
    subjects = [e["subject_id"] for e in feed["results"] if e["subject_type"] == "assets.asset"]
    assert mine.pk in subjects
    assert other.pk not in subjects
    assert feed["next"] == sealing.head()[0]
    numbers = [e["number"] for e in feed["results"]]
    assert numbers == sorted(numbers)
