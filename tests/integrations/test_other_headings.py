"""Two lists in one file: what stands beneath other headings is what those say, never what the
first ones would make of it."""

from pathlib import Path

import pytest

from assets.models import Asset
from people.models import Person, Room, School
from tests.factories import made
from tests.integrations.conftest import Brings, look_at, outcomes, why
from tests.integrations.ways import notes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
HEAD = "Asset Tag,Serial,Make,Model,School\n"
ONE = "HA1,HAS1,HP,M1,LIN\n"


def codes() -> dict[str, str]:
    return dict(Asset.objects.values_list("tag", "serial"))


def test_codes_keep_their_places_beneath_headings_in_another_order(brings: Brings) -> None:
    session = brings(f"{HEAD}{ONE}Serial,Asset Tag,Make,Model,School\nHAS3,HA3,HP,M1,LIN\n")
    assert outcomes(session) == {"create": 2, "left": 1}
    assert codes() == {"HA1": "HAS1", "HA3": "HAS3"}
    assert "in another order, stand in row 3" in notes(session)


def test_the_first_headings_count_again_where_they_stand_again(brings: Brings) -> None:
    brings(
        f"{HEAD}{ONE}S/N,Tag Number,Brand,Model,Site\nHAS3,HA3,HP,M1,LIN\n"
        f"{HEAD}HA4,HAS4,HP,M1,LIN\n"
    )
    assert codes() == {"HA1": "HAS1", "HA3": "HAS3", "HA4": "HAS4"}


def test_headings_of_fewer_columns_name_what_they_name(brings: Brings) -> None:
    brings(f"{HEAD}{ONE}School,Model,Serial\nLIN,M2,HAS5\n")
    thing = Asset.objects.get(serial="HAS5")
    assert (str(thing.product), thing.school.code) == ("M2", "LIN")


def test_people_keep_first_and_last_name(brings: Brings) -> None:
    brings(
        "ID,First Name,Last Name,School\nP1,Ann,Xea,LIN\n"
        "ID,Last Name,First Name,School\nP2,Xeb,Bob,LIN\n",
        kind="people",
    )
    assert Person.objects.get(local_id="P2").first_name == "Bob"


def test_no_school_is_made_of_a_name(brings: Brings) -> None:
    made(School.objects.create(code="ROO", name="Roosevelt"))
    brings(
        "School Code,School Name,Building,Room\nLIN,Lincoln High School,,Z1\n"
        "School Name,School Code,Building,Room\nRoosevelt,ROO,,Z2\n",
        kind="places",
    )
    assert set(School.objects.values_list("code", flat=True)) == {"LIN", "ROO"}
    assert Room.objects.get(code="Z2").school.code == "ROO"


def test_what_the_file_has_no_column_for_refuses_its_row_alone(brings: Brings) -> None:
    session = brings(
        f"{HEAD}{ONE}Serial,Warranty End,Asset Tag,Make,School\n"
        "HAS3,6/1/2027,HA3,HP,LIN\nHAS4,,HA4,HP,LIN\n"
    )
    assert codes() == {"HA1": "HAS1", "HA4": "HAS4"}
    assert "no other column for what it says under Warranty End" in why(session)


def test_a_small_table_beneath_the_list_is_no_things() -> None:
    session = look_at(f"{HEAD}{ONE}Category,Count\nLaptop,12\n")
    assert outcomes(session) == {"create": 1, "left": 1, "refused": 1}
    assert "beneath the headings of row 3" in why(session)


def test_a_school_that_is_filled_down_stays_one(brings: Brings) -> None:
    brings(f"{HEAD}{ONE}Serial,Asset Tag,Make,Model,LIN\nHAS3,HA3,HP,M1,LIN\n")
    assert codes() == {"HA1": "HAS1", "HA3": "HAS3"}


@pytest.mark.parametrize("row", ["School,Model,Eiki,Projector,LIN", "HA9,Serial,Make,Model,LIN"])
def test_a_thing_in_words_of_headings_turns_nothing_around(row: str) -> None:
    session = look_at(f"{HEAD}{row}\nHA2,HAS2,HP,M1,LIN\n")
    assert session.rows.get(number=3).raw["Serial"] == "HAS2"


def test_a_column_that_is_kept_nowhere_is_kept_nowhere_under_any_headings(settings) -> None:
    session = look_at(
        "Asset Tag,Serial,Password\nHA1,HAS1,hunter2\nPassword,Serial,Asset Tag\nhunter3,HAS3,HA3\n"
    )
    assert session.rows.get(number=4).raw == {"Asset Tag": "HA3", "Serial": "HAS3"}
    kept = [p.read_bytes() for p in Path(settings.FILES_DIR).rglob("*") if p.is_file()]
    assert any(b"HAS3" in k for k in kept)
    assert not any(b"hunter" in k for k in kept)
