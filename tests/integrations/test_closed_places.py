"""A list of schools and rooms opens nothing that somebody closed, unless they say so."""

import pytest

from core.access import SYSTEM
from people.actions import change_room, change_school, create_school
from people.models import Room, School
from tests.integrations.conftest import Brings, outcomes, undo, why

pytestmark = pytest.mark.django_db


def test_a_closed_room_opens_only_when_somebody_says_so(brings: Brings, lincoln: School) -> None:
    room = Room.objects.get(school=lincoln, code="101")
    file = f"School code,Building,Room\nLIN,{room.building},101\n"
    change_room(room, by=SYSTEM, active=False)
    asked = why(brings(file, kind="places"))
    assert asked == f"{room} was put out of use. Is it in use again?"
    brings(file, "reopen=keep", kind="places")
    assert not Room.objects.get(pk=room.pk).active
    brings(file, "reopen=open", kind="places")
    assert Room.objects.get(pk=room.pk).active


def test_a_closed_school_stays_closed_and_gets_no_room(brings: Brings) -> None:
    west = create_school("WSC", "West", by=SYSTEM)
    change_school(west, by=SYSTEM, active=False)
    rooms = Room.objects.count()
    file = "School code,School name,Building,Room\nWSC,Western,New,909\n"
    assert outcomes(brings(file, kind="places")) == {"refused": 1}
    kept = brings(file, "reopen=keep", kind="places")
    assert "Not taken over: Room 909." in " ".join(kept.rows.get().warnings)
    found = School.objects.get(pk=west.pk)
    assert (found.name, found.active, Room.objects.count()) == ("Western", False, rooms)
    brings(file, "reopen=open", kind="places")
    assert School.objects.get(pk=west.pk).active
    assert Room.objects.count() == rooms + 1


def test_what_an_undo_closed_opens_with_its_file(brings: Brings) -> None:
    file = "School code,School name,Building,Room\nWSC,West,Main,1\n"
    undo(brings(file, kind="places"))
    assert not School.objects.get(code="WSC").active
    assert outcomes(brings(file, kind="places")) == {"update": 1}
    assert School.objects.get(code="WSC").active
    assert Room.objects.get(school__code="WSC").active
