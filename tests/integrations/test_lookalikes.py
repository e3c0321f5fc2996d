"""Spaces and hyphens that only look so, and marks that nobody sees, make no second thing."""

import io

import pytest
from openpyxl import Workbook

from assets.models import Asset
from core.access import SYSTEM
from core.text.lookalikes import plain
from integrations import actions
from people.models import Person, School
from tests.integrations.conftest import Brings, bring, look_at, outcomes
from tests.integrations.holders import somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]

SAID = (
    "{}: spaces and hyphens that only look like the usual ones, letters that stood apart from "
    "their accents, and marks that nobody sees, were made plain (cells: {})."
)


@pytest.fixture(autouse=True)
def mia(lincoln: School) -> Person:
    return somebody(lincoln, "990101", "Mia Test", "mia@demo.example")


def things() -> list[tuple[str, str, str | None]]:
    return list(Asset.objects.order_by("tag").values_list("tag", "serial", "holder__local_id"))


@pytest.mark.parametrize(
    "odd",
    [
        "A\u201101",
        "A\u201001",
        "A-\u200b01",
        "\ufeffA-01",
        "A\u00ad-01",
        "A-01\u2060",
        "A-\u200d01",
        "\u00a0A-01\u202f",
    ],
)
def test_a_tag_finds_its_thing(brings: Brings, odd: str) -> None:
    brings("Tag,Serial\nA-01,S-900\n")
    session = brings(f"Tag,Serial\n{odd},S-900\n")
    assert outcomes(session) == {"same": 1}
    assert session.notes == [SAID.format("Tag", 1)]
    assert things() == [("A-01", "S-900", None)]


def test_serial_school_holder_and_word_find_what_they_mean(brings: Brings) -> None:
    session = brings(
        "As\u00adset\u00a0Tag,Serial\u202fNumber,School,Holder,Status\n"
        "1,S\u2011900,Lincoln\u00a0Middle\u202fSchool,990\u200b101,In\u00a0use\n"
        "2,S\u2011901,LIN,Mia\u00a0Test,In\u00a0use\n"
    )
    assert outcomes(session) == {"create": 2}
    assert things() == [("1", "S-900", "990101"), ("2", "S-901", "990101")]
    assert session.headers[:2] == ["Asset Tag", "Serial Number"]
    assert SAID.format("Serial Number", 2) in session.notes
    assert SAID.format("School", 1) in session.notes, "said once a column, headings not counted"


def test_one_tag_written_in_two_ways_is_the_same_thing_twice() -> None:
    assert outcomes(look_at("Tag\nA-01\nA\u201101\n")) == {"create": 1, "refused": 1}


def test_a_workbook_says_the_same() -> None:
    book, file = Workbook(), io.BytesIO()
    for row in (["Tag", "Serial"], ["A\u201101", "S\u200b900"]):
        book.active.append(row)
    book.save(file)
    session = bring(file.getvalue(), name="file.xlsx")
    assert things() == [("A-01", "S900", None)]
    assert SAID.format("Tag", 1) in session.notes


def test_a_secret_does_not_hide_behind_a_hyphen() -> None:
    session = look_at("Tag,Notes,Code\n1,SSN 123\u201145\u20116789,123\u201145\u20116789\n")
    assert "6789" not in str(list(session.rows.values_list("raw", flat=True)))


def test_what_is_typed_into_a_cell_is_plain_too() -> None:
    session = look_at("Tag,Acquired\nA-01,soon\n")
    session = actions.mend_cell(session, 2, "Tag", "A\u201102", by=SYSTEM)
    assert session.rows.get().raw["Tag"] == "A-02"


def test_letters_that_other_scripts_join_stay_as_they_are() -> None:
    persian = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    assert plain(persian) == persian
    assert plain("Zo\u00eb O\u2019Neil – 90\u202f%") == "Zo\u00eb O\u2019Neil – 90 %"
