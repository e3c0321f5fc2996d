"""A password that is set ends every link that could set another one."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.access import SYSTEM
from core.problems import Invalid
from people.actions.accounts import invite_user, make_link, send_reset, set_password
from people.actions.first_run import first_link, set_up_district
from people.models import OneTimeLink, User
from people.roles import Role
from tests.people.test_account_refusals import HERE, WHO
from tests.people.test_one_time import NEW, race

INVITATION, RESET = OneTimeLink.Purpose.INVITATION, OneTimeLink.Purpose.RESET
OTHER = {"password": "four loud geese walk"}
GONE = "used up, expired or unknown"


def is_gone(link: str) -> bool:
    """Whoever found it gets nowhere with it."""
    said = [Client().get(f"/link/{link}/"), Client().post(f"/link/{link}/", OTHER)]
    return all(a.status_code == 400 and GONE in a.content.decode() for a in said)


@pytest.mark.django_db
def test_an_invitation_that_was_never_opened_ends_when_a_reset_was_used(ana: User) -> None:
    tess, invitation = invite_user("tess@example.org", "Tess", by=ana, role=Role.TECHNICIAN)
    reset = send_reset(tess, by=ana)
    assert is_gone(invitation), "one link of a user works, the last one that was made"
    assert Client().post(f"/link/{reset}/", NEW).status_code == 302
    assert is_gone(invitation) and is_gone(reset)
    tess.refresh_from_db()
    assert tess.check_password(NEW["password"])


@pytest.mark.django_db
def test_a_reset_ends_when_vic_changes_the_password_himself(
    ana: User, vic: User, client_of: Callable[[User | None], Client]
) -> None:
    reset = send_reset(vic, by=ana)
    typed = {"old": "a long pass phrase", **NEW}
    assert client_of(vic).post("/account/", typed).status_code == 302
    assert is_gone(reset)
    vic.refresh_from_db()
    assert vic.check_password(NEW["password"])


@pytest.mark.django_db
def test_a_link_goes_on_where_the_password_was_not_set(ana: User, vic: User, tom: User) -> None:
    mine, toms = send_reset(vic, by=ana), send_reset(tom, by=ana)
    with pytest.raises(Invalid):
        set_password(vic, by=vic, old="guessed wrongly", new=NEW["password"])
    assert "at least 12" in Client().post(f"/link/{mine}/", {"password": "x"}).content.decode()
    assert Client().post(f"/link/{mine}/", NEW).status_code == 302
    assert Client().post(f"/link/{toms}/", NEW).status_code == 302, "another's link is another's"


@pytest.mark.django_db
def test_a_second_first_run_link_ends_when_the_district_is_set_up() -> None:
    link = first_link()
    assert link
    OneTimeLink.objects.create(
        purpose=OneTimeLink.Purpose.FIRST_ADMINISTRATOR,
        token_hash="of a program that started at the same moment",
        expires_at=OneTimeLink.objects.get().expires_at,
    )
    set_up_district(link, district=HERE, **WHO)
    assert not OneTimeLink.objects.filter(used_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_links_of_one_user_used_at_once_one_sets_the_password(vic: User) -> None:
    made = [make_link(RESET, vic, by=SYSTEM), make_link(INVITATION, vic, by=SYSTEM)]
    OneTimeLink.objects.update(used_at=None)  # as links were before each ended the other

    def post(link: str) -> Callable[[Client], int]:
        return lambda client: client.post(f"/link/{link}/", NEW).status_code

    ends = race([post(link) for link in made])
    assert ends[302] == 1, ends
    assert not [status for status in ends if status >= 500]
