"""The page of an import says, in people's words, what a file is and what would happen."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assets.models import Category
from integrations.kinds import KINDS
from integrations.kinds.labels import LABELS
from integrations.models import ImportSession
from people.models import School, User
from tests.factories import make_asset
from tests.integrations.conftest import look_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_of(ana: User, client_of: Callable[[User], Client]) -> Callable[[ImportSession], str]:
    def read(session: ImportSession) -> str:
        html = client_of(ana).get(reverse("import", args=[session.pk])).content.decode()
        return " ".join(re.sub(r"<[^>]+>", " ", html).split())

    return read


def test_every_field_has_a_name_for_people() -> None:
    assert {f.name for kind in KINDS.values() for f in kind.fields} <= set(LABELS)


def test_reasons_changes_and_columns_are_named_as_people_name_them(
    lincoln: School, equipment: Category, ana: User, page_of: Callable[[ImportSession], str]
) -> None:
    make_asset(school=lincoln, tag="A1")
    text = page_of(look_at("Tag,Last seen,Warranty\nA1,8/12/25,2 years\nA2,yesterday,\n", by=ana))
    assert "Last verified: – → 2025-08-12" in text
    assert "Last verified: Write the date" in text
    assert "Last seen → Last verified" in text
    assert "Kept, not used: Warranty" in text
    assert "last_verified_on" not in re.sub(r"value=\S+", "", text)
    assert "Apply 1 row" in text


def test_what_refuses_many_rows_is_said_once_with_their_number(
    lincoln: School, equipment: Category, ana: User, page_of: Callable[[ImportSession], str]
) -> None:
    rows = "".join(f"A{n},Acer\n" for n in range(30))
    text = page_of(look_at(f"Tag,Make\n{rows}", by=ana, school=""))
    assert (
        "30 rows: School – The row names no school. Say at the columns which one names it" in text
    )
    assert "Nothing to apply" in text


def test_a_file_of_which_nothing_is_recognized_asks_for_its_columns(
    lincoln: School, equipment: Category, ana: User, page_of: Callable[[ImportSession], str]
) -> None:
    assert "None of the columns was recognized" in page_of(look_at("Foo,Bar\n1,2\n", by=ana))


def test_a_refusal_leads_back_to_the_import(
    lincoln: School, equipment: Category, ana: User, client_of: Callable[[User], Client]
) -> None:
    session = look_at("Tag,Make\nA1,Acer\n", by=ana)
    answer = client_of(ana).post(reverse("import-act", args=[session.pk, "undo"]))
    assert answer.status_code == 409
    assert f'href="{reverse("import", args=[session.pk])}"' in answer.content.decode()
