"""Ana looks after accounts, roles and tokens, and is told what cannot be."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from core.access import SYSTEM
from core.models import District, Entry
from core.problems import Invalid, Refused
from core.time import days
from people.actions import (
    add_membership,
    create_token,
    deactivate_user,
    first_link,
    set_up_district,
)
from people.models import OneTimeLink, School, User
from people.roles import Role
from tests.cast import make_user
from tests.refusing import page_says, refusal

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


def test_an_address_that_a_user_has(ana: User, vic: User, client_of: Of) -> None:
    said = "There is a user with this address already: give them a role on their page"
    typed = {"name": "Vic", "email": "VIC@example.org", "role": Role.VIEWER}
    page_says(client_of(ana), "/users/invite/", typed, "email-taken", said)
    client = client_of(ana)
    client.post("/users/service-account/", {"name": "Help desk", "role": Role.SERVICE})
    said = "There is a service account of this name already"
    typed = {"name": "help desk", "role": Role.SERVICE}
    page_says(client, "/users/service-account/", typed, "email-taken", said)


def test_a_service_account_has_no_password(ana: User, rob: User, client_of: Of) -> None:
    said = "A service account has tokens, no password"
    page_says(client_of(ana), f"/users/{rob.pk}/reset/", {}, "no-password", said, status=409)


def test_nothing_opens_a_deactivated_account(
    ana: User, vic: User, rob: User, client_of: Of
) -> None:
    for user in (vic, rob):
        deactivate_user(user, by=ana)
    said = "This account is deactivated: activate it first"
    page_says(client_of(ana), f"/users/{vic.pk}/reset/", {}, "deactivated", said, status=409)
    with refusal("deactivated"), pytest.raises(Refused, match=said):
        create_token(rob, by=ana, name="Sync", scopes=["people.view_school"], days_valid=30)


def test_ana_does_not_change_her_own_roles(ana: User, client_of: Of) -> None:
    client = client_of(ana)
    said = "Somebody else changes your own roles"
    page_says(client, f"/users/{ana.pk}/", {"role": Role.FINANCE}, "yourself", said)
    said = "Somebody else must deactivate you"
    page_says(client, f"/users/{ana.pk}/deactivate/", {}, "yourself", said, status=409)


def test_nobody_is_administrator_of_one_school(
    ana: User, vic: User, lincoln: School, client_of: Of
) -> None:
    typed = {"role": Role.ADMINISTRATOR, "school": lincoln.pk}
    said = "one for the whole district; leave the school empty"
    page_says(client_of(ana), f"/users/{vic.pk}/", typed, "administrator-everywhere", said)


def test_the_last_administrator_stays(ana: User, client_of: Of) -> None:
    said = "Somebody must stay administrator: give another person the role first"
    path = f"/memberships/{ana.memberships.get().pk}/end/"
    page_says(client_of(ana), path, {}, "last-administrator", said, status=409)
    with refusal("last-administrator"), pytest.raises(Refused, match=said):
        deactivate_user(ana, by=SYSTEM)
    other = make_user("Olga", Role.ADMINISTRATOR)
    deactivate_user(other, by=ana)
    page_says(client_of(ana), path, {}, "last-administrator", said, status=409)


@pytest.mark.parametrize("days_valid", [0, 367])
def test_a_token_is_valid_for_a_year_at_most(days_valid: int, ana: User, client_of: Of) -> None:
    typed = {"name": "Sync", "days_valid": str(days_valid), "scopes": ["people.view_school"]}
    page = client_of(ana).post("/tokens/", typed).content.decode()
    assert "Ensure this value is" in page
    with refusal("days"), pytest.raises(Invalid, match="valid for 1 to 366 days"):
        create_token(ana, by=ana, name="Sync", scopes=["people.view_school"], days_valid=days_valid)


def test_a_token_that_says_nothing_or_too_much(lincoln: School, client_of: Of) -> None:
    tom = make_user("Tom", Role.TECHNICIAN, lincoln)
    good = {"name": "Sync", "scopes": ["people.view_school"], "days_valid": 30}
    for wrong, code, said in (
        ({"name": " "}, "name", "Say what the token is for"),
        ({"scopes": []}, "scopes", "Choose permissions that the account has"),
        ({"scopes": ["people.change_user"]}, "scopes", "Not among them: people.change_user"),
    ):
        with refusal(code), pytest.raises(Invalid, match=said):
            create_token(tom, by=tom, **(good | wrong))  # type: ignore[arg-type]
    said = "somewhere is no address or network: write 10.2.3.4 or 10.2.0.0/16"
    typed = good | {"networks": "somewhere"}
    page_says(client_of(tom), "/tokens/", typed, "networks", said)


def test_a_second_token_of_one_name(ana: User, client_of: Of) -> None:
    client = client_of(ana)
    typed = {"name": "Sync", "days_valid": "30", "scopes": ["people.view_school"]}
    client.post("/tokens/", typed)
    said = "There is a token for sync already, which is shown only once. Revoke it first"
    page_says(client, "/tokens/", typed | {"name": "sync"}, "token-name", said)


@pytest.fixture
def link(db: None) -> str:
    """What the first administrator was handed."""
    link = first_link()
    assert link
    return link


WHO = {"name": "Ana", "email": "ana@example.org", "password": "a long pass phrase"}
HERE = {"name": "Riverbend", "time_zone": "America/Chicago", "public_address": "http://testserver"}


def test_a_district_has_a_time_zone_of_this_world(link: str, client: Client) -> None:
    typed = HERE | WHO | {"your_name": "Ana", "time_zone": "Mars/Olympus"}
    page = client.post(f"/first-run/{link}/", typed)
    assert page.status_code == 200 and "not one of the available choices" in page.content.decode()
    with refusal("time-zone"), pytest.raises(Invalid, match="Choose a time zone"):
        set_up_district(link, district=HERE | {"time_zone": "Mars/Olympus"}, **WHO)
    assert not District.objects.exists()
    assert OneTimeLink.objects.get().used_at is None, "the link still works"


def test_a_district_begins_its_tags_so_that_they_are_some(link: str) -> None:
    with refusal("code-marked"), pytest.raises(Refused, match="leave out the sign before it"):
        set_up_district(link, district=HERE | {"tag_prefix": "'"}, **WHO)
    assert OneTimeLink.objects.get().used_at is None, "the link still works"


def test_a_district_is_set_up_once(link: str, district: District) -> None:
    with refusal("set-up"), pytest.raises(Refused, match="is set up already"):
        set_up_district(link, district=HERE, **WHO)
    assert not User.objects.exists()
    assert OneTimeLink.objects.get().used_at is None


def test_access_to_an_award_ends_on_a_day_to_come(
    ana: User, vic: User, arp: object, client_of: Of
) -> None:
    typed = {"award": getattr(arp, "pk", 0), "ends_on": date(2024, 1, 1)}
    page_says(client_of(ana), f"/users/{vic.pk}/award/", typed, "date", "This day is over")
    typed = {"award": getattr(arp, "pk", 0)}
    page_says(
        client_of(ana), f"/users/{ana.pk}/award/", typed, "yourself", "changes your own roles"
    )


def test_the_district_has_an_administrator_tomorrow_too(
    ana: User, vic: User, client_of: Of
) -> None:
    for until, asked in ((days.today(), 409), (None, 302)):
        bea = make_user(f"Bea {asked}", None)
        add_membership(bea, by=ana, role=Role.ADMINISTRATOR, ends_on=until)
        path = f"/memberships/{ana.memberships.get().pk}/end/"
        assert client_of(bea).post(path).status_code == asked
    assert vic.is_active


def test_a_role_does_not_end_before_it_begins(ana: User, vic: User, client_of: Of) -> None:
    typed = {"role": Role.VIEWER, "ends_on": "2020-01-01"}
    page_says(client_of(ana), f"/users/{vic.pk}/", typed, "date", "This day is over")


def test_what_ended_stays_ended_when_it_did(ana: User, vic: User, client_of: Of) -> None:
    membership = vic.memberships.get()
    client, path = client_of(ana), f"/memberships/{membership.pk}/end/"
    client.post(path)
    membership.refresh_from_db()
    entries, day = Entry.objects.count(), membership.ends_on
    with time_machine.travel(days.now() + timedelta(days=40), tick=True):
        client_of(ana).post(path)
    membership.refresh_from_db()
    assert (membership.ends_on, Entry.objects.count()) == (day, entries)
