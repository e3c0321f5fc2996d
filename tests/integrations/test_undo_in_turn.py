"""Imports undone one after the other, the last one first; and what their undo must not leave."""

import pytest

from assets.actions import change_asset, void_asset
from assets.models import Asset
from core.access import SYSTEM
from funding.models import Award
from integrations.actions import settle_conflicts
from integrations.models import ImportSession
from people.actions import change_person, change_room, change_school, create_room
from people.models import Person, Room, School
from tests.integrations.conftest import bring, look_at, outcomes, undo, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lincoln", "equipment")]
UNDONE = ImportSession.State.UNDONE
HEADER = "Asset Tag,Make,Model,School,Room,Condition,Status,Student ID\n"
SCHOOL = "School code,School name,Building,Room\nWSC,West,Main,1\n"


def told(row: str) -> str:
    return HEADER + row + "," * (HEADER.count(",") - row.count(",")) + "\n"


def in_turn(kind: str, *files: str) -> list[ImportSession]:
    """All of them brought, then undone from the last one on."""
    brought = [bring(file, kind=kind) for file in files]
    return [undo(session) for session in reversed(brought)]


def states(sessions: list[ImportSession]) -> set[str]:
    return {s.state for s in sessions}


def test_things_are_undone_in_turn() -> None:
    first, second = told("LM1,HP,11,,101,Good"), told("LM1,HP,11,,102,Poor,Surplus")
    create_room(School.objects.get(code="LIN"), "102", by=SYSTEM)
    undone = in_turn("assets", first, second, told("LM1,HP,11,,101,Fair,In stock"))
    assert states(undone) == {UNDONE}, [why(s) for s in undone]
    assert Asset.objects.get(tag="LM1").status == "void"


def test_a_merge_between_is_no_change_once_it_is_undone() -> None:
    first = bring("Tag,Serial,Make,Model\nA1,S1,HP,11\nA2,S2,HP,11\n")
    merge = bring("Tag,Serial,Make,Model\nA1,S2,HP,11\n", settle="two=merge")
    assert states([undo(merge), undo(first)]) == {UNDONE}
    assert set(Asset.objects.values_list("status", flat=True)) == {"void"}


def test_awards_are_undone_in_turn(arp: Award) -> None:
    files = [f"Award name,Program,Amount\nIDEA,ARP,{n}\n" for n in (5, 6, 7)]
    assert states(in_turn("awards", *files)) == {UNDONE}
    assert not Award.objects.get(name="IDEA").active


def test_people_are_undone_in_turn() -> None:
    files = [f"Student ID,First,Last,School,Grade\n990,Li,Wu,LIN,{n}\n" for n in (5, 6, 7)]
    assert states(in_turn("people", *files)) == {UNDONE}


def test_schools_are_undone_in_turn_also_where_many_rows_say_it() -> None:
    bring(SCHOOL, kind="places")
    files = [SCHOOL.replace("West", name) + f"WSC,{name},Main,2\n" for name in ("Wst", "Western")]
    assert states(in_turn("places", *files)) == {UNDONE}
    assert School.objects.get(code="WSC").name == "West"


@pytest.mark.parametrize("when", ["before", "after"])
def test_what_somebody_did_between_is_still_a_change(when: str) -> None:
    first = bring(told("LM1,HP,11,,101,Good"))
    if when == "before":
        change_asset(Asset.objects.get(), by=SYSTEM, use="Art")
    second = bring(told("LM1,HP,11,,101,Poor"))
    assert undo(second).state == UNDONE
    if when == "after":
        change_asset(Asset.objects.get(), by=SYSTEM, use="Art")
    assert "changed since" in why(undo(first))


def test_the_first_is_not_undone_while_the_second_stands() -> None:
    first = bring(told("LM1,HP,11,,101,Good"))
    second = bring(told("LM1,HP,11,,101,Poor"))
    assert "changed since" in why(undo(first))
    assert undo(second).state == UNDONE
    assert undo(first).state == UNDONE, "asked for again"


def test_a_school_that_came_back_stays_while_things_are_in_it() -> None:
    file = "School code,School name\nWSD,West\n"
    undo(bring(file, kind="places"))
    again = bring(file, kind="places")
    bring(told("WW1,HP,11,WSD"))
    assert "There are items in West." in why(undo(again))
    assert School.objects.get(code="WSD").active


def test_void_things_do_not_come_back_into_what_is_out_of_use(maria: Person) -> None:
    bring(SCHOOL, kind="places")
    file = HEADER + f"WW1,HP,11,WSC,1,,,\nWW2,HP,11,LIN,101,,,\nWW3,HP,11,LIN,,,,{maria.local_id}\n"
    brought = bring(file)
    assert outcomes(brought) == {"create": 3}
    undo(brought)
    change_room(Room.objects.get(school__code="LIN", code="101"), by=SYSTEM, active=False)
    change_school(School.objects.get(code="WSC"), by=SYSTEM, active=False)
    change_person(maria, by=SYSTEM, active=False)
    session = look_at(file)
    assert outcomes(session) == {"refused": 3}
    for said in ("West is no longer in use", "This room is no longer", "This person is no longer"):
        assert said in why(session)
    # Where the row is silent, the room where it stood counts.
    silent = look_at("Asset Tag,Make,Model,School\nWW2,HP,11,LIN\n")
    assert why(silent) == "This room is no longer in use."
    other = "Asset Tag,Make,Model,School,Room\nWW2,HP,11,LIN,102\n"
    create_room(School.objects.get(code="LIN"), "102", by=SYSTEM)
    assert outcomes(bring(other)) == {"update": 1}


def test_what_had_left_may_come_back_as_gone_from_a_closed_room() -> None:
    bring(told("WW2,HP,11,LIN,101,,Disposed"))
    void_asset(Asset.objects.get(tag="WW2"), by=SYSTEM, reason="typo")
    change_room(Room.objects.get(school__code="LIN", code="101"), by=SYSTEM, active=False)
    session = look_at(told("WW2,HP,11,LIN,101,,Disposed"))
    assert session.rows.get().conflict == "void"
    session = settle_conflicts(session, "void", "back", by=SYSTEM)
    assert outcomes(session) == {"update": 1}
