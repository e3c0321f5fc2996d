"""A row whose status and holder contradict each other says what it is taken for, or is asked
about."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assets.models import Asset
from core.time import days
from integrations.models import ImportSession
from people.actions import erase_person
from people.models import Person, School, User
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why
from tests.integrations.holders import somebody, statuses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]

OUT = "it is taken as in use, with them."
NOBODY = (
    "It is in use, and the row says neither with whom nor where: it is taken as with nobody "
    "and in no room."
)
IN_ROOM = "The row says that somebody has it, and not who: it is taken as in use in its room."


@pytest.fixture(autouse=True)
def mia(lincoln: School) -> Person:
    return somebody(lincoln, "990101", "Mia Test", "mia@demo.example")


def holders() -> dict[str, str | None]:
    return dict(Asset.objects.values_list("tag", "holder__local_id"))


def warnings(session: ImportSession) -> dict[int, list[str]]:
    return {r.number: r.warnings for r in session.rows.all() if r.warnings}


@pytest.mark.parametrize("word", ["In stock", "Available", "Ready to Deploy", "received"])
def test_in_stock_beside_a_person_says_that_it_is_taken_as_in_use(
    brings: Brings, word: str
) -> None:
    session = brings(f"Tag,Status,Holder\n1,{word},990101\n2,{word},\n")
    assert statuses()["1"] == "in_use"
    assert holders() == {"1": "990101", "2": None}
    assert list(warnings(session)) == [2]
    assert OUT in warnings(session)[2][0]


def test_the_page_shows_it_beside_the_row(ana: User, client_of: Callable[[User], Client]) -> None:
    session = look_at("Tag,Status,Assigned to email\n1,Available,mia@demo.example\n", by=ana)
    page = client_of(ana).get(reverse("import", args=[session.pk])).content.decode()
    assert "1 row has a warning." in page
    assert "The row says in stock, and who has it: it is taken as in use, with them." in page


@pytest.mark.parametrize("word", ["Disposed", "Surplus", "Awaiting disposal", "Ordered"])
@pytest.mark.parametrize(
    ("choice", "status", "holder"), [("status", "", None), ("person", "in_use", "990101")]
)
def test_what_nobody_can_have_beside_a_person_is_asked_once_for_all(
    brings: Brings, word: str, choice: str, status: str, holder: str | None
) -> None:
    text = f"Tag,Status,Holder\n1,{word},990101\n2,{word},990101\n3,{word},\n"
    session = brings(text)
    assert outcomes(session) == {"refused": 2, "create": 1}
    assert f"The row says {word.lower()}, which nobody has, and who has it." in why(session)
    brings(text, f"standing={choice}")
    as_said = word.lower().replace(" ", "_")
    assert statuses() == {"1": status or as_said, "2": status or as_said, "3": as_said}
    assert holders() == {"1": holder, "2": holder, "3": None}


def test_what_was_settled_is_not_asked_again_where_it_is_so_here(brings: Brings) -> None:
    text = "Tag,Status,Holder\n1,Disposed,990101\n"
    brings(text, "standing=status")
    session = brings(text)
    assert outcomes(session) == {"same": 1}
    assert warnings(session) == {2: ["It is disposed: that somebody has it is not taken over."]}


def test_whose_row_it_was_is_forgotten_with_them_all_the_same(mia: Person, ana: User) -> None:
    session = bring("Tag,Status,Holder\n1,Disposed,mia@demo.example\n", settle="standing=status")
    erase_person(mia, by=ana, reason="asked")
    assert session.rows.get().blanked


def test_in_use_with_nobody_and_nowhere_says_so(brings: Brings) -> None:
    session = brings("Tag,Status,Holder,Room\n1,Deployed,,\n2,Deployed,,101\n3,Deployed,990101,\n")
    assert statuses() == {"1": "in_use", "2": "in_use", "3": "in_use"}
    assert warnings(session) == {2: [NOBODY]}


def test_checked_out_to_nobody_in_a_room_says_what_it_is_taken_for(brings: Brings) -> None:
    session = brings("Tag,Status,Holder,Room\n1,Checked out,,101\n2,Checked out,990101,101\n")
    assert statuses() == {"1": "in_use", "2": "in_use"}
    assert warnings(session) == {2: [IN_ROOM]}


def test_lost_and_in_repair_with_a_person_contradict_nothing(brings: Brings) -> None:
    session = brings("Tag,Status,Holder\n1,Lost,990101\n2,In repair,990101\n3,In use,990101\n")
    assert holders() == {"1": "990101", "2": "990101", "3": "990101"}
    assert warnings(session) == {}


@pytest.mark.parametrize(
    ("heading", "who"),
    [
        ("Holder", "990101"),
        ("Assigned to email", "mia@demo.example"),
        ("Checked out to first name,Checked out to last name", "Mia,Test"),
    ],
)
def test_the_day_of_a_loan_is_kept_whatever_column_names_who_has_it(
    brings: Brings, mia: Person, heading: str, who: str
) -> None:
    bring("Tag,Acquired\n1,1/5/2026\n")
    brings(f"Tag,{heading},Checked out on\n1,{who},9/14/2026\n2,{who},9/14/2026\n")
    for thing in Asset.objects.all():
        loan = thing.assignments.get()
        assert (loan.person, str(days.local_date(loan.opened_at))) == (mia, "2026-09-14")


def test_a_loan_before_the_thing_came_is_refused_whatever_column_names_who_has_it() -> None:
    session = look_at(
        "Tag,Assigned to email,Checked out on,Acquired\n1,mia@demo.example,9/14/2026,9/20/2026\n"
    )
    assert outcomes(session) == {"refused": 1}
