"""Nobody's change is lost and nothing is done twice: If-Match and Idempotency-Key."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from assets.models import Asset
from core.models import Entry
from funding.models import Award
from people.models import School, User
from tests.api.test_strict import Api, post
from tests.factories import make_asset, make_product

pytestmark = pytest.mark.django_db


def patch(api: Client, path: str, body: Any, **headers: str) -> Any:
    return api.patch(f"/api/v1/{path}", body, content_type="application/json", headers=headers)


CHANGES = {
    "asset": ("assets", {"use": "Math"}),
    "school": ("schools", {"address": "1 Main Street"}),
    "room": ("rooms", {"name": "Lab"}),
    "person": ("people", {"grade": "8"}),
    "award": ("awards", {"pass_through": "State"}),
    "vendor": ("vendors", {"spin": "143000001"}),
}


@pytest.mark.parametrize("noun", CHANGES)
def test_each_noun_is_changed_only_by_who_saw_it_as_it_is(
    noun: str, rob: User, api_of: Api, api_world: dict[str, Any]
) -> None:
    folder, body = CHANGES[noun]
    path, api = f"{folder}/{api_world[noun]}", api_of(rob)
    seen = api.get(f"/api/v1/{path}")["ETag"]
    assert patch(api, path, body).status_code == 428
    changed = patch(api, path, body, **{"If-Match": seen})
    assert changed.status_code == 200
    assert patch(api, path, body, **{"If-Match": seen}).status_code == 412
    assert patch(api, path, body, **{"If-Match": f'"v0", {changed["ETag"]}'}).status_code == 200


def test_a_sighting_makes_a_new_etag_but_takes_no_edit_away(
    rob: User, api_of: Api, lincoln: School
) -> None:
    asset, api = make_asset(school=lincoln), api_of(rob)
    path = f"assets/{asset.pk}"
    before = api.get(f"/api/v1/{path}")["ETag"]
    post(api, f"{path}/verify", {})
    read = api.get(f"/api/v1/{path}", headers={"If-None-Match": before})
    assert (read.status_code, read.json()["last_verified_on"] is not None) == (200, True)
    again = api.get(f"/api/v1/{path}", headers={"If-None-Match": read["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert patch(api, path, {"use": "Math"}, **{"If-Match": before}).status_code == 200


def test_a_verb_may_say_what_it_saw(rob: User, api_of: Api, lincoln: School) -> None:
    asset, api = make_asset(school=lincoln), api_of(rob)
    path = f"assets/{asset.pk}"
    seen = api.get(f"/api/v1/{path}")["ETag"]
    body = {"reason": "Typing mistake.", "serial": "RIGHT"}
    assert post(api, f"{path}/correct", body, **{"If-Match": seen}).status_code == 200
    late = post(api, f"{path}/correct", body | {"serial": "LATE"}, **{"If-Match": seen})
    assert late.status_code == 412
    assert Asset.objects.get(pk=asset.pk).serial == "RIGHT"


def test_the_same_key_is_answered_again_with_the_same_etag(
    rob: User, api_of: Api, lincoln: School
) -> None:
    body, api = {"product": make_product().pk, "school": lincoln.pk}, api_of(rob)
    first = post(api, "assets", body, **{"Idempotency-Key": "k1"})
    again = post(api, "assets", body, **{"Idempotency-Key": "k1"})
    assert (again.status_code, again.json(), again["ETag"]) == (201, first.json(), first["ETag"])
    assert again["Idempotent-Replay"] == "true"
    assert Asset.objects.count() == 1
    assert first["Location"] == again["Location"]
    made = first.json()
    assert made.pop("notices") == [], "said once, when it is entered"
    assert api.get(first["Location"]).json() == made


def test_a_key_is_for_one_request_of_one_user(
    rob: User, ana: User, api_of: Api, lincoln: School
) -> None:
    body = {"product": make_product().pk, "school": lincoln.pk}
    assert post(api_of(rob), "assets", body, **{"Idempotency-Key": "k"}).status_code == 201
    assert post(api_of(ana), "assets", body, **{"Idempotency-Key": "k"}).status_code == 201
    other = post(api_of(rob), "assets/bulk", {"assets": [body]}, **{"Idempotency-Key": "k"})
    assert other.status_code == 422
    assert other.json()["errors"][0]["code"] == "idempotency-key-reused"
    assert post(api_of(rob), "assets", body, **{"Idempotency-Key": "a b"}).status_code == 400
    assert Asset.objects.count() == 2


def test_a_refusal_keeps_no_key(rob: User, api_of: Api, lincoln: School) -> None:
    asset, api = make_asset(school=lincoln), api_of(rob)
    path, key = f"assets/{asset.pk}/return", {"Idempotency-Key": "k"}
    assert post(api, path, {}, **key).status_code == 409
    assert post(api, path, {}, **key).status_code == 409


def race(sends: list[Callable[[], Any]]) -> list[Any]:
    """All at once; their answers."""
    answers: list[Any] = []

    def run(send: Callable[[], Any]) -> None:
        answers.append(send())
        connection.close()

    threads = [threading.Thread(target=run, args=[s]) for s in sends]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_two_posts_at_once_under_one_key_are_one_asset_and_one_answer(
    rob: User, token_of: Callable[..., str], lincoln: School
) -> None:
    body, token = {"product": make_product().pk, "school": lincoln.pk}, token_of(rob)

    def send() -> Any:
        api = Client(headers={"authorization": f"Bearer {token}"})
        return post(api, "assets", body, **{"Idempotency-Key": "k"})

    answers = race([send, send])
    assert [a.status_code for a in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Entry.objects.filter(kind="asset.registered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_schools_of_one_code_at_once_one_is_made_and_one_refused(
    rob: User, token_of: Callable[..., str], lincoln: School
) -> None:
    token = token_of(rob)

    def send() -> Any:
        api = Client(headers={"authorization": f"Bearer {token}"})
        return post(api, "schools", {"code": "NEW", "name": "New School"})

    answers = race([send] * 6)
    assert Counter(a.status_code for a in answers) == {201: 1, 409: 5}
    refused = next(a for a in answers if a.status_code == 409)
    assert refused.json()["errors"][0]["code"] == "school-code-taken"


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_of_one_version_at_once_one_is_lost_and_told(
    rob: User, token_of: Callable[..., str], arp: Award
) -> None:
    token = token_of(rob)
    api = Client(headers={"authorization": f"Bearer {token}"})
    seen = api.get(f"/api/v1/awards/{arp.pk}")["ETag"]

    def send(name: str) -> Callable[[], Any]:
        def go() -> Any:
            api = Client(headers={"authorization": f"Bearer {token}"})
            return patch(api, f"awards/{arp.pk}", {"pass_through": name}, **{"If-Match": seen})

        return go

    answers = race([send("State"), send("County")])
    assert sorted(a.status_code for a in answers) == [200, 412]
