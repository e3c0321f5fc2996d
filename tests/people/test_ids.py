"""Ids that read alike are two people, or one who must not be made twice: somebody is asked, by
name."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from people.actions import PersonDraft, save_people
from people.models import Person, School, User
from tests.integrations.conftest import look_at, outcomes, why

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
#: An id that is here, and one that reads like it.
ALIKE = [("123", "00123"), ("00123", "123"), ("000123", "0123"), ("0", "000")]
WIDE = ["１２３", "123\u200b", "１23", "٣٢١"]


def somebody(school: School, local_id: str, first: str = "Maria", last: str = "Lopez") -> Person:
    save_people(
        [PersonDraft(local_id=local_id, school=school, first_name=first, last_name=last)], by=SYSTEM
    )
    return Person.objects.get(local_id=local_id)


def typed(school: School, local_id: str, **more: str) -> dict[str, Any]:
    return {
        "kind": "student",
        "local_id": local_id,
        "first_name": "Jamal",
        "last_name": "Reed",
        "school": school.pk,
    } | more


@pytest.mark.parametrize(("there", "entered"), ALIKE)
def test_the_page_asks_and_names_both(
    ana: User, lincoln: School, client_of: Of, there: str, entered: str
) -> None:
    somebody(lincoln, there)
    page = client_of(ana)
    html = page.post("/people/new/", typed(lincoln, entered)).content.decode()
    assert f"{entered} of Jamal Reed looks like the id of Maria Lopez ({there})" in html
    assert 'type="checkbox" name="another"' in html
    assert Person.objects.count() == 1
    page.post("/people/new/", typed(lincoln, entered, another="on"))
    assert set(Person.objects.values_list("local_id", flat=True)) == {there, entered}


@pytest.mark.parametrize(("there", "entered"), ALIKE)
def test_rest_refuses_until_another_is_said(
    rob: User, lincoln: School, api_of: Of, there: str, entered: str
) -> None:
    somebody(lincoln, there)
    api, json = api_of(rob), "application/json"
    body = typed(lincoln, entered)
    answer = api.post("/api/v1/people", body, json)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "local-id-alike")
    assert "Jamal Reed" in answer.content.decode() and "Maria Lopez" in answer.content.decode()
    assert api.post("/api/v1/people/bulk", {"people": [body]}, json).status_code in (404, 409)
    assert Person.objects.count() == 1
    assert api.post("/api/v1/people", body | {"another": True}, json).status_code == 201
    assert Person.objects.get(local_id=there).first_name == "Maria", "nobody was joined"


@pytest.mark.parametrize(("there", "entered"), ALIKE)
def test_an_import_refuses_and_names_both(
    ana: User, lincoln: School, there: str, entered: str
) -> None:
    somebody(lincoln, there)
    text = f"id,first name,last name,school\n{entered},Jamal,Reed,LIN\n{there},Maria,Lopez,LIN\n"
    session = look_at(text, kind="people", by=ana)
    assert outcomes(session) == {"refused": 1, "same": 1}
    assert f"{entered} of Jamal Reed looks like the id of Maria Lopez ({there})" in why(session)


def test_two_spellings_in_one_file_or_request_are_noticed(
    ana: User, rob: User, lincoln: School, api_of: Of
) -> None:
    text = "id,first name,last name,school\n00123,Jamal,Reed,LIN\n123,Maria,Lopez,LIN\n"
    session = look_at(text, kind="people", by=ana)
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert "123 of Maria Lopez looks like 00123 of Jamal Reed in row 2" in why(session)
    people = [
        PersonDraft(local_id=i, school=lincoln, first_name=n)
        for i, n in (("00123", "Jamal"), ("123", "Maria"))
    ]
    with pytest.raises(Exception, match=r"123 of Maria looks like the id of Jamal \(00123\)"):
        save_people(people, by=SYSTEM)


@pytest.mark.parametrize("wide", WIDE)
def test_an_id_of_other_digits_is_written_plainly_or_not_at_all(
    ana: User, rob: User, lincoln: School, client_of: Of, api_of: Of, wide: str
) -> None:
    somebody(lincoln, "123")
    html = client_of(ana).post("/people/new/", typed(lincoln, wide)).content.decode()
    assert Person.objects.count() == 1
    assert "plain digits" in html or "control character" in html
    answer = api_of(rob).post("/api/v1/people", typed(lincoln, wide), "application/json")
    assert answer.status_code in (400, 409)
    session = look_at(f"id,first name,school\n{wide},Jamal,LIN\n", kind="people", by=ana)
    assert "create" not in outcomes(session)
    assert Person.objects.get().first_name == "Maria"


def test_blanks_around_an_id_are_none_of_it(
    ana: User, lincoln: School, client_of: Of, rob: User, api_of: Of
) -> None:
    somebody(lincoln, "123")
    html = client_of(ana).post("/people/new/", typed(lincoln, " 123\u00a0 ")).content.decode()
    assert "Somebody has this id already" in html
    answer = api_of(rob).post("/api/v1/people", typed(lincoln, "123  "), "application/json")
    assert answer.json()["errors"][0]["code"] == "local-id-taken"
    session = look_at("id,first name,school\n123 \u00a0,Maria,LIN\n", kind="people", by=ana)
    assert outcomes(session) == {"same": 1}


def test_who_is_corrected_to_a_similar_id_is_asked_too(
    ana: User, lincoln: School, client_of: Of
) -> None:
    somebody(lincoln, "123")
    jamal = somebody(lincoln, "777", "Jamal", "Reed")
    html = client_of(ana).post(f"/people/{jamal.pk}/edit/", typed(lincoln, "0123")).content.decode()
    assert "0123 of Jamal Reed looks like the id of Maria Lopez (123)" in html
    assert Person.objects.get(pk=jamal.pk).local_id == "777"


def test_tom_is_not_told_who_has_the_similar_id_elsewhere(
    rob: User, tom: User, lincoln: School, washington: School
) -> None:
    from people.rules.ids import Entered, id_problems

    somebody(washington, "123")
    (problem,) = id_problems([Entered("00123", "Jamal Reed", "local_id")], tom)
    assert "somebody of another school" in str(problem.message)
    assert "Maria" not in str(problem.message)
