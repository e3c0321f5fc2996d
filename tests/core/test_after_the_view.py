"""What goes wrong once the view is done, and what meets no view at all."""

from collections.abc import Callable
from unittest.mock import patch

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client

from core.models import Entry
from people.models import Room, User
from people.tokens import read_networks, within
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
SEEN = {"mode": "verify", "code": "MV000001", "desk": "verify"}


def test_a_session_that_cannot_be_kept_is_no_malformed_request(
    tom: User, room: Room, client_of: Of
) -> None:
    make_asset(tag="MV000001", school=room.school, room=room)
    client = client_of(tom)
    client.get("/scan/?mode=verify")
    client.raise_request_exception = False

    def locked(*args: object, **kwargs: object) -> None:
        error = OperationalError("database is locked")
        error.sqlite_errorcode = 5  # type: ignore[attr-defined]
        raise error

    before = Entry.objects.count()
    with patch.object(Session, "save", locked):
        answer = client.post("/scan/", SEEN)
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    page = answer.content.decode()
    assert "look before you send it again" in page
    assert "Nothing was changed" not in page
    assert Entry.objects.count() > before


def test_a_session_that_was_ended_meanwhile_leads_to_sign_in(
    tom: User, room: Room, client_of: Of
) -> None:
    make_asset(tag="MV000001", school=room.school, room=room)
    client = client_of(tom)
    client.get("/scan/?mode=verify")
    real = db.SessionStore.save

    def ended(self: db.SessionStore, must_create: bool = False) -> None:
        Session.objects.all().delete()
        real(self, must_create)

    with patch.object(db.SessionStore, "save", ended):
        answer = client.post("/scan/", SEEN)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_a_form_from_another_sign_in_meets_our_page(tom: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(tom)
    answer = client.post("/scan/", SEEN)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "the page was open for too long" in page
    assert "CSRF" not in page
    assert "DEBUG" not in page
    for method in ("put", "patch", "delete"):
        answer = getattr(client, method)("/scan/")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")
    answer = Client().post("/healthz")
    assert answer.status_code == 405
    assert "HEAD" in answer["Allow"]


@pytest.mark.parametrize("field", ["start", "person", "room"])
def test_a_number_that_no_row_has_is_none(field: str, ana: User, room: Room, client_of: Of) -> None:
    make_asset(tag="MV000001", school=room.school, room=room)
    client = client_of(ana)
    path = "/assets/labels/?q=MV000001" if field == "start" else "/scan/"
    for number in ("9" * 5000, "9" * 19, "-1", "1e3", "²", "１"):
        assert client.post(path, {field: number}).status_code in (200, 302, 400, 404), number


def test_a_token_of_a_network_in_the_notation_of_v6() -> None:
    kept = read_networks("::ffff:127.0.0.1 ::ffff:10.0.0.0/104 2001:db8::/32")
    assert kept == ["127.0.0.1/32", "10.0.0.0/8", "2001:db8::/32"]
    for address in ("127.0.0.1", "::ffff:127.0.0.1", "10.9.9.9", "2001:db8::7"):
        assert within(address, kept)
    assert not within("127.0.0.2", kept)
