"""A list of schools, rooms or awards that says in a column of its own that one is closed, or no
school at all, brings none into use in silence."""

import pytest

from core.access import SYSTEM
from funding.models import Award
from people.actions import create_school
from people.models import Room, School
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why
from tests.integrations.ways import notes

pytestmark = pytest.mark.django_db
ORGS = """sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
o1,active,2026-01-01,Demo District,district,,
o2,active,2026-01-01,North School,school,,o1
o3,tobedeleted,2026-01-01,Old Mill School,school,,o1
o4,active,2026-01-01,English Dept,department,,o2
"""
SAYS = "it may say what is closed or out of use"


def asked(text: str) -> list[int]:
    rows = look_at(text, kind="places").rows.filter(conflict="out")
    return list(rows.order_by("number").values_list("number", flat=True))


def test_of_a_list_of_orgs_only_schools_in_use_come_in(brings: Brings) -> None:
    session = brings(ORGS, kind="places")
    assert outcomes(session) == {"create": 1, "refused": 3}
    assert set(School.objects.exclude(code="LIN").values_list("name", flat=True)) == {
        "North School"
    }
    assert "type district" not in why(session)
    assert "type says district, so it is no school or room in use" in why(session)
    assert "status says tobedeleted" in why(session)
    assert outcomes(brings(ORGS, "out=here", kind="places")) == {"create": 3, "same": 1}


@pytest.mark.parametrize(
    ("heading", "cell", "other"),
    [
        ("Closed", "Yes", "No"),
        ("Is Active", "FALSE", "TRUE"),
        ("Status", "Closed 6/30/2025", "Title I"),
        ("School Status", "Inactive", "Active"),
        ("Closed On", "6/30/2025", "N/A"),
        ("orgType", "Local", "School"),
    ],
)
def test_a_school_that_is_closed_elsewhere_is_asked_about(
    heading: str, cell: str, other: str
) -> None:
    assert asked(f"Code,Name,{heading}\nA1,Alder,{cell}\nB1,Birch,{other}\n") == [2]


def test_a_school_in_use_stays_and_the_row_says_so() -> None:
    create_school("A1", "Alder", by=SYSTEM)
    session = bring("Code,Name,Status\nA1,Alder,Closed\n", kind="places")
    assert outcomes(session) == {"same": 1}
    assert session.rows.get().warnings == ["Not taken over: Status Closed."]
    assert School.objects.get(code="A1").active


def test_a_room_may_be_a_department_and_may_be_out_of_use(lincoln: School) -> None:
    text = "School code,Room,Type,Status\nLIN,901,Department,Active\nLIN,902,Class,Inactive\n"
    assert asked(text) == [3]
    bring(text, kind="places")
    assert list(Room.objects.filter(code__startswith="90").values_list("code", flat=True)) == [
        "901"
    ]


@pytest.mark.parametrize(
    ("heading", "cell", "other"),
    [
        ("Closed", "Yes", "No"),
        ("Status", "Closed", "Active"),
        ("Grant Status", "Ended", "Open"),
        ("Close Date", "9/30/2025", ""),
        ("Active", "No", "Yes"),
    ],
)
def test_an_award_that_is_closed_elsewhere_is_spoken_of(
    arp: Award, heading: str, cell: str, other: str
) -> None:
    head = f"Award,Program,{heading}\n"
    session = look_at(f"{head}Old,ARP,{cell}\nNew,ARP,{other}\n", kind="awards")
    assert f"{heading}: {SAYS}, and is not used (cells: 1)." in notes(session)
    assert SAYS not in notes(look_at(f"{head}New,ARP,{other}\n", kind="awards"))


@pytest.mark.parametrize("heading", ["Status Date", "Active Since", "Close Contact", "Type"])
def test_a_column_that_merely_has_such_a_word_is_not(arp: Award, heading: str) -> None:
    assert SAYS not in notes(look_at(f"Award,Program,{heading}\nNew,ARP,x\n", kind="awards"))
