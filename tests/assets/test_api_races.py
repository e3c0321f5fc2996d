"""Requests that arrive together: one is done, the others are told, nobody sees an error of ours."""

import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from assets.models import Asset, Assignment
from core.models import Entry, Run
from funding.models import Award
from people.models import Person, Room, School, User
from reports.models import Report
from tests.factories import make_asset, make_product, make_student

pytestmark = pytest.mark.django_db(transaction=True)
Api = Callable[..., Client]
Answer = tuple[int, dict[str, Any]]


def at_once(requests: list[Callable[[], Any]]) -> list[Any]:
    """All requests at the same moment, each in a thread with a connection of its own."""
    barrier = threading.Barrier(len(requests))
    answers: list[Any] = []

    def send(request: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            answers.append(request())
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(r,)) for r in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == len(requests), "each was answered"
    return answers


def together(requests: list[Callable[[], Any]]) -> list[Answer]:
    return [(response.status_code, response.json()) for response in at_once(requests)]


def desks(make: Api, user: User, count: int) -> list[Client]:
    """Clients that answer with what a server would, also for an error of ours."""
    found = [make(user) for _n in range(count)]
    for client in found:
        client.raise_request_exception = False
    return found


def post(client: Client, path: str, body: dict[str, Any], **headers: str) -> Callable[[], Any]:
    return lambda: client.post(
        f"/api/v1/{path}", body, content_type="application/json", headers=headers
    )


def outcomes(answers: list[Answer]) -> Counter[int]:
    for status, body in answers:
        assert status < 300 or body["errors"][0]["message"], "who loses reads a sentence"
    return Counter(status for status, _body in answers)


def test_sixteen_requests_for_one_device_have_one_winner(
    rob: User, api_of: Api, lincoln: School
) -> None:
    clients = desks(api_of, rob, 16)
    people = [make_student(school=lincoln, first=f"S{n}") for n in range(16)]
    for _round in range(3):
        asset = make_asset(school=lincoln)
        path = f"assets/{asset.pk}/assign"
        pairs = zip(clients, people, strict=True)
        answers = together([post(c, path, {"person": p.pk}) for c, p in pairs])
        assert outcomes(answers) == {200: 1, 409: 15}
        assert Assignment.objects.filter(asset=asset).count() == 1
        assert Entry.objects.of(asset).filter(kind="asset.assigned").count() == 1


def test_two_desks_that_tag_one_number_make_one_asset(
    rob: User, api_of: Api, lincoln: School, room: Room
) -> None:
    clients, product = desks(api_of, rob, 8), make_product()
    for n in range(5):
        body = {"tag": f"D{n}", "product": product.pk, "school": lincoln.pk, "room": room.pk}
        answers = together([post(c, "assets", body) for c in clients])
        assert outcomes(answers) == {201: 1, 409: 7}
        assert Asset.objects.filter(tag=f"D{n}").count() == 1


def test_a_check_out_clicked_twice_happens_once(
    tom: User, client_of: Callable[[User], Client], lincoln: School, maria: Person
) -> None:
    clients = [client_of(tom) for _n in range(4)]
    for client in clients:
        client.raise_request_exception = False
    for _round in range(3):
        asset = make_asset(school=lincoln)
        url, form = f"/assets/{asset.pk}/assign/", {"person": maria.local_id}
        clicks = [partial(client.post, url, form) for client in clients]
        statuses = [response.status_code for response in at_once(clicks)]
        assert Counter(statuses) == {302: 1, 200: 3}, "the others see the form with the reason"
        assert Assignment.objects.filter(asset=asset).count() == 1


def test_a_report_asked_for_eight_times_under_one_key_is_one_report(
    rob: User, api_of: Api, arp: Award
) -> None:
    clients = desks(api_of, rob, 8)
    body = {"award": arp.pk, "as_of": "2025-09-01", "formats": ["csv"]}
    answers = together([post(c, "reports", body, **{"Idempotency-Key": "k1"}) for c in clients])
    assert len(outcomes(answers)) == 1
    assert {answer["id"] for _status, answer in answers} == {Report.objects.get().pk}
    assert Run.objects.filter(kind="report").count() == 1
