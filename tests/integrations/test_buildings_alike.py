"""A list of rooms that gains or loses buildings, or spells them otherwise, doubles none unasked;
and several rooms in one cell are no room."""

import pytest

from core.access import SYSTEM
from people.actions import create_room
from people.models import Room, School
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
HEAD = "School code,Building,Room\n"


@pytest.fixture(autouse=True)
def rooms_here(lincoln: School) -> None:
    create_room(lincoln, "B901", by=SYSTEM)
    create_room(lincoln, "C901", building="Annex", by=SYSTEM)


def rooms() -> list[str]:
    return sorted(map(str, Room.objects.filter(code__contains="90")))


@pytest.mark.parametrize(
    ("row", "other"),
    [
        ("LIN,Main,B901", "B901"),
        ("LIN,Main,B0901", "B901"),
        ("LIN,,C901", "Annex C901"),
        ("LIN,Annex Bldg.,C901", "Annex C901"),
        ("LIN,The Annex Building,c901", "Annex C901"),
    ],
)
def test_a_room_with_or_without_its_building_is_asked_about(
    brings: Brings, row: str, other: str
) -> None:
    was = rooms()
    session = brings(f"{HEAD}{row}\n", kind="places")
    assert session.rows.get().conflict == "place"
    assert f"may be {other}: one of them names no building" in why(session)
    assert outcomes(brings(f"{HEAD}{row}\n", "place=that", kind="places")) == {"same": 1}
    again = brings(f"{HEAD}{row}\n", kind="places")
    assert outcomes(again) == {"same": 1}, "as answered before"
    building = row.split(",")[1]
    told = f"Not taken over: Building {building}." in again.rows.get().warnings
    assert told == bool(building)
    assert rooms() == was


def test_a_room_of_another_building_is_another() -> None:
    session = bring(f"{HEAD}LIN,Main,C901\nLIN,North,C901\n", kind="places")
    assert outcomes(session) == {"update": 2}
    assert {"Main C901", "North C901", "Annex C901"} <= {*rooms()}


@pytest.mark.parametrize(("choice", "count"), [("that", 1), ("another", 2)])
def test_two_rows_of_one_file_are_compared(
    monkeypatch: pytest.MonkeyPatch, choice: str, count: int
) -> None:
    monkeypatch.setattr("integrations.actions.apply.BATCH", 1)
    text = f"{HEAD}LIN,Main,D902\nLIN,,D902\n"
    assert "D902 may be Main D902 in row 2" in why(look_at(text, kind="places"))
    bring(text, settle=f"place={choice}", kind="places")
    assert Room.objects.filter(code="D902").count() == count


def test_a_room_that_may_be_one_of_several_is_refused(lincoln: School) -> None:
    create_room(lincoln, "C901", building="Main", by=SYSTEM)
    session = look_at(f"{HEAD}LIN,,C901\n", kind="places")
    assert "C901 may be any of these: Annex C901, Main C901." in why(session)
    assert session.rows.get().conflict == ""


@pytest.mark.parametrize(
    "code", ["101, 102", "101-105", "A101 - A105", "101 & 103", "901 thru 904"]
)
def test_several_rooms_in_a_cell_are_no_room(brings: Brings, lincoln: School, code: str) -> None:
    session = brings(f'{HEAD}LIN,,"{code}"\n', kind="places")
    assert f"These seem to be several: {code}." in why(session)
    create_room(lincoln, code, by=SYSTEM)
    assert outcomes(brings(f'{HEAD}LIN,,"{code}"\n', kind="places")) == {"same": 1}


@pytest.mark.parametrize("code", ["1-01", "10-12", "105-101", "101-A", "Lab 1"])
def test_a_room_whose_number_has_a_hyphen_is_one(code: str) -> None:
    assert outcomes(look_at(f"{HEAD}LIN,,{code}\n", kind="places")) == {"update": 1}
