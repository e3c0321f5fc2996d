"""Whoever sends a roster is asked what a person at an import is asked: whether an id is still the
same person's, and whose an e-mail is. Each row says what to do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.actions import assign_asset
from core.access import SYSTEM
from people.actions import change_person, merge_people
from people.models import Person, School, User
from tests.api.test_strict import Api, post
from tests.factories import make_asset, make_student
from tests.integrations.conftest import look_at, outcomes
from tests.refusing import page_says, rest_says

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
MAIL = "maria@example.org"


def row(person: Person, **more: Any) -> dict[str, Any]:
    """Somebody as a roster has them, who is here so."""
    names = ("kind", "local_id", "first_name", "last_name", "email", "grade")
    return {n: getattr(person, n) for n in names} | {"school": person.school_id} | more


def new(school: School, local_id: str = "S-NEW", **more: Any) -> dict[str, Any]:
    said = {"kind": "student", "local_id": local_id, "first_name": "Ruth", "last_name": "Diaz"}
    return said | {"school": school.pk} | more


@pytest.fixture
def maria(lincoln: School) -> Person:
    """She has a laptop, and an e-mail."""
    found = change_person(make_student(school=lincoln), by=SYSTEM, email=MAIL)
    assign_asset(make_asset(school=lincoln), to=found, by=SYSTEM)
    return found


def bulk(api: Client, *rows: dict[str, Any]) -> Any:
    return post(api, "people/bulk", {"people": list(rows)})


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        (
            {"first_name": "Bo", "last_name": "Ngo"},
            "name-differs",
            "is Maria Lopez here and Bo Ngo",
        ),
        ({"kind": "staff"}, "role-differs", "Maria Lopez (Student) here and Maria Lopez (Staff)"),
        (
            {"last_name": "Ngo", "grade": "2", "email": "n@example.org"},
            "name-differs",
            "(grade 7, maria@example.org) here and Maria Ngo (grade 2, n@example.org)",
        ),
    ],
)
def test_an_id_that_may_be_somebody_else_s_by_now_is_asked(
    maria: Person, jamal: Person, rob: User, api_of: Of, said: Any, code: str, words: str
) -> None:
    api, changed = api_of(rob), row(maria) | said
    at = "/people/1/local_id"
    what = "change the id of who had it first"
    rest_says(api, "people/bulk", {"people": [row(jamal), changed]}, code, words, what, pointer=at)
    assert bulk(api, row(jamal), changed | {"same": True}).json()["changed"] == 1
    here = Person.objects.get(pk=maria.pk)
    assert {name: getattr(here, name) for name in said} == said


def test_what_the_sentence_says_is_done_so(maria: Person, rob: User, api_of: Of) -> None:
    """The id was given to somebody else: she gets another, and keeps her laptop."""
    api, url = api_of(rob), f"/api/v1/people/{maria.pk}"
    sent = row(maria, first_name="Bo", last_name="Ngo", email="")
    assert bulk(api, sent).status_code == 409
    etag = {"if-match": api.get(url)["ETag"]}
    moved = api.patch(url, {"local_id": "OLD-1"}, "application/json", headers=etag)
    assert moved.status_code == 200
    assert bulk(api, sent).json()["created"] == 1
    assert Person.objects.get(local_id=sent["local_id"]).pk != maria.pk
    assert Person.objects.get(pk=maria.pk).assets_held.count() == 1


def test_an_e_mail_is_one_person_s_at_every_door(
    maria: Person, jamal: Person, lincoln: School, rob: User, ana: User, api_of: Of, client_of: Of
) -> None:
    api, page, said = api_of(rob), client_of(ana), f"the e-mail of Maria Lopez ({maria.local_id})"
    for rows, at in (
        ([row(jamal, email=MAIL.upper())], "/people/0/email"),
        ([row(maria), new(lincoln, email=MAIL)], "/people/1/email"),
    ):
        rest_says(api, "people/bulk", {"people": rows}, "email-taken", said, pointer=at)
    two = [new(lincoln, "S-1", email="x@example.org"), new(lincoln, "S-2", email="x@example.org")]
    what = "of Ruth Diaz (S-1). Where they are one, use that id, or leave the e-mail out"
    rest_says(api, "people/bulk", {"people": two}, "email-taken", what, pointer="/people/1/email")
    rest_says(api, "people", new(lincoln, email=MAIL), "email-taken", said, pointer="/email")
    url = f"people/{jamal.pk}"
    etag = api.get(f"/api/v1/{url}")["ETag"]
    rest_says(
        api,
        url,
        {"email": MAIL},
        "email-taken",
        said,
        pointer="/email",
        method="PATCH",
        **{"if-match": etag},
    )
    for path, typed in (
        ("/people/new/", new(lincoln, email=MAIL)),
        (f"/people/{jamal.pk}/edit/", row(jamal, email=MAIL)),
    ):
        html = page_says(page, path, typed, "email-taken", said)
        assert 'type="checkbox" name="another"' in html
    text = f"id,first name,last name,school,email\nS-NEW,Ruth,Diaz,LIN,{MAIL}\n"
    assert "create" not in outcomes(look_at(text, kind="people", by=ana))

    assert bulk(api, row(jamal, email=MAIL, another=True)).json()["changed"] == 1
    assert post(api, "people", new(lincoln, email=MAIL, another=True)).status_code == 201
    assert (
        page.post("/people/new/", new(lincoln, "S-3", email=MAIL, another="on")).status_code == 302
    )
    assert Person.objects.filter(email=MAIL).count() == 4


def test_what_is_certain_is_not_asked(
    maria: Person, jamal: Person, lincoln: School, washington: School, rob: User, api_of: Of
) -> None:
    api = api_of(rob)
    assert bulk(api, row(maria), row(jamal)).json()["same"] == 2
    married = row(maria, last_name="Lopez-Garcia", grade="8", school=washington.pk)
    assert bulk(api, married, new(lincoln, email="ruth@example.org")).status_code == 200
    assert bulk(api, row(Person.objects.get(pk=maria.pk), email="m@example.org")).status_code == 200
    assert bulk(api, new(lincoln, "S-9", email=MAIL)).status_code == 200, "it is nobody's now"
    twice = make_student(school=lincoln, first="Mary")
    change_person(twice, by=SYSTEM, email="mary@example.org")
    merge_people(twice, into=Person.objects.get(pk=maria.pk), by=SYSTEM, reason="One")
    kept = row(Person.objects.get(pk=maria.pk), email="mary@example.org")
    assert bulk(api, kept).status_code == 200, "the row that was merged into her is hers"


def test_of_whom_one_does_not_see_no_name_is_told(
    maria: Person, lincoln: School, washington: School, rob: User, api_of: Api, tom: User
) -> None:
    from people.rules.mails import Mailed, mail_problems

    change_person(maria, by=SYSTEM, school=washington)
    [problem] = mail_problems([Mailed(MAIL, "Ruth Diaz", "S-NEW", "email")], tom)
    assert "somebody of another school" in problem.message
    assert "Lopez" not in problem.message
