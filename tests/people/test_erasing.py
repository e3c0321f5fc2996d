"""Forgetting somebody: who may, what keeps them and until when, and what goes with them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from core.models import Entry
from core.problems import Refused
from core.time import days
from people.actions import change_person, erase_person, merge_people, save_people, unmerge_people
from people.actions.accounts import make_link
from people.actions.roster import PersonDraft
from people.models import AccessToken, OneTimeLink, Person, School, User
from tests.factories import make_student
from tests.forms import sent

pytestmark = pytest.mark.django_db
Browser = Callable[[User | None], Client]
WHY = {"reason": "Left the district, asked for it."}


def codes(person: Person, by: Any = SYSTEM, reason: str = "Asked for.") -> list[str]:
    with pytest.raises(Refused) as refused:
        erase_person(person, by=by, reason=reason)
    person.refresh_from_db()
    assert person.erased_at is None and person.last_name, "nothing was written"
    return [p.code for p in refused.value.problems]


# Who may


@pytest.mark.parametrize("who", ["tom", "fay", "vic", "rob"])
def test_nobody_but_an_administrator_of_the_district_erases(
    who: str, cast: dict[str, User | None], maria: Person, client_of: Browser
) -> None:
    client = client_of(cast[who])
    assert client.post(f"/people/{maria.pk}/erase/", WHY).status_code == 403
    maria.refresh_from_db()
    assert maria.last_name == "Lopez" and not maria.erased_at
    assert "Erase" not in client.get(f"/people/{maria.pk}/").content.decode()


def test_ned_of_another_school_does_not_learn_that_she_is_there(
    ned: User, ada: User, maria: Person, client_of: Browser
) -> None:
    for user in (ned, ada):
        assert client_of(user).get(f"/people/{maria.pk}/erase/").status_code == 404


def test_an_administrator_of_one_school_may_not(
    lincoln: School, maria: Person, client_of: Browser
) -> None:
    from tests.cast import make_user

    dora = make_user("Dora", "administrator", lincoln)
    assert client_of(dora).post(f"/people/{maria.pk}/erase/", WHY).status_code == 403


# The page


def test_ana_sees_what_would_go_and_then_it_is_gone(
    ana: User, maria: Person, client_of: Browser
) -> None:
    client, page = client_of(ana), f"/people/{maria.pk}/erase/"
    shown = client.get(page).content.decode()
    for value in (maria.local_id, "Maria", "Lopez", "7"):
        assert f"<dd>{value}</dd>" in shown
    assert "This cannot be undone" in shown and not Entry.objects.filter(kind="person.erased")
    seen = sent(shown, page, "seen")
    client.post(page, seen | WHY)
    maria.refresh_from_db()
    assert [maria.local_id, maria.first_name, maria.last_name, maria.email, maria.grade] == [""] * 5
    assert not maria.salt and not maria.active and maria.erased_at and maria.name == "P-ERASED"
    after = client.get(f"/people/{maria.pk}/").content.decode()
    assert "They were erased on" in after and "Lopez" not in after
    again = client.post(page, seen | WHY).content.decode()
    assert "They were erased. Nothing more" in again


def test_a_reason_is_asked_for_and_may_not_name_them(ana: User, maria: Person) -> None:
    assert codes(maria, ana, reason=" ") == ["reason-missing"]
    assert codes(maria, ana, reason="Mother of lopez called") == ["reason-names-them"]
    assert codes(maria, ana, reason=f"see {maria.local_id}") == ["reason-names-them"]


def test_somebody_changed_her_meanwhile(ana: User, maria: Person, client_of: Browser) -> None:
    client, page = client_of(ana), f"/people/{maria.pk}/erase/"
    seen = sent(client.get(page).content.decode(), page, "seen")
    change_person(maria, by=SYSTEM, grade="8")
    assert "Somebody changed it since" in client.post(page, seen | WHY).content.decode()
    assert not Person.objects.get(pk=maria.pk).erased_at


def test_who_was_merged_into_her_meanwhile_was_not_looked_at(
    ana: User, lincoln: School, maria: Person, client_of: Browser
) -> None:
    client, page = client_of(ana), f"/people/{maria.pk}/erase/"
    seen = sent(client.get(page).content.decode(), page, "seen")
    other = make_student(school=lincoln, first="Mary", last="Lopes")
    merge_people(other, into=maria, by=SYSTEM, reason="Enrolled twice, it seemed")
    for asked in (seen, {}):
        told = client.post(page, asked | WHY).content.decode()
        assert "Somebody changed it since" in told
        assert not Person.objects.exclude(erased_at=None).exists()
    assert "<dd>Lopes</dd>" in told, "now they are shown"
    client.post(page, sent(told, page, "seen") | WHY)
    assert Person.objects.exclude(erased_at=None).count() == 2


# What goes with them


@pytest.mark.untrue(reason="writes a row behind the register's back")
def test_her_account_is_cut_off_once_it_is_deactivated(
    ana: User, vic: User, maria: Person, client_of: Browser
) -> None:
    User.objects.filter(pk=vic.pk).update(person=maria)
    vic.refresh_from_db()
    assert codes(maria, ana) == ["signs-in"]
    make_link(OneTimeLink.Purpose.RESET, vic, by=SYSTEM)
    AccessToken.objects.create(
        user=vic,
        name="t",
        prefix="abcd9999",
        token_hash="x" * 64,
        created_at=days.now(),
        expires_at=days.now() + timedelta(days=1),
        scopes=[],
    )
    User.objects.filter(pk=vic.pk).update(is_active=False)
    shown = client_of(ana).get(f"/people/{maria.pk}/erase/").content.decode()
    assert "The user Vic is cut off" in shown
    erase_person(maria, by=ana, reason="Asked for.")
    vic.refresh_from_db()
    assert vic.person is None and vic.name == "Vic", "who did what stays answerable"
    assert not OneTimeLink.objects.filter(user=vic).exists()
    assert not AccessToken.objects.filter(user=vic, revoked_at=None).exists()
    assert Entry.objects.filter(kind="user.person_erased", subject_id=vic.pk).exists()


def test_all_rows_that_were_hers_go(ana: User, maria: Person) -> None:
    twice = make_student(school=maria.school, first="Mary", last="Lopes")
    merge_people(twice, into=maria, by=SYSTEM, reason="Enrolled twice")
    assert codes(twice, ana) == ["merged"], "the row that stays is erased, with it this one"
    erase_person(maria, by=ana, reason="Asked for.")
    twice.refresh_from_db()
    assert twice.erased_at and not twice.last_name and not twice.salt


def test_nothing_becomes_of_who_was_erased(ana: User, maria: Person, jamal: Person) -> None:
    twice = make_student(school=maria.school, first="Mary", last="Lopes")
    merge_people(twice, into=maria, by=SYSTEM, reason="Enrolled twice")
    erase_person(maria, by=ana, reason="Asked for.")
    for act in (
        lambda: change_person(maria, by=ana, last_name="Lopez"),
        lambda: merge_people(jamal, into=maria, by=ana, reason="x"),
        lambda: unmerge_people(twice, by=ana, reason="x"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.problems[0].code == "erased"
    save_people([PersonDraft(local_id="S99", school=maria.school, last_name="New")], by=SYSTEM)
    assert Person.objects.get(local_id="S99").pk != maria.pk
