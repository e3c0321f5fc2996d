"""Giving roles: nobody becomes administrator by pressing a button too early."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from core.time import days
from people.models import Membership, School, User
from tests.cast import again

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


def test_a_form_sent_as_it_came_gives_no_role_and_invites_nobody(
    ana: User, vic: User, client_of: Of
) -> None:
    before = Membership.objects.count()
    client_of(ana).post(f"/users/{vic.pk}/", {"role": "", "school": ""})
    client_of(ana).post("/users/invite/", {"name": "X", "email": "x@example.org", "role": ""})
    assert Membership.objects.count() == before
    assert not User.objects.filter(email="x@example.org").exists()


def test_ana_gives_vic_a_second_role_and_takes_it_away(
    ana: User, vic: User, washington: School, client_of: Of
) -> None:
    client_of(ana).post(f"/users/{vic.pk}/", {"role": "technician", "school": washington.pk})
    assert again(vic).has_perm("assets.assign_asset")
    page = client_of(ana).get("/users/").content.decode()
    assert "Technician · Washington Elementary" in page
    given = Membership.objects.get(user=vic, school=washington)
    client_of(ana).post(f"/memberships/{given.pk}/end/")
    assert not again(vic).has_perm("assets.assign_asset")


def test_nobody_raises_themselves_and_the_last_administrator_stays(
    ana: User, client_of: Of
) -> None:
    own = client_of(ana).post(f"/users/{ana.pk}/", {"role": "finance"}).content.decode()
    assert "Somebody else changes your own roles." in own
    last = ana.memberships.get()
    assert client_of(ana).post(f"/memberships/{last.pk}/end/").status_code == 409
    assert client_of(ana).post(f"/users/{ana.pk}/deactivate/").status_code == 409
    assert again(ana).has_perm("people.change_user")


def test_a_role_that_ended_is_not_shown_as_standing(
    ana: User, vic: User, washington: School, client_of: Of
) -> None:
    client_of(ana).post(f"/users/{vic.pk}/", {"role": "technician", "school": washington.pk})
    given = Membership.objects.get(user=vic, school=washington)
    client_of(ana).post(f"/memberships/{given.pk}/end/")
    standing = "Technician · Washington Elementary"
    assert standing not in client_of(ana).get("/users/").content.decode()
    assert standing not in client_of(again(vic)).get("/account/").content.decode()
    page = client_of(ana).get(f"/users/{vic.pk}/").content.decode()
    assert "Washington Elementary" in page, "its history stays"


def test_a_role_with_a_last_day_can_end_before_it(
    ana: User, vic: User, washington: School, client_of: Of
) -> None:
    last = (days.today() + timedelta(days=30)).isoformat()
    client_of(ana).post(
        f"/users/{vic.pk}/", {"role": "technician", "school": washington.pk, "ends_on": last}
    )
    given = Membership.objects.get(user=vic, school=washington)
    end = f"/memberships/{given.pk}/end/"
    assert end in client_of(ana).get(f"/users/{vic.pk}/").content.decode()
    client_of(ana).post(end)
    assert end not in client_of(ana).get(f"/users/{vic.pk}/").content.decode()


def test_who_was_deactivated_by_mistake_is_activated_again(
    ana: User, vic: User, client_of: Of
) -> None:
    client_of(ana).post(f"/users/{vic.pk}/deactivate/")
    assert not again(vic).is_active
    assert "Activate again" in client_of(ana).get(f"/users/{vic.pk}/").content.decode()
    client_of(ana).post(f"/users/{vic.pk}/activate/")
    assert again(vic).is_active
    assert again(vic).has_perm("assets.view_asset")
