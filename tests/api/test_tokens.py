"""Tokens: shown once, kept as a hash, no wider than their user, over on their day."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from core.problems import Invalid, NotPermitted
from core.time import days
from people.actions import create_token, deactivate_user, end_membership, revoke_token
from people.models import AccessToken, School, User
from people.permission_words import WORDS
from people.roles import PERMISSIONS
from tests.cast import again

pytestmark = pytest.mark.django_db
WHY = "This token is not valid: it is unknown, expired or revoked. Make a new one."


def ask(text: str) -> int:
    """What the list of assets answers to a token."""
    return Client(headers={"authorization": f"Bearer {text}"}).get("/api/v1/assets").status_code


@pytest.fixture
def made(rob: User, ana: User) -> tuple[AccessToken, str]:
    return create_token(
        rob, by=ana, name="Roster sync", scopes=["assets.view_asset"], days_valid=30
    )


def test_it_is_kept_as_a_hash_and_never_shown_again(
    made: tuple[AccessToken, str], ana: User, rob: User, client_of: Callable[[User], Client]
) -> None:
    token, text = made
    assert ask(text) == 200
    kept = AccessToken.objects.filter(pk=token.pk).values().get()
    secret = text.split("_", 2)[2]
    assert not [name for name, value in kept.items() if secret in str(value)]
    page = client_of(ana).get(f"/users/{rob.pk}/tokens/").content.decode()
    assert "Roster sync" in page
    assert secret not in page


@pytest.mark.untrue(reason="writes a row behind the register's back")
def test_it_opens_the_door_until_its_day_and_not_after(
    made: tuple[AccessToken, str],
) -> None:
    token, text = made
    AccessToken.objects.filter(pk=token.pk).update(expires_at=days.now() - timedelta(seconds=1))
    answer = Client(headers={"authorization": f"Bearer {text}"}).get("/api/v1/assets")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'
    assert answer.json()["detail"] == WHY


def test_a_revoked_one_is_over_at_once(made: tuple[AccessToken, str], ana: User) -> None:
    revoke_token(made[0], by=ana)
    assert ask(made[1]) == 401


def test_tom_ends_no_token_but_his_own(ana: User, tom: User, ned: User) -> None:
    def token(user: User) -> AccessToken:
        scopes = ["assets.view_asset"]
        return create_token(user, by=user, name="Mine", scopes=scopes, days_valid=1)[0]

    hers = token(ana)
    with pytest.raises(NotPermitted):
        revoke_token(hers, by=tom)
    hers.refresh_from_db()
    assert hers.revoked_at is None
    revoke_token(token(tom), by=tom)
    revoke_token(token(ned), by=ana)
    assert AccessToken.objects.filter(revoked_at=None).get() == hers


def test_it_ends_with_its_user(made: tuple[AccessToken, str], ana: User, rob: User) -> None:
    deactivate_user(rob, by=ana)
    assert ask(made[1]) == 401


def test_it_never_does_more_than_its_user_does_today(
    made: tuple[AccessToken, str], ana: User, rob: User
) -> None:
    end_membership(rob.memberships.get(), by=ana)
    assert ask(made[1]) == 403


def test_nobody_makes_a_wider_one_than_their_role(tom: User, fay: User, lincoln: School) -> None:
    with pytest.raises(Invalid):
        create_token(tom, by=tom, name="x", scopes=["funding.view_cost"], days_valid=1)
    with pytest.raises(Invalid):
        create_token(tom, by=tom, name="x", scopes=["assets.view_asset"], days_valid=367)
    with pytest.raises(NotPermitted):
        create_token(again(fay), by=tom, name="x", scopes=["assets.view_asset"], days_valid=1)


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer da_x",
        "Basic cm9iOnJvYg==",
        "Bearer da_00000000_x",
        "bearer  ",
        "Bearer " + "x" * 5000,
        "Bearer da_\u00fc_x",
    ],
)
def test_anything_else_in_the_header_is_no_token(header: str, lincoln: School) -> None:
    answer = Client(headers={"authorization": header}).get("/api/v1/assets")
    assert answer.status_code == 401


def test_a_page_loaded_again_makes_no_second_token(
    ana: User, rob: User, client_of: Callable[[User], Client]
) -> None:
    typed = {"name": "Gradebook", "days_valid": "30", "scopes": ["assets.view_asset"]}
    client, address = client_of(ana), f"/users/{rob.pk}/tokens/"
    first = client.post(address, typed).content.decode()
    assert "Copy the token now" in first
    assert "See items" in first, "what it may do is said in words"
    again_ = client.post(address, typed).content.decode()
    assert "There is a token for Gradebook already" in again_
    assert AccessToken.objects.count() == 1
    revoke_token(AccessToken.objects.get(), by=ana)
    assert "Copy the token now" in client.post(address, typed).content.decode()


def test_each_permission_has_words_for_whoever_grants_it() -> None:
    assert set(WORDS) == PERMISSIONS


def test_one_for_a_network_opens_no_door_elsewhere(
    ana: User, rob: User, client_of: Callable[[User], Client]
) -> None:
    typed = {"name": "Gradebook", "days_valid": "30", "scopes": ["assets.view_asset"]}
    client, address = client_of(ana), f"/users/{rob.pk}/tokens/"
    wrong = client.post(address, typed | {"networks": "10.2.0.0/16\n10.300.1.1"})
    assert "10.300.1.1 is no address or network" in wrong.content.decode()
    made = client.post(address, typed | {"networks": "10.2.7.1/16, 2001:db8::/32"})
    page = made.content.decode()
    assert "only from 10.2.0.0/16, 2001:db8::/32" in page
    text = re.search(r"da_[0-9a-f]{8}_[\w-]{43}", page)
    assert text
    api = Client(headers={"authorization": f"Bearer {text[0]}"})
    for inside in ("10.2.200.9", "::ffff:10.2.200.9", "2001:db8::7"):
        assert api.get("/api/v1/assets", REMOTE_ADDR=inside).status_code == 200, inside
    outside = api.get("/api/v1/assets", REMOTE_ADDR="10.3.0.1")
    assert outside.status_code == 403
    assert outside.json()["errors"][0]["code"] == "token-address"
    assert "10.3.0.1" in outside.json()["detail"]
