"""Who is deactivated is out for good: what was open before stays closed after an activation."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.access import SYSTEM
from core.models import Entry
from core.problems import ProblemError
from people.actions import accounts
from people.actions.accounts import activate_user, deactivate_user, make_link
from people.actions.tokens import create_token
from people.models import OneTimeLink, User

pytestmark = pytest.mark.django_db
RIGHT = "a long pass phrase"


def test_tom_s_old_browser_link_and_token_stay_ended_after_he_is_activated_again(
    ana: User, tom: User, client_of: Callable[[User | None], Client]
) -> None:
    browser = Client()
    browser.post("/sign-in/", {"email": tom.email, "password": RIGHT})
    assert browser.get("/").status_code == 200
    link = make_link(OneTimeLink.Purpose.RESET, tom, by=ana)
    _token, text = create_token(tom, by=tom, name="t", scopes=["assets.view_asset"], days_valid=9)
    headers = {"Authorization": f"Bearer {text}"}
    assert Client().get("/api/v1/assets", headers=headers).status_code == 200

    client = client_of(ana)
    assert client.post(f"/users/{tom.pk}/deactivate/").status_code == 302
    assert browser.get("/").status_code == 302
    assert client.post(f"/users/{tom.pk}/activate/").status_code == 302

    assert browser.get("/").status_code == 302, "he signs in again"
    assert Client().get(f"/link/{link}/").status_code == 400
    assert Client().get("/api/v1/assets", headers=headers).status_code == 401
    assert Client().post("/sign-in/", {"email": tom.email, "password": RIGHT}).status_code == 302
    entry = Entry.objects.filter(kind="user.deactivated").get()
    assert entry.changes["session_round"] == [0, 1]


def test_deactivating_twice_is_one_fact(ana: User, vic: User) -> None:
    deactivate_user(vic, by=ana)
    deactivate_user(vic, by=ana)
    activate_user(vic, by=ana)
    deactivate_user(vic, by=ana)
    vic.refresh_from_db()
    assert (vic.session_round, Entry.objects.filter(kind="user.deactivated").count()) == (2, 2)


def test_activating_from_two_pages_is_one_fact(ana: User, vic: User) -> None:
    deactivate_user(vic, by=ana)
    one, two = User.objects.get(pk=vic.pk), User.objects.get(pk=vic.pk)
    activate_user(one, by=ana)
    activate_user(two, by=ana)
    assert Entry.objects.filter(kind="user.activated").count() == 1


def test_nothing_is_made_for_who_is_deactivated(ana: User, rob: User, vic: User) -> None:
    deactivate_user(rob, by=ana)
    deactivate_user(vic, by=ana)
    for make in (
        lambda: create_token(rob, by=ana, name="t", scopes=["assets.view_asset"], days_valid=9),
        lambda: accounts.send_reset(vic, by=ana),
        lambda: make_link(OneTimeLink.Purpose.INVITATION, vic, by=SYSTEM),
    ):
        with pytest.raises(ProblemError) as refused:
            make()
        assert refused.value.problems[0].code == "deactivated"


def test_a_session_of_before_the_upgrade_goes_on(tom: User) -> None:
    assert tom.session_round == 0
    assert "." not in tom.get_session_auth_hash()
