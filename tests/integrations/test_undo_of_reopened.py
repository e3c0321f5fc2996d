"""Undo of an import that put something back into use: what was there before is no reason to leave
it so, and what came since is."""

from collections.abc import Callable
from typing import Any

import pytest

from assets.actions import (
    correct_asset,
    dispose_asset,
    move_asset,
    reinstate_assets,
    reopen_disposal,
    void_asset,
)
from assets.models import Asset
from core.access import SYSTEM
from core.models import Entry
from core.time import days
from funding.actions import change_award, grant_award_access, set_parameter
from funding.models import Award
from integrations.models import ImportSession
from people.actions import (
    PersonDraft,
    add_membership,
    add_person,
    change_person,
    change_room,
    change_school,
    create_room,
    create_school,
)
from people.models import Person, Room, School, User
from people.roles import Role
from tests.cast import make_user
from tests.factories import make_asset
from tests.integrations.conftest import bring, undo, why
from tests.integrations.test_undo_and_others import FILE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "district")]


@pytest.fixture
def west(ana: User) -> School:
    """A school with a student, a teacher's role and a thing in its room 7, which Ana closed."""
    west = create_school("WST", "West", by=ana)
    room = create_room(west, "7", by=ana)
    pupil = PersonDraft(local_id="9", first_name="Ann", last_name="West", school=west)
    add_person(pupil, by=ana)
    make_user("Wim", Role.TECHNICIAN, west)
    make_asset(tag="W1", school=west, room=room)
    void = make_asset(tag="V1", school=west, room=create_room(west, "9", by=ana))
    void_asset(void, by=ana, reason="A line read twice")
    gone = make_asset(tag="G1", school=west, status="awaiting_disposal", legacy=True)
    dispose_asset(gone, by=ana, method="recycled", disposed_on=days.today())
    change_room(room, by=ana, active=False)
    return change_school(west, by=ana, active=False)


@pytest.fixture
def reopened(west: School, ana: User) -> ImportSession:
    return bring("School code,Room\nWST,7\n", kind="places", by=ana, settle="reopen=open")


def thing(tag: str) -> Asset:
    return Asset.objects.get(tag=tag)


def in_use() -> tuple[bool, bool]:
    school = School.objects.get(code="WST")
    return school.active, Room.objects.get(school=school, code="7").active


def test_with_what_was_there_it_is_closed_again(reopened: ImportSession, ana: User) -> None:
    assert in_use() == (True, True)
    session = undo(reopened, by=ana)
    assert (session.state, why(session), in_use()) == ("undone", "", (False, False))


def enrolled(west: School, lincoln: School, ana: User) -> None:
    new = PersonDraft(local_id="10", first_name="New", last_name="West", school=west)
    add_person(new, by=ana)


def moved_in(west: School, lincoln: School, ana: User) -> None:
    kid = add_person(
        PersonDraft(local_id="11", first_name="Kid", last_name="Lin", school=lincoln), by=ana
    )
    change_person(kid, by=ana, school=west)


SINCE: dict[str, tuple[Callable[[School, School, User], Any], str]] = {
    "a new student": (enrolled, "There are people at West."),
    "a student of another school": (moved_in, "There are people at West."),
    "a role": (
        lambda west, _lincoln, ana: add_membership(
            make_user("Eve", Role.VIEWER, None), by=ana, role=Role.TECHNICIAN, school=west
        ),
        "Somebody has a role at West.",
    ),
    "a new item": (
        lambda west, _lincoln, _ana: make_asset(tag="W2", school=west),
        "There are items in 7.",
    ),
    "an item without a room": (
        lambda west, lincoln, ana: correct_asset(
            make_asset(tag="W2", school=lincoln), school=west, by=ana, reason="Wrong school"
        ),
        "There are items in West.",
    ),
    "an item that existed after all": (
        lambda _west, _lincoln, ana: reinstate_assets([thing("V1")], by=ana, reason="It is here"),
        "There are items in West.",
    ),
    "an item that was not disposed": (
        lambda _west, _lincoln, ana: reopen_disposal(thing("G1"), by=ana, reason="It is here"),
        "There are items in West.",
    ),
    "a room": (
        lambda west, _lincoln, ana: create_room(west, "8", by=ana),
        "There are other rooms in West.",
    ),
    "an item of another school": (
        lambda west, lincoln, ana: move_asset(
            make_asset(tag="W2", school=lincoln), to=Room.objects.get(school=west, code="7"), by=ana
        ),
        "There are items in 7.",
    ),
}


@pytest.mark.parametrize("act", SINCE)
def test_with_what_came_since_it_stays(
    reopened: ImportSession, west: School, lincoln: School, ana: User, act: str
) -> None:
    do, said = SINCE[act]
    do(School.objects.get(pk=west.pk), lincoln, ana)
    session = undo(reopened, by=ana)
    assert said in why(session)
    assert in_use()[0]


def test_what_was_out_and_came_back_was_there(
    reopened: ImportSession, lincoln: School, ana: User
) -> None:
    void_asset(thing("W1"), by=ana, reason="A mistake")
    reinstate_assets([thing("W1")], by=ana, reason="It was here")
    asset, room = (
        make_asset(tag="W3", school=lincoln),
        Room.objects.get(school__code="WST", code="7"),
    )
    move_asset(asset, to=room, by=ana)
    move_asset(asset, to=Room.objects.get(school=lincoln, code="101"), by=ana)
    pupil = Person.objects.get(local_id="9")
    for school in (lincoln, room.school):
        pupil = change_person(pupil, by=ana, school=school)
    assert undo(reopened, by=ana).state == "undone"
    assert in_use() == (False, False)


AWARDS = "Award,Program\nGift Fund,{program}\n"


@pytest.fixture
def gift(local: Award, ana: User) -> Award:
    """An award that paid for a thing and that Fay could see, which Ana put out of use."""
    file = AWARDS.format(program=local.program.code)
    bring(file, kind="awards", by=ana)
    bring(FILE.format(award="Gift Fund"), by=ana)
    gift = Award.objects.get(name="Gift Fund")
    grant_award_access(gift, to=make_user("Aud", Role.AUDITOR, None), by=ana)
    return change_award(gift, by=ana, active=False)


@pytest.mark.parametrize("since", ["nothing", "a share", "sight", "a threshold"])
def test_an_award_is_out_of_use_again_unless_somebody_took_it_up(
    gift: Award, local: Award, ana: User, fay: User, since: str
) -> None:
    file = AWARDS.format(program=local.program.code)
    session = bring(file, kind="awards", by=ana, settle="reopen=open")
    assert Award.objects.get(pk=gift.pk).active
    if since == "a share":
        bring(FILE.format(award="Gift Fund").replace("L1", "L2"), by=ana)
    elif since == "sight":
        grant_award_access(Award.objects.get(pk=gift.pk), to=fay, by=ana)
    elif since == "a threshold":
        said = Entry.objects.count()
        set_parameter("micro_purchase", "award", "1000", by=SYSTEM, award=gift)
        assert Entry.objects.count() == said + 1
    session = undo(session, by=ana)
    assert Award.objects.get(pk=gift.pk).active is (since != "nothing"), why(session)
    assert (session.state == "undone") is (since == "nothing")
