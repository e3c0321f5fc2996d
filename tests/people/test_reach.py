"""How far a role reaches: what concerns everybody is nobody's at one school."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from core.problems import NotPermitted, Refused
from people import actions
from people.models import AccessToken, Membership, OneTimeLink, School, User
from people.roles import Role
from tests.cast import again, make_user

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


@pytest.fixture
def eve(lincoln: School) -> User:
    """Administrator at one school, as an older release could make one."""
    return make_user("Eve", Role.ADMINISTRATOR, lincoln)


def test_an_administrator_of_one_school_takes_over_nobody(
    eve: User, ana: User, vic: User, client_of: Of
) -> None:
    for act in (
        lambda: actions.send_reset(ana, by=eve),
        lambda: actions.deactivate_user(ana, by=eve),
        lambda: actions.end_membership(ana.memberships.get(), by=eve),
        lambda: actions.add_membership(vic, by=eve, role=Role.ADMINISTRATOR),
        lambda: actions.invite_user("e@x.example", "E", by=eve, role=Role.FINANCE),
        lambda: actions.create_service_account("Sync", by=eve),
    ):
        with pytest.raises(NotPermitted):
            act()
    browser = client_of(eve)
    for page in ("/users/", "/settings/", "/settings/words/", f"/users/{ana.pk}/"):
        assert browser.get(page).status_code == 403, page
    assert not OneTimeLink.objects.exists()
    assert browser.get("/assets/").status_code == 200, "at their school they do their work"


def test_administrators_are_made_for_the_whole_district_and_roles_for_their_kind(
    ana: User, vic: User, rob: User, lincoln: School
) -> None:
    before = Membership.objects.count()
    for user, role, school in (
        (vic, Role.ADMINISTRATOR, lincoln),
        (vic, Role.SERVICE, None),
        (rob, Role.ADMINISTRATOR, None),
    ):
        with pytest.raises(Refused):
            actions.add_membership(user, by=ana, role=role, school=school)
    assert Membership.objects.count() == before


def test_no_reset_link_opens_a_service_account_or_a_deactivated_one(
    ana: User, rob: User, vic: User, client_of: Of
) -> None:
    actions.deactivate_user(vic, by=ana)
    for user in (rob, vic):
        assert client_of(ana).post(f"/users/{user.pk}/reset/").status_code == 409
    assert not OneTimeLink.objects.exists()


def test_ana_makes_a_service_account_that_sees_one_school(
    ana: User, lincoln: School, washington: School, client_of: Of
) -> None:
    browser = client_of(ana)
    form = {"name": "Label printer", "role": "technician", "school": lincoln.pk}
    page = browser.post("/users/service-account/", form)["Location"]
    robot = User.objects.get(kind=User.Kind.SERVICE)
    assert page == f"/users/{robot.pk}/"
    scopes = {"name": "t", "days_valid": 9, "scopes": ["people.view_school"]}
    text = browser.post(f"{page}tokens/", scopes).context["text"]
    api = Client(headers={"authorization": f"Bearer {text}"})
    assert [s["code"] for s in api.get("/api/v1/schools").json()["results"]] == ["LIN"]
    assert api.get(f"/api/v1/schools/{washington.pk}").status_code == 404
    assert AccessToken.objects.get().user == robot


@pytest.mark.untrue(reason="writes a row behind the register's back")
def test_the_last_administrator_stays_when_the_others_time_is_over(ana: User) -> None:
    other = make_user("Olga", Role.ADMINISTRATOR)
    Membership.objects.filter(user=other).update(ends_on=date(2021, 1, 1))
    with pytest.raises(Refused):
        actions.end_membership(ana.memberships.get(), by=ana)
    third = make_user("Uma", Role.ADMINISTRATOR)
    actions.end_membership(ana.memberships.get(), by=third)
    assert not again(ana).has_perm("people.change_user")
