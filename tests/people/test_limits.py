"""The limits on signing in hold at one moment, too, and behind a proxy."""

from collections.abc import Callable
from ipaddress import ip_network
from typing import Any

import pytest
from django.test import Client, RequestFactory

from core.web.http import address_of
from people import limits
from people.limits import PAIR_LIMIT
from people.models import SignInAttempt, User
from tests.people.test_one_time import race


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_guesses_at_one_moment_no_more_than_five_are_looked_at(
    tom: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def authenticate(request: object, *, username: str, password: str) -> None:
        looked.append(password)

    monkeypatch.setattr("people.views.sign_in.authenticate", authenticate)

    def guess(n: int) -> Callable[[Client], int]:
        values = {"email": tom.email, "password": f"guess {n}"}
        return lambda client: client.post("/sign-in/", values).status_code

    ends = race([guess(n) for n in range(16)])
    assert set(ends) <= {200, 429}, ends
    assert len(looked) == ends[200] <= PAIR_LIMIT
    assert SignInAttempt.objects.count() == len(looked), "who was not let through does not count"


@pytest.mark.parametrize(
    ("peer", "told", "address"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.5", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.5", "1.1.1.1, 198.51.100.1, 10.0.0.6", "198.51.100.1"),
        ("10.0.0.5", "1.1.1.1, nonsense", "10.0.0.5"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("", "1.1.1.1", ""),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(
    peer: str, told: str, address: str, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/24")]
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"X-Forwarded-For": told})
    assert address_of(request) == address


@pytest.mark.django_db
def test_a_try_that_succeeds_is_no_failure(tom: User) -> None:
    values = {"email": tom.email, "password": "a long pass phrase"}
    for _time in range(limits.ADDRESS_LIMIT + 1):
        assert Client().post("/sign-in/", values).status_code == 302
