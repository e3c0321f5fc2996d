"""Who meets an error has a way back, and what they typed where that can be kept."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import OperationalError
from django.test import Client

from people.models import School, User

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Others write for longer than this waits, where it first writes."""

    def locked(*_args: Any, **_values: Any) -> None:
        raise OperationalError("database is locked")

    return lambda where: monkeypatch.setattr(where, locked)


def test_ana_tries_again_where_she_was_and_names_the_reference(
    ana: User, client_of: Of, busy: Callable[[str], None]
) -> None:
    busy("core.views.home.paginate")
    answer = client_of(ana).get("/activity/?on=2026-01-01&kind=")
    page = answer.content.decode()
    assert answer.status_code == 503
    assert 'href="/activity/?on=2026-01-01&amp;kind="' in page and "Try again" in page
    assert f"Reference: <code>{answer['X-Request-ID']}</code>" in page
    assert "tabler-icons.min.css" in page, "without it the sentence is indented by nothing"


def test_what_was_sent_leads_back_to_its_own_form_and_to_no_other_place(
    ana: User, lincoln: School, client_of: Of, busy: Callable[[str], None]
) -> None:
    busy("people.views.places.actions.create_room")
    address = f"/schools/{lincoln.pk}/rooms/new/"
    for came, back in (
        (f"http://testserver{address}?x=1", f'href="{address}?x=1"'),
        ("https://elsewhere.example/form", ""),
        ("", ""),
    ):
        answer = client_of(ana).post(address, {"code": "9"}, headers={"Referer": came})
        page = answer.content.decode()
        assert answer.status_code == 503
        assert ("Back to the form" in page) == bool(back) and back in page
        assert "elsewhere" not in page and "Try again" not in page


def test_who_signs_in_while_others_write_finds_their_address_in_the_form(
    ana: User, client: Client, busy: Callable[[str], None]
) -> None:
    busy("people.limits.note_attempt")
    typed = {"email": "ana@example.org", "password": "a long pass phrase"}
    answer = client.post("/sign-in/", typed)
    page = answer.content.decode()
    assert answer.status_code == 503 and int(answer["Retry-After"]) > 0
    assert "Others are writing just now" in page and 'value="ana@example.org"' in page
    assert typed["password"] not in page and SESSION_KEY not in client.session


def test_a_lost_page_names_its_reference_and_browsers_find_the_icon(client: Client) -> None:
    answer = client.get("/nowhere/")
    assert f"Reference: <code>{answer['X-Request-ID']}</code>" in answer.content.decode()
    answer = client.get("/favicon.ico")
    assert answer.status_code == 301 and answer["Location"].endswith("icon.svg")
