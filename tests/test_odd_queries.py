"""No page breaks at what somebody writes into its address or its form."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from people.models import Room, School, User
from tests.access_table import address, routes

pytestmark = pytest.mark.django_db
#: Names of parameters that pages know, in one query.
NAMES = (
    "q",
    "after",
    "before",
    "kind",
    "on",
    "outcome",
    "school",
    "status",
    "tag",
    "code",
    "award",
    "person",
    "room",
    "category",
    "product",
    "holder",
    "next",
    "sheet",
    "start",
    "as_of",
    "sort",
    "column",
    "look",
    "page",
    "vendor",
    "serial",
    "header",
    "value",
    "note",
    "reason",
    "name",
)
VALUES = ("\x00", b"\xed\xa0\x80", "\N{SUPERSCRIPT TWO}", "-1", "9" * 40, "a" * 300)


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_no_page_breaks_at_an_odd_value(
    value: str | bytes, ana: User, world: dict[str, Any], client_of: Callable[[User], Client]
) -> None:
    client = client_of(ana)
    client.raise_request_exception = False
    broken = []
    for route in routes():
        if route.name in ("sign-out", "readyz"):
            continue
        url = address(route, world)
        for send in (client.get, client.post):
            with transaction.atomic():
                answer = send(url, dict.fromkeys(NAMES, value))  # type: ignore[operator]
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                broken.append(f"{send.__name__} {url}")
    assert not broken, "\n".join(broken)


def test_no_address_breaks_at_a_zero_byte(ana: User, client_of: Callable[[User], Client]) -> None:
    client = client_of(ana)
    client.raise_request_exception = False
    for url in (
        "/t/%00",
        "/link/%00/",
        "/first-run/%00/",
        "/verify/%00/%00/",
        "/files/%00/1/",
        "/reports/1/%00/",
        "/api/v1/reports/1/%00",
        "/%00",
    ):
        assert client.get(url).status_code < 500, url


@pytest.mark.parametrize("value", [b"\x00", b"\xed\xa0\x80", b"\xff"])
def test_what_is_no_text_is_refused_with_a_sentence(
    value: bytes, ana: User, lincoln: School, client_of: Callable[[User], Client]
) -> None:
    client, url = client_of(ana), f"/schools/{lincoln.pk}/rooms/new/"
    form, sent = "application/x-www-form-urlencoded", "".join(f"%{b:02X}" for b in value)
    before = Room.objects.count()
    for answer in (
        client.get(f"/assets/?q={sent}"),
        client.post(url, f"code=1&name={sent}", content_type=form),
        client.post(url, f"code=1&na{sent}me=2", content_type=form),
    ):
        assert answer.status_code == 400
        assert "not text" in answer.content.decode()
    assert Room.objects.count() == before
