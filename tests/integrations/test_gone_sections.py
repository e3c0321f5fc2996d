"""A list that says in a line above its rows that they are lost, stolen or withdrawn brings none of
them in as here without a question."""

import pytest

from assets.models import Asset
from integrations.models import ImportSession
from people.models import Person
from tests.integrations.conftest import Brings, look_at, outcomes, why
from tests.integrations.test_spreadsheets import saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
HEAD = "Asset Tag,Serial,Make,Model,Category,School\n"


def thing(tag: str) -> str:
    return f"{tag},{tag}S,HP,M1,Equipment,LIN\n"


def asked(session: ImportSession, what: str = "beneath") -> list[int]:
    rows = session.rows.filter(conflict=what).order_by("number")
    return list(rows.values_list("number", flat=True))


@pytest.mark.parametrize(
    "section",
    [
        "LOST,,,,,",
        "Stolen 6/1/2025,,,,,",
        "Disposed,,,,,",
        "Lost or stolen devices (2024-2025),,,,,",
        "-- Retired --,,,,,",
        "Missing as of June 2025,,,,,LIN",
        "Stolen - police report 2024-113,,,,,",
        "Retired (2),,,,,LIN",
        "Disposed: 3 items,,,,,",
        "Out of service,,,,,",
        "TO BE DISPOSED,,,,,",
        "Traded in,,,,,",
        "Written off,,,,,",
        "Not found during audit,,,,,",
        "Board approved disposal 6/1/2025,,,,,",
        "LOST (continued),,,,,",
        "Surplus Warehouse,,,,,",
    ],
)
def test_what_is_beneath_is_asked_about(brings: Brings, section: str) -> None:
    session = brings(f"{HEAD}{thing('V1')}{section}\n{thing('V2')}{thing('V3')}")
    assert asked(session) == [4, 5]
    assert list(Asset.objects.values_list("tag", flat=True)) == ["V1"]
    assert "names no" not in why(session)


@pytest.mark.parametrize("section", ["LOST", "TO BE DISPOSED", "Retired (2)", "Left in 2024"])
@pytest.mark.parametrize("school", ["LIN", ""])
def test_the_row_itself_is_asked_about_as_a_section(
    brings: Brings, section: str, school: str
) -> None:
    session = brings(f"{HEAD}{section},,,,,{school}\n")
    assert list(session.rows.values_list("conflict", flat=True)) == ["none"]
    assert "It looks like the name of a section" in why(session)


@pytest.mark.parametrize(
    "title", ["STOLEN,,,,,", "Lost and stolen devices 2025", "District 7,Devices written off"]
)
def test_a_title_above_the_headings_says_so_of_all(brings: Brings, title: str) -> None:
    text = f"{title}\n{HEAD}{thing('V1')}Library,,,,,\n{thing('V2')}"
    session = brings(text)
    assert asked(session) == [3, 4, 5], "another section does not end it"
    assert not Asset.objects.exists()
    assert outcomes(brings(text, settle="beneath=here")) == {"create": 2, "refused": 1}


def test_the_name_of_a_sheet_says_so_of_all() -> None:
    rows = [["Tag", "Make"], ["V1", "HP"]]
    assert asked(look_at(saved(("Lost", rows)))) == [2]
    assert asked(look_at(saved(("Inventory", rows)))) == []


@pytest.mark.parametrize("name", ["lost_devices_2025-06.csv", "Stolen (1).csv"])
def test_the_name_of_a_file_says_so_of_all(name: str) -> None:
    assert asked(look_at(f"{HEAD}{thing('V1')}", name=name)) == [2]


@pytest.mark.parametrize(
    "above",
    [
        "Broken Arrow Public Schools",
        "Lincoln,,,,,Lost Creek",
        "Device,,,Purchase,,Disposal",
        "Total lost: 0",
    ],
)
def test_a_title_that_says_nothing_of_the_kind_asks_nothing(above: str) -> None:
    assert asked(look_at(f"{above}\n{HEAD}{thing('V1')}", name="lost pencils of Ann.csv")) == []


def test_it_comes_in_where_somebody_says_that_it_is_here(brings: Brings) -> None:
    session = brings(f"{HEAD}LOST,,,,,\n{thing('V2')}{thing('V3')}", settle="beneath=here")
    assert outcomes(session) == {"create": 2, "refused": 1}


def test_a_row_that_says_itself_where_it_stands_is_not_asked_about() -> None:
    session = look_at("Tag,Make,Status\nLOST,,\nV1,HP,Lost\nV2,HP,\n")
    assert asked(session) == [4]


