"""What is out never comes in as in stock without a word, whatever the system calls who has it."""

import pytest

from assets.models import Asset
from core.access import SYSTEM
from integrations.models import ImportSession
from people.actions import create_room
from people.models import Person, School
from tests.integrations.conftest import bring, look_at, outcomes
from tests.integrations.holders import somebody, statuses, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]

WHO = "The row says that somebody has it, and not who."


@pytest.fixture
def mia(lincoln: School) -> Person:
    return somebody(lincoln, "990101", "Mia Test", "mia@demo.example")


def said(session: ImportSession) -> str:
    return " ".join(n for n in session.plan_notes if "it may " in n)


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Owner ID", "990101"),
        ("Patron Barcode", "990101"),
        ("Patron ID", "990101"),
        ("Student ID", "990101"),
        ("Issued To", "Mia Test"),
        ("Borrower", "Test, Mia"),
        ("Loaned To", "Mia Test"),
        ("Assigned User", "mia"),
        ("Owner Email", "mia@demo.example"),
        ("Assigned User Email", "MIA@demo.example"),
        ("Email Address", "mia@demo.example"),
        ("Primary user UPN", "mia@demo.example"),
    ],
)
def test_who_has_it_by_the_headings_of_other_systems(mia: Person, heading: str, cell: str) -> None:
    bring(f'Tag,{heading}\nA1,"{cell}"\nA2,\n')
    assert statuses() == {"A1": "in_use", "A2": "in_stock"}
    assert Asset.objects.get(tag="A1").holder == mia


def test_an_id_goes_before_a_name_that_two_share(mia: Person, lincoln: School) -> None:
    somebody(lincoln, "990102", "Mia Test")
    session = bring("Tag,Issued To,Student ID\nA1,Mia Test,990101\nA2,,\n")
    assert Asset.objects.get(tag="A1").holder == mia
    assert "Issued To: it may say who has an item" in said(session)
    assert "(cells: 1)" in said(session)


def test_checked_out_and_nobody_named_is_refused(mia: Person) -> None:
    session = bring(
        "Barcode,Copy Status,Checked Out To,Patron Barcode\n"
        "T1,Available,,\nT2,Checked Out,,990101\nT3,Checked Out,,\nT4,On loan,,N/A\n"
    )
    assert statuses() == {"T1": "in_stock", "T2": "in_use"}
    assert why(session) == {4: [WHO], 5: [WHO]}


def test_a_day_of_a_loan_and_nobody_named_is_refused(mia: Person) -> None:
    session = bring("Tag,Date Checked Out,Holder\n1,10/1/2026,990101\n2,10/1/2026,\n3,,\n")
    assert statuses() == {"1": "in_use", "3": "in_stock"}
    assert why(session) == {3: [WHO]}


def test_what_is_lost_comes_in_with_the_day_of_its_loan(mia: Person) -> None:
    assert outcomes(bring("Tag,Status,Loan Date\n1,Missing,10/1/2026\n")) == {"create": 1}


def test_what_is_out_to_a_room_is_in_use_there(mia: Person) -> None:
    create_room(mia.school, "LIB", by=SYSTEM)
    session = bring("Tag,Room,Loan Date,Status\n1,LIB,10/1/2026,\n2,LIB,,Checked Out\n3,LIB,,\n")
    assert outcomes(session) == {"create": 3}
    assert statuses() == {"1": "in_use", "2": "in_use", "3": "in_stock"}


def test_a_list_without_names_takes_nothing_from_who_has_it(mia: Person) -> None:
    bring("Tag,Holder\n1,990101\n")
    assert outcomes(bring("Tag,Status\n1,Checked Out\n")) == {"same": 1}
    assert Asset.objects.get(tag="1").holder == mia


@pytest.mark.parametrize(
    "heading", ["Owner", "Full Name", "Enrolled by user UPN", "Teacher", "Circulation Status"]
)
def test_a_column_that_may_name_somebody_is_never_passed_over(mia: Person, heading: str) -> None:
    session = look_at(f"Tag,{heading}\n1,Mia Test\n2,\n3,Mia Test\n")
    assert (
        f"{heading}: it may say who has an item or that it is out, and is not used (cells: 2)."
        in said(session)
    )


def test_a_column_that_is_not_used_is_named_once(mia: Person) -> None:
    session = look_at("Tag,Owner,Full Name,Color\n1,Mia Test,,red\n2,,,blue\n")
    assert sum("Owner" in note for note in session.plan_notes) == 1
    assert "Kept, and read by no field: Full Name, Color." in session.plan_notes


@pytest.mark.parametrize("heading", ["Ownership", "Owner Type", "User Group", "OS", "Color"])
def test_other_columns_are_not_spoken_of(mia: Person, heading: str) -> None:
    assert said(look_at(f"Tag,{heading}\n1,x\n")) == ""


@pytest.mark.parametrize("word", ["Unassigned", "NOBODY", "Not assigned", "no one"])
def test_a_word_for_nobody_is_an_empty_cell(mia: Person, word: str) -> None:
    bring("Tag,Assigned To\n1,990101\n")
    session = bring(f"Tag,Assigned To\n1,{word}\n2,{word}\n")
    assert outcomes(session) == {"same": 1, "create": 1}, why(session)
    assert statuses() == {"1": "in_use", "2": "in_stock"}
    assert "whoever has the item here keeps it" in str([r.warnings for r in session.rows.all()])
    assert outcomes(bring(f"Tag,Assigned To,Status\n3,{word},Checked Out\n")) == {"refused": 1}
    out = bring(f"Tag,Assigned To,Checkout Type\n4,{word},User\n")
    assert outcomes(out) == {"refused": 1}, "it says that a person has it"


def test_who_is_called_so_has_it(lincoln: School) -> None:
    somebody(lincoln, "Unassigned", "Spare Pool")
    bring("Tag,Assigned To\n1,Unassigned\n")
    assert statuses() == {"1": "in_use"}
