"""What works once: invitations, resets, the first run, the showing of a token."""

import re
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client

from core.access import SYSTEM
from core.models import District, Entry
from core.time import days
from people.actions.accounts import make_link
from people.actions.first_run import first_link
from people.models import AccessToken, Membership, OneTimeLink, User

Of = Callable[[User | None], Client]
FIRST = {
    "name": "Maple Valley",
    "time_zone": "America/New_York",
    "fiscal_year_start_month": 7,
    "tag_length": 6,
    "public_address": "https://assets.example.org",
    "your_name": "Ana",
    "email": "ana@maple.example",
    "password": "seven quiet otters swim",
}
NEW = {"password": "seven quiet otters swim"}
GONE = "used up, expired or unknown"


def race(posts: list[Callable[[Client], int]]) -> Counter[int]:
    """Each browser posts at the same moment; how often each status came."""
    barrier, lock = threading.Barrier(len(posts)), threading.Lock()
    ends: Counter[int] = Counter()

    def browser(post: Callable[[Client], int]) -> None:
        client = Client()
        barrier.wait()
        try:
            status = post(client)
        finally:
            connection.close()
        with lock:
            ends[status] += 1

    threads = [threading.Thread(target=browser, args=[post]) for post in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


@pytest.mark.django_db
def test_an_invited_technician_chooses_a_password_once(ana: User, client_of: Of) -> None:
    page = (
        client_of(ana)
        .post(
            "/users/invite/",
            {
                "name": "Tess",
                "email": "tess@example.org",
                "role": "technician",
            },
        )
        .content.decode()
    )
    found = re.search(r"/link/([\w-]+)/", page)
    assert found
    assert found[1] not in str(list(OneTimeLink.objects.values_list())), "kept as a hash only"
    browser = Client()
    short = browser.post(found[0], {"password": "short"}).content.decode()
    assert "at least 12 characters" in short
    assert browser.post(found[0], NEW)["Location"] == "/"
    assert browser.get("/assets/").status_code == 200
    assert GONE in Client().get(found[0]).content.decode()
    assert GONE in Client().post(found[0], NEW).content.decode()


@pytest.mark.django_db
def test_a_link_ends_with_its_time_and_with_the_next_one(tom: User, ana: User) -> None:
    first = make_link(OneTimeLink.Purpose.RESET, tom, by=ana)
    second = make_link(OneTimeLink.Purpose.RESET, tom, by=ana)
    assert GONE in Client().get(f"/link/{first}/").content.decode()
    assert GONE not in Client().get(f"/link/{second}/").content.decode()
    with time_machine.travel(days.now() + timedelta(days=2), tick=True):
        assert GONE in Client().get(f"/link/{second}/").content.decode()


@pytest.mark.django_db
def test_a_reset_signs_out_whoever_used_the_old_password(tom: User, client_of: Of) -> None:
    thief = Client()
    thief.post("/sign-in/", {"email": tom.email, "password": "a long pass phrase"})
    assert thief.get("/assets/").status_code == 200
    Client().post(f"/link/{make_link(OneTimeLink.Purpose.RESET, tom, by=SYSTEM)}/", NEW)
    assert thief.get("/assets/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_eight_browsers_with_one_link_one_sets_the_password(tom: User) -> None:
    token = make_link(OneTimeLink.Purpose.RESET, tom, by=SYSTEM)
    words = [f"otters swim quietly {n}" for n in range(8)]

    def post(word: str) -> Callable[[Client], int]:
        return lambda client: client.post(f"/link/{token}/", {"password": word}).status_code

    ends = race([post(word) for word in words])
    assert ends[302] == 1, ends
    assert sum(ends.values()) == 8
    assert not [status for status in ends if status >= 500]
    tom.refresh_from_db()
    assert sum(tom.check_password(word) for word in words) == 1
    assert Entry.objects.of(tom).filter(kind="user.password_set").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_the_first_run_page_one_becomes_administrator() -> None:
    token = first_link()

    def post(name: str) -> Callable[[Client], int]:
        values = FIRST | {"email": f"{name}@maple.example"}
        return lambda client: client.post(f"/first-run/{token}/", values).status_code

    ends = race([post("ana"), post("eve")])
    assert ends[302] == 1, ends
    assert not [status for status in ends if status >= 500]
    assert District.objects.count() == Membership.objects.count() == User.objects.count() == 1


@pytest.mark.django_db
def test_before_the_first_run_every_page_leads_there_and_a_guessed_link_nowhere() -> None:
    browser = Client()
    assert browser.get("/")["Location"] == browser.get("/sign-in/")["Location"] == "/first-run/"
    assert "first-run/" not in browser.get("/first-run/").content.decode(), "the link is not shown"
    assert GONE in browser.post("/first-run/guessed/", FIRST).content.decode()
    assert not District.objects.exists()


@pytest.mark.django_db
def test_the_first_administrator_is_signed_in_and_the_page_is_gone() -> None:
    token, browser = first_link(), Client()
    page = browser.post(f"/first-run/{token}/", FIRST | {"password": "short"}).content.decode()
    assert "at least 12 characters" in page
    assert not District.objects.exists()
    assert browser.post(f"/first-run/{token}/", FIRST)["Location"] == "/"
    assert browser.get("/users/").status_code == 200
    assert browser.get("/first-run/").status_code == 404
    assert Client().get(f"/first-run/{token}/").status_code == 404
    assert first_link() is None


@pytest.mark.django_db
def test_a_token_is_shown_once_and_serves_until_it_is_revoked(tom: User, client_of: Of) -> None:
    browser = client_of(tom)
    form = {"name": "label printer", "days_valid": 30, "scopes": ["assets.view_asset"]}
    page = browser.post("/tokens/", form).content.decode()
    found = re.search(r'value="(da_[\w-]+)"', page)
    assert found
    assert found[1] not in browser.get("/tokens/").content.decode()
    row = AccessToken.objects.get()
    assert found[1] not in f"{row.prefix} {row.token_hash}"
    robot = Client(headers={"authorization": f"Bearer {found[1]}"})
    assert robot.get("/api/v1/assets").status_code == 200
    assert robot.get("/api/v1/people").status_code == 403, "a scope is never more than given"
    browser.post(f"/tokens/{row.pk}/revoke/")
    assert robot.get("/api/v1/assets").status_code == 401
