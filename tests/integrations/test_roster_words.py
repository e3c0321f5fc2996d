"""Nothing about a person is guessed: roles and states are words of a closed list, or asked for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.test import Client
from django.urls import reverse

from integrations.models import ImportSession
from people.actions import PersonDraft, save_people
from people.models import Person, School, User
from tests.integrations.bringing import (
    Bring,
    apply_on_page,
    bring,
    by_command,
    by_page,
    odd,
    settle,
)
from tests.integrations.conftest import bring as bring_text
from tests.integrations.conftest import look_at, outcomes

pytestmark = pytest.mark.django_db
__all__ = ["bring"]


def kinds() -> dict[str, str]:
    return dict(Person.objects.values_list("local_id", "kind"))


def active() -> dict[str, bool]:
    return dict(Person.objects.values_list("local_id", "active"))


def test_a_heading_that_mentions_a_teacher_makes_nobody_staff(
    lincoln: School, bring: Bring
) -> None:
    bring("people", odd("p1_homeroom_teacher"), apply=True)
    assert kinds() == {"990101": "student", "990102": "student"}


def test_rows_are_staff_where_the_person_at_the_import_says_so(
    lincoln: School, bring: Bring
) -> None:
    bring("people", odd("p1_homeroom_teacher"), people="staff", apply=True)
    assert kinds() == {"990101": "staff", "990102": "staff"}


def test_what_is_said_of_all_rows_goes_before_the_column(lincoln: School, ana: User) -> None:
    session = look_at("id,role\n1,teacher\n2,wizard\n", kind="people", by=ana, people="student")
    assert outcomes(session) == {"create": 2}
    assert session.unknown == {}
    assert {r.number for r in session.rows.all()} == {2, 3}


def test_the_page_says_that_new_people_are_students_where_no_column_says_it(
    lincoln: School, ana: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(ana)
    page = client.get(reverse("import", args=[look_at("id\n1\n", kind="people", by=ana).pk]))
    assert "No column says who is a student" in page.content.decode()
    for said in (
        look_at("id,role\n1,pupil\n", kind="people", by=ana),
        look_at("id\n1\n", kind="people", by=ana, people="staff"),
    ):
        page = client.get(reverse("import", args=[said.pk]))
        assert "No column says who is a student" not in page.content.decode()


def test_only_active_is_active_and_other_words_are_asked_for(lincoln: School, bring: Bring) -> None:
    session = bring("people", odd("p3_status"), apply=True)
    there = active()
    assert [key for key, on in there.items() if on] == ["990300"]
    assert set(session.unknown["status"]) == {"I", "Suspended", "N", "f"}
    assert there.keys() == {f"99030{n}" for n in range(7) if n != 5}
    assert outcomes(session) == {"create": 6, "refused": 4}


def test_words_that_ana_mapped_are_remembered_for_the_next_file_of_the_source(
    lincoln: School, ana: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(ana)
    session = by_page(client, "people", odd("p3_status"), source="SIS")
    session = settle(client, session, {"I": "it is Inactive", "N": "it is Inactive"})
    assert session.unknown == {}, "the page proposed what Suspended and f may mean"
    apply_on_page(client, session)
    assert [key for key, on in active().items() if on] == ["990300"]
    again = look_at("id,status\n990305,i\n990301,Active\n", kind="people", by=ana, name="SIS.csv")
    assert outcomes(again) == {"same": 1, "update": 1}
    assert again.words["status"]["i"]["how"] == "remembered"
    page = client.get(reverse("import", args=[again.pk])).content.decode()
    assert "i → Inactive" in page
    assert "remembered for this source" in page
    other = look_at("id,status\n990305,i\n", kind="people", by=ana, name="other.csv")
    assert outcomes(other) == {"refused": 1}, "another source may mean something else"


def test_a_word_can_be_forgotten_and_is_asked_for_again(
    lincoln: School, ana: User, client_of: Callable[[User], Client]
) -> None:
    client, text = client_of(ana), "id,status\n1,I\n"
    settle(client, look_at(text, kind="people", by=ana), {"I": "it is Inactive"})
    session = look_at(text, kind="people", by=ana)
    assert outcomes(session) == {"create": 1}
    settle(client, session, {"I": "forget it: ask again"})
    assert outcomes(session) == {"refused": 1}
    assert outcomes(look_at(text, kind="people", by=ana)) == {"refused": 1}


def test_who_left_does_not_come_back_by_a_word(lincoln: School, bring: Bring) -> None:
    bring("people", odd("p8_left"), apply=True)
    assert active() == {"990801": False}
    session = bring("people", odd("p8b_left_again"), apply=True)
    assert outcomes(session) == {"same": 1}
    assert active() == {"990801": False}


def test_an_unknown_word_changes_nobody(lincoln: School, ana: User) -> None:
    draft = PersonDraft(local_id="7", school=lincoln, kind="staff", active=False)
    save_people([draft], by=ana)
    session = bring_text("id,role,status\n7,wizard,moonlighting\n", kind="people", by=ana)
    assert outcomes(session) == {"refused": 1}
    person = Person.objects.get(local_id="7")
    assert (person.kind, person.active, person.version) == ("staff", False, 1)


def test_one_roster_enabled_users_who_are_to_be_deleted_are_not_active(
    lincoln: School, ana: User
) -> None:
    bring_text(
        "sourcedId,status,enabledUser,role\n"
        "a,active,true,student\nb,tobedeleted,true,student\nc,active,false,teacher\n"
        "d,,TRUE,districtAdministrator\ne,active,true,guardian\n",
        kind="people",
        by=ana,
    )
    assert active() == {"a": True, "b": False, "c": False, "d": True}
    assert kinds() == {"a": "student", "b": "student", "c": "staff", "d": "staff"}
    left_out = ImportSession.objects.latest("pk").rows.get(outcome="refused")
    assert left_out.problems == [["kind", "Left out: neither a student nor staff."]]


def test_a_word_is_mapped_on_the_command_line(lincoln: School, tmp_path: Path) -> None:
    path = tmp_path / "sis.csv"
    path.write_text("id,status\n1,W\n2,w.\n")
    said = {"school": "LIN", "word": ["status:w=inactive"], "apply": True}
    assert outcomes(by_command("people", path, **said)) == {"create": 2}
    assert active() == {"1": False, "2": False}
    path.write_text("id,status\n3,W\n")
    assert outcomes(by_command("people", path, school="LIN")) == {"create": 1}, "remembered"
    with pytest.raises(CommandError, match="FIELD:WORD=CHOICE"):
        by_command("people", path, word=["office:LIN=1"])
