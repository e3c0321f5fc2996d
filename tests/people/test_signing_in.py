"""Signing in: one answer for every failure, limits that a stranger cannot turn on an owner."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from core.time import days
from people.limits import ADDRESS_LIMIT, PAIR_LIMIT
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
    for n in range(PAIR_LIMIT):
        sign_in(tom.email.upper() if n % 2 else tom.email, "no")
    refused = sign_in(tom.email, RIGHT)
    status, page = told(refused)
    assert status == 429
    assert "Too many attempts. Wait 5 minutes" in page
    assert 290 <= int(refused.answer["Retry-After"]) <= 300  # type: ignore[attr-defined]
    with time_machine.travel(days.now() + timedelta(minutes=6), tick=True):
        assert told(sign_in(tom.email, RIGHT))[0] == 302


def test_each_further_failure_costs_twice_the_pause(tom: User) -> None:
    now = days.now()
    with time_machine.travel(now, tick=False) as clock:
        for _n in range(PAIR_LIMIT):
            sign_in(tom.email, "no")
        for minutes in (5, 10, 20, 40, 60, 60):
            assert f"Wait {minutes} minutes" in told(sign_in(tom.email, RIGHT))[1]
            clock.shift(timedelta(minutes=minutes, seconds=1))
            assert told(sign_in(tom.email, "no"))[0] == 200
        clock.shift(timedelta(hours=25))
        assert told(sign_in(tom.email, RIGHT))[0] == 302


def test_a_stranger_who_fails_again_and_again_keeps_nobody_out(tom: User) -> None:
    looked = 0
    for n in range(200):
        answer = told(sign_in(tom.email, f"guess {n}", address=f"203.0.113.{n % 4}"))
        looked += answer[0] == 200
    assert looked == 4 * PAIR_LIMIT, "the stranger is slowed"
    for address in ("10.0.0.1", "10.77.1.2"):
        assert told(sign_in(tom.email, RIGHT, address=address))[0] == 302
    assert told(sign_in(tom.email, RIGHT, address="203.0.113.1"))[0] == 429, "nor freed by that"


def test_addresses_of_one_ipv6_network_are_one(tom: User) -> None:
    for n in range(PAIR_LIMIT):
        sign_in(tom.email, "no", address=f"2001:db8::{n:x}:1")
    assert told(sign_in(tom.email, RIGHT, address="2001:db8::ffff:9"))[0] == 429
    assert told(sign_in(tom.email, RIGHT, address="2001:db8:0:1::1"))[0] == 302


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
        for n in range(PAIR_LIMIT - 1):
            sign_in(tom.email, f"no {n}")
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
