"""Schools, rooms and awards come in by file, and go out again by undo."""

import pytest

from funding.models import Award
from people.models import Room, School, User
from tests.integrations.conftest import bring, look_at, outcomes, undo

pytestmark = pytest.mark.django_db

PLACES = (
    "School code,School name,NCES "
    "id,Building,Room\nADA,Adams,77,Main,1\nADA,Adams,77,Main,2\nLIN,,,Main,101\n"
)
AWARDS = (
    "Award name,Program,FAIN,Amount,Issued,Period start\nIDEA "
    "25,ARP,H027A,5000.00,7/1/2024,2024-07-01\n"
)


def test_schools_and_rooms_come_in_twice_and_are_there_once(lincoln: School, ana: User) -> None:
    rooms = Room.objects.count()
    bring(PLACES, kind="places", by=ana)
    adams = School.objects.get(code="ADA")
    assert (adams.nces_id, adams.rooms.count()) == ("77", 2)
    assert Room.objects.count() == rooms + 2, "101 of Lincoln was there"
    assert outcomes(bring(PLACES, kind="places", by=ana)) == {"same": 3}


def test_undo_takes_schools_and_rooms_out_of_use(lincoln: School, ana: User) -> None:
    session = bring(PLACES, kind="places", by=ana)
    undo(session, by=ana)
    assert not School.objects.get(code="ADA").active
    assert not Room.objects.filter(school__code="ADA", active=True).exists()
    assert Room.objects.get(school=lincoln, code="101").active
    bring(PLACES, kind="places", by=ana)
    assert School.objects.get(code="ADA").active
    assert Room.objects.filter(school__code="ADA", active=True).count() == 2


def test_awards_come_in_with_their_dates_and_an_edit_is_undone(arp: Award, ana: User) -> None:
    bring(AWARDS, kind="awards", by=ana)
    idea = Award.objects.get(name="IDEA 25")
    assert (idea.fain, str(idea.amount), str(idea.issued_on)) == ("H027A", "5000.00", "2024-07-01")
    assert outcomes(look_at(AWARDS, kind="awards", by=ana)) == {"same": 1}
    changed = bring(
        AWARDS.replace("5000.00", "6000").replace("7/1/2024", "8/1/2024"), kind="awards", by=ana
    )
    assert changed.rows.get().changes == {
        "amount": ["5000.00", "6000.00"],
        "issued_on": ["2024-07-01", "2024-08-01"],
    }
    undo(changed, by=ana)
    idea.refresh_from_db()
    assert (str(idea.amount), str(idea.issued_on)) == ("5000.00", "2024-07-01")


def test_an_award_of_a_program_that_nobody_knows_is_refused(arp: Award, ana: User) -> None:
    session = look_at(AWARDS.replace("ARP", "Moon money"), kind="awards", by=ana)
    assert outcomes(session) == {"refused": 1}
    assert session.unknown == {"program": {"Moon money": {"count": 1}}}
