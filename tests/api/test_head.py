"""HEAD answers wherever GET does: the same status and headers, and no body."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from people.models import User
from tests.access_table import address, routes
from tests.api.access import address as api_address
from tests.api.access import routes as api_routes
from tests.api.test_strict import Api

pytestmark = pytest.mark.django_db
#: Of each moment, or of each answer, its own.
VARYING = {"X-Request-ID", "Set-Cookie", "Content-Security-Policy"}


def differences(client: Client, url: str) -> list[str]:
    client.raise_request_exception = False
    answers = []
    for ask in (client.get, client.head):
        with transaction.atomic():
            answer = ask(url)
            answers.append((answer, b"" if answer.streaming else answer.content))
            transaction.set_rollback(True)
    (got, _body), (asked, nothing) = answers
    found = [] if nothing == b"" else [f"{url}: HEAD has a body"]
    if asked.status_code != got.status_code:
        found.append(f"{url}: GET {got.status_code}, HEAD {asked.status_code}")
    names = set(got.headers) ^ set(asked.headers)
    return found + [f"{url}: {name}" for name in names - VARYING - {"Content-Length"}]


def test_every_page_answers_head(
    ana: User, world: dict[str, Any], client_of: Callable[[User], Client]
) -> None:
    client = client_of(ana)
    urls = [address(r, world) for r in routes() if r.name not in ("readyz", "tag")]
    assert len(urls) > 80
    assert [d for url in urls for d in differences(client, url)] == []


def test_every_address_of_the_api_answers_head(
    rob: User, api_world: dict[str, Any], api_of: Api
) -> None:
    api = api_of(rob)
    urls = [api_address(r, api_world) for r, methods in api_routes() if "GET" in methods]
    assert len(urls) > 25
    assert [d for url in urls for d in differences(api, url)] == []


def test_head_says_how_long_the_answer_would_be(client: Client) -> None:
    got, asked = client.get("/healthz"), client.head("/healthz")
    assert asked["Content-Length"] == str(len(got.content))
    assert asked.content == b""
