"""Giving roles: nobody becomes administrator by pressing a button too early."""

from collections.abc import Callable

import pytest
from django.test import Client

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