@pytest.mark.parametrize(
    "other",
    [
        "IN STOCK,,,,,",
        "Library,,,,,",
        "Here again,,,,,",
        "Found 6/1/2025,,,,,",
        "Total lost: 1,,,,,",
    ],
)
def test_another_section_ends_it(other: str) -> None:
    session = look_at(f"{HEAD}LOST,,,,,\n{thing('V2')}{other}\n{thing('V3')}")
    assert asked(session) == [3]


@pytest.mark.parametrize(
    "row",
    [
        "LOST-004,,,,,",
        "V9,,HP,broken,,LIN",
        "Lost World,,,,,",
        "LOST,S1,HP,M1,,",
    ],
)
def test_a_row_that_is_no_such_section_begins_none(row: str) -> None:
    assert asked(look_at(f"{HEAD}{thing('V1')}{row}\n{thing('V2')}")) == []


@pytest.mark.parametrize("row", ["Page 1 of 2", "V9", "Printed by admin", "Continued on next page"])
def test_the_foot_of_a_page_or_a_code_ends_no_section(row: str) -> None:
    session = look_at(f"{HEAD}LOST,,,,,\n{thing('V2')}{row},,,,,\n{thing('V3')}")
    assert {3, 5} <= {*asked(session)}


def test_untagged_things_of_which_one_is_broken_are_no_section() -> None:
    text = "Make,Model,School,Condition\nHP,M1,LIN,good\nHP,M1,LIN,broken\nHP,M1,LIN,good\n"
    assert asked(look_at(text)) == []
    text = "Description,School,Room\nTable,LIN,\nBroken chair,LIN,\nDesk,LIN,\n"
    assert asked(look_at(text)) == []


@pytest.mark.parametrize(("said", "active"), [("left", False), ("here", True)])
def test_whoever_stands_beneath_withdrawn_is_not_active(
    brings: Brings, said: str, active: bool
) -> None:
    text = "ID,First Name,Last Name,School\nP1,Ann,Lee,LIN\nWithdrawn students,,,\nP2,Bob,Ray,LIN\n"
    session = brings(text, kind="people")
    assert asked(session, "departed") == [4]
    here = Person.objects.filter(local_id__in=["P1", "P2"]).values_list("local_id", "active")
    assert list(here) == [("P1", True)]
    session = brings(text, f"departed={said}", kind="people")
    assert outcomes(session) == {"create": 1, "same": 1, "refused": 1}
    assert list(here.order_by("local_id")) == [("P1", True), ("P2", active)]


@pytest.mark.parametrize(
    "status", ["missing", "lost", "stolen", "surplus", "awaiting_disposal", "disposed"]
)
def test_it_has_the_status_that_somebody_says_of_it(brings: Brings, status: str) -> None:
    text = f"{HEAD}Retired,,,,,\n{thing('V2')}{thing('V3')}"
    session = brings(text, f"beneath={status}")
    assert outcomes(session) == {"create": 2, "refused": 1}, why(session)
    assert set(Asset.objects.values_list("tag", "status")) == {("V2", status), ("V3", status)}
    assert outcomes(brings(text, f"beneath={status}")) == {"same": 2, "refused": 1}


def test_each_is_what_its_section_is_called_where_that_is_one_status(brings: Brings) -> None:
    sections = ("LOST", "Stolen 6/1/2025", "Lost or stolen", "Retired")
    rows = "".join(f"{name},,,,,\n{thing(f'V{n}')}" for n, name in enumerate(sections))
    session = brings(HEAD + rows, settle="beneath=section")
    assert set(Asset.objects.values_list("tag", "status")) == {("V0", "lost"), ("V1", "stolen")}
    assert asked(session) == [7, 9]
    assert "“Retired” names none of these statuses, or several: choose one" in why(session)


def test_what_is_here_becomes_what_was_said_beneath_its_section(brings: Brings) -> None:
    brings(HEAD + thing("V1"))
    session = brings(f"{HEAD}Surplus,,,,,\n{thing('V1')}", settle="beneath=section")
    assert outcomes(session) == {"update": 1, "refused": 1}, why(session)
    assert Asset.objects.get().status == "surplus"


@pytest.mark.parametrize("section", ["No longer here", "Moved", "Grads: left"])
def test_other_words_for_who_left_are_asked_about(section: str) -> None:
    text = f"ID,First Name,Last Name,School\nP1,Ann,Lee,LIN\n{section},,,\nP2,Bob,Ray,LIN\n"
    assert asked(look_at(text, kind="people"), "departed") == [4]


def test_a_title_says_so_of_people() -> None:
    head = "ID,First Name,Last Name,School\n"
    session = look_at(f"Withdrawn students\n{head}P1,Ann,Lee,LIN\n", kind="people")
    assert asked(session, "departed") == [3]


def test_a_room_for_surplus_is_a_room() -> None:
    session = look_at("School,Room\nLIN,Surplus\nLIN,Lost and found\n", kind="places")
    assert "refused" not in outcomes(session)
