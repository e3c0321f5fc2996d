"""Signing in: one answer for every failure, a limit by account and by address, no way out."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from core import days
from people.limits import ACCOUNT_LIMIT, ADDRESS_LIMIT
from people.models import User

pytestmark = pytest.mark.django_db
WRONG = "This email and password do not fit together."
RIGHT = "a long pass phrase"


def sign_in(email: str, password: str, *, address: str = "10.0.0.1", next_: str = "") -> Client:
    """A fresh browser that tried; `client.answer` is what it was told."""
    client = Client(REMOTE_ADDR=address)
    url = "/sign-in/" + (f"?next={next_}" if next_ else "")
    client.answer = client.post(url, {"email": email, "password": password})  # type: ignore[attr-defined]
    return client


def told(client: Client) -> tuple[int, str]:
    answer = client.answer  # type: ignore[attr-defined]
    return answer.status_code, answer.content.decode()


@pytest.mark.untrue(reason="writes a row behind the register's back")
def test_a_wrong_password_an_unknown_address_and_an_inactive_account_sound_the_same(
    tom: User, vic: User
) -> None:
    User.objects.filter(pk=vic.pk).update(is_active=False)
    for email, password in ((tom.email, "no"), ("x@y.example", RIGHT), (vic.email, RIGHT)):
        status, page = told(sign_in(email, password))
        assert (status, WRONG in page) == (200, True), email


def test_after_five_failures_even_the_right_password_waits_and_five_minutes_later_serves(
    tom: User,
) -> None:
    for n in range(ACCOUNT_LIMIT):
        sign_in(tom.email.upper() if n % 2 else tom.email, "no", address=f"10.0.1.{n}")
    status, page = told(sign_in(tom.email, RIGHT, address="10.0.2.1"))
    assert status == 429
    assert "Too many attempts" in page
    with time_machine.travel(days.now() + timedelta(minutes=6), tick=True):
        assert told(sign_in(tom.email, RIGHT))[0] == 302


def test_an_address_that_guesses_at_many_accounts_is_stopped_and_others_are_not(
    tom: User,
) -> None:
    for n in range(ADDRESS_LIMIT):
        sign_in(f"guess{n}@example.org", "no", address="10.9.9.9")
    assert told(sign_in(tom.email, RIGHT, address="10.9.9.9"))[0] == 429
    assert told(sign_in(tom.email, RIGHT, address="10.0.0.7"))[0] == 302


def test_a_forged_forwarding_header_opens_no_new_address(tom: User) -> None:
    for n in range(ADDRESS_LIMIT):
        client = Client(REMOTE_ADDR="10.9.9.8", headers={"X-Forwarded-For": f"1.2.3.{n}"})
        client.post("/sign-in/", {"email": f"g{n}@example.org", "password": "no"})
    client = Client(REMOTE_ADDR="10.9.9.8", headers={"X-Forwarded-For": "8.8.8.8"})
    answer = client.post("/sign-in/", {"email": tom.email, "password": RIGHT})
    assert answer.status_code == 429


def test_signing_in_forgives_the_failures_before_it(tom: User) -> None:
    for _time in range(3):
        for n in range(ACCOUNT_LIMIT - 1):
            sign_in(tom.email, "no", address=f"10.0.3.{n}")
        assert told(sign_in(tom.email, RIGHT))[0] == 302


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_the_next_page_is_ours_or_the_front_page(tom: User, target: str) -> None:
    assert sign_in(tom.email, RIGHT, next_=target).answer["Location"] == "/"  # type: ignore[attr-defined]


def test_the_next_page_is_where_one_wanted_to_go(tom: User) -> None:
    wanted = Client().get("/assets/")["Location"]
    assert wanted == "/sign-in/?next=/assets/"
    assert sign_in(tom.email, RIGHT, next_="/assets/").answer["Location"] == "/assets/"  # type: ignore[attr-defined]


def test_a_deactivated_user_is_out_at_once(tom: User, ana: User) -> None:
    browser = sign_in(tom.email, RIGHT)
    assert browser.get("/assets/").status_code == 200
    admin = Client()
    admin.force_login(ana)
    admin.post(f"/users/{tom.pk}/deactivate/")
    assert browser.get("/assets/").status_code == 302
