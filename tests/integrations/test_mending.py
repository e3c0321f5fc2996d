"""What is wrong in many rows is mended in one place."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assets.models import Asset
from integrations.models import ImportSession
from people.models import Person, School, User
from tests.integrations.conftest import look_at, outcomes
from tests.integrations.holders import somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]

FILE = """Tag,Holder,Acquired
1,Test M,1/5/2026
2,Test M,1/5/2026
3,Test M,soon
4,Somebody Else,1/5/2026
5,,1/5/2026
"""


@pytest.fixture(autouse=True)
def mia(lincoln: School) -> Person:
    return somebody(lincoln, "990101", "Mia Test")


def raws(session: ImportSession, header: str) -> list[str]:
    return [row.raw[header] for row in session.rows.order_by("number")]


def test_a_name_that_nobody_has_is_mended_in_all_rows_that_say_it(
    ana: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(ana)
    session = look_at(FILE, by=ana)
    assert outcomes(session) == {"refused": 4, "create": 1}
    page = client.get(reverse("import", args=[session.pk])).content.decode()
    assert "in every refused row that says the same in this column" in page
    mend = reverse("import-mend", args=[session.pk, 2])
    client.post(mend, {"header": "Holder", "value": "990101", "alike": "1"})
    session.refresh_from_db()
    assert raws(session, "Holder") == ["990101", "990101", "990101", "Somebody Else", ""]
    assert outcomes(session) == {"create": 3, "refused": 2}
    assert Asset.objects.count() == 0, "nothing is written by mending"


def test_without_it_one_row_is_mended(ana: User, client_of: Callable[[User], Client]) -> None:
    session = look_at(FILE, by=ana)
    mend = reverse("import-mend", args=[session.pk, 2])
    client_of(ana).post(mend, {"header": "Holder", "value": "990101"})
    assert raws(session, "Holder") == ["990101", "Test M", "Test M", "Somebody Else", ""]


def test_rows_that_are_right_and_empty_cells_are_left_alone(
    ana: User, client_of: Callable[[User], Client]
) -> None:
    session = look_at(FILE, by=ana)
    client = client_of(ana)
    mend = reverse("import-mend", args=[session.pk, 4])
    client.post(mend, {"header": "Acquired", "value": "1/6/2026", "alike": "1"})
    mend = reverse("import-mend", args=[session.pk, 2])
    client.post(mend, {"header": "Acquired", "value": "1/7/2026", "alike": "1"})
    session.refresh_from_db()
    assert raws(session, "Acquired") == ["1/7/2026", "1/7/2026", "1/6/2026", "1/7/2026", "1/5/2026"]


def test_what_is_empty_is_filled_in_all_rows_that_are_refused_for_the_same(
    ana: User, client_of: Callable[[User], Client]
) -> None:
    text = (
        "Tag,Status,Holder,Cost\n1,Checked Out,,\n2,Checked Out,,\n3,,,abc\n4,Checked Out,,\n5,,,\n"
    )
    session = look_at(text, by=ana)
    assert outcomes(session) == {"refused": 4, "create": 1}
    client = client_of(ana)
    page = client.get(reverse("import", args=[session.pk])).content.decode()
    assert 'id="a-2" name="alike"' in page, "also where the cell that it is about is empty"
    assert "where it is empty, in those that are refused for the same" in page
    mend = reverse("import-mend", args=[session.pk, 2])
    client.post(mend, {"header": "Holder", "value": "990101", "alike": "1"})
    session.refresh_from_db()
    assert raws(session, "Holder") == ["990101", "990101", "", "990101", ""]
    assert outcomes(session) == {"create": 4, "refused": 1}


def test_a_page_that_is_older_than_the_mending_is_told_so(
    ana: User, client_of: Callable[[User], Client]
) -> None:
    session = look_at(FILE, by=ana)
    client, mend = client_of(ana), reverse("import-mend", args=[session.pk, 2])
    client.post(mend, {"header": "Holder", "value": "990101", "alike": "1"})
    before = raws(session, "Holder")
    late = {"header": "Holder", "value": "990102", "alike": "1"}
    page = client.post(mend, late, follow=True).content.decode()
    assert "Row 2 is not refused any more: look at it again, or mend it alone." in page
    assert raws(session, "Holder") == before
    client.post(mend, {"header": "Holder", "value": "Mia Test"})
    assert raws(session, "Holder") == ["Mia Test", *before[1:]], "alone it is mended"
