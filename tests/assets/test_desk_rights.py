"""The list at the scan desk is kept in the session: it tells what was scanned as long as its reader
may see all of it."""

from collections.abc import Callable

import pytest
from django.test import Client

from assets.actions import assign_asset
from core.access import SYSTEM
from people.actions import add_membership, end_membership
from people.models import Person, School, User
from people.roles import Role
from tests.cast import make_user
from tests.factories import make_asset, make_student
from tests.forms import scanned

pytestmark = pytest.mark.django_db


def test_who_left_a_school_reads_at_the_desk_no_more_who_has_its_things(
    client_of: Callable[[User | None], Client], lincoln: School, washington: School, maria: Person
) -> None:
    cal = make_user("Cal", Role.TECHNICIAN, lincoln)
    more = add_membership(cal, by=SYSTEM, role=Role.TECHNICIAN, school=washington)
    gabriel = make_student(school=washington, first="Gabriel", last="Gray")
    asset = make_asset(school=washington, tag="MV000346")
    assign_asset(asset, to=gabriel, by=SYSTEM)
    desk = client_of(cal)
    desk.post("/scan/", {"mode": "out"})
    scanned(desk, maria.local_id)
    scanned(desk, "MV000346")
    assert "It is with Gabriel Gray." in desk.get("/scan/").content.decode()
    end_membership(more, by=SYSTEM)
    page = desk.get("/scan/").content.decode()
    assert "Gabriel" not in page
    assert "MV000346" not in page
    assert "Your rights changed" in page
    scanned(desk, maria.local_id)
    assert "Your rights changed" in desk.get("/scan/").content.decode(), "it is said once"


def test_who_was_given_more_keeps_the_list(
    client_of: Callable[[User | None], Client], tom: User, washington: School, lincoln: School
) -> None:
    make_asset(school=lincoln, tag="MV000347")
    desk = client_of(tom)
    desk.post("/scan/", {"mode": "verify"})
    scanned(desk, "MV000347")
    add_membership(tom, by=SYSTEM, role=Role.TECHNICIAN, school=washington)
    assert "MV000347 seen" in desk.get("/scan/").content.decode()
