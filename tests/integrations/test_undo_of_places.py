"""Undo of an import of schools, rooms or awards takes nobody else's word back."""

from collections.abc import Callable
from typing import Any

import pytest

from funding.actions import grant_award_access, reclassify
from funding.models import Award
from people.actions import PersonDraft, add_person, change_room, change_school, create_room
from people.models import Room, School, User
from tests.factories import make_asset
from tests.funding.test_second_person import all_of
from tests.integrations.conftest import bring, undo, why
from tests.integrations.test_undo_and_others import of, stands

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "district")]
FILE = "Tag,Make,Model,Acquired,Cost,Award\nL1,Zeta,Z1,2022-07-01,611.11,{award}\n"
WHY = "As the board decided"


PLACES = "School code,School,Room\nZZQ,Zeta Quad School,R1\nZZQ,Zeta Quad School,R2\n"


def room(code: str) -> Room:
    return Room.objects.get(school__code="ZZQ", code=code)


def renamed(school: School, ana: User) -> None:
    change_school(school, by=ana, name="Grace Hopper Academy", entity_number="1234567")


def enrolled(school: School, ana: User) -> None:
    draft = PersonDraft(local_id="777001", first_name="New", last_name="Kid", school=school)
    add_person(draft, by=ana)


SCHOOL: dict[str, tuple[Callable[[School, User], Any], str]] = {
    "renamed": (renamed, "Grace Hopper Academy changed since."),
    "a room more": (
        lambda school, ana: create_room(school, "R9", by=ana),
        "There are other rooms in Zeta Quad School.",
    ),
    "a student": (enrolled, "There are people at Zeta Quad School."),
    "an item": (
        lambda school, ana: make_asset(school=school, room=room("R1")),
        "There are items in R1.",
    ),
}


@pytest.mark.parametrize("act", SCHOOL)
def test_a_school_that_was_taken_up_since_stays(ana: User, act: str) -> None:
    session = bring(PLACES, kind="places", by=ana)
    do, said = SCHOOL[act]
    do(School.objects.get(code="ZZQ"), ana)
    session = undo(session, by=ana)
    assert said in why(session)
    assert School.objects.get(code="ZZQ").active and room("R1").active
    assert not room("R2").active, "which nobody took up"


def test_a_room_that_somebody_named_since_stays_with_its_school(ana: User) -> None:
    session = bring(PLACES, kind="places", by=ana)
    change_room(room("R2"), by=ana, name="Server closet")
    session = undo(session, by=ana)
    assert "R2 changed since." in why(session)
    assert School.objects.get(code="ZZQ").active and room("R2").active


AWARDS = "Award,Program,Amount\nGift Fund,{program},90000.00\n"


@pytest.mark.parametrize("act", ["pays", "paid", "auditor"])
def test_an_award_that_was_taken_up_since_stays(
    local: Award, fay: User, ana: User, act: str
) -> None:
    session = bring(AWARDS.format(program=local.program.code), kind="awards", by=ana)
    gift = Award.objects.get(name="Gift Fund")
    said = "Gift Fund pays for items, or did."
    if act == "auditor":
        grant_award_access(gift, to=fay, by=ana)
        said = "Somebody was given sight of Gift Fund."
    else:
        bring(FILE.format(award="Gift Fund"), by=ana)
        if act == "paid":
            reclassify([of()], all_of(local), by=fay, reason=WHY)
    stands(undo(session, by=ana), said)
    gift.refresh_from_db()
    assert gift.active


def test_an_award_whose_things_were_undone_goes_with_its_import(local: Award, ana: User) -> None:
    awards = bring(AWARDS.format(program=local.program.code), kind="awards", by=ana)
    things = bring(FILE.format(award="Gift Fund"), by=ana)
    undo(things, by=ana)
    undo(awards, by=ana)
    assert not Award.objects.get(name="Gift Fund").active
