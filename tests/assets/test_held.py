"""What somebody is told that a person holds, held or gave back: the things of their schools."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from assets.actions import assign_asset, move_asset, return_asset
from assets.custody.held import gave_back, held_now, held_then, listed
from core.access import SYSTEM
from core.time import days
from people.models import Person, Room, School, User
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
AGO = [days.now() - timedelta(days=n) for n in (40, 30, 20, 10)]


def test_a_thing_of_another_school_is_not_told_of_a_person_of_ones_own(
    tom: User,
    ana: User,
    lincoln: School,
    washington: School,
    maria: Person,
    client_of: Callable[[User], Client],
    api_of: Callable[[User], Client],
) -> None:
    here, there = make_asset(school=lincoln, tag="HERE"), make_asset(school=washington, tag="THERE")
    for asset in (here, there):
        assign_asset(asset, to=maria, by=SYSTEM)
    assert set(held_now(maria, ana)) == {here, there}
    assert list(held_now(maria, tom)) == [here]
    assert listed(maria, ana) == "HERE, THERE"
    assert listed(maria, tom) == "HERE, 1 more"
    page = client_of(tom).get(f"/people/{maria.pk}/").content.decode()
    assert "HERE" in page and "THERE" not in page
    told = api_of(tom).get("/api/v1/assets", {"holder": maria.pk}).json()["results"]
    assert [row["tag"] for row in told] == ["HERE"]


def test_what_was_held_at_another_school_then_is_not_told_where_the_thing_came_later(
    tom: User, ana: User, lincoln: School, washington: School, room: Room, maria: Person
) -> None:
    asset = make_asset(school=washington, at=AGO[0])
    assign_asset(asset, to=maria, by=SYSTEM, at=AGO[1])
    return_asset(asset, by=SYSTEM, at=AGO[2])
    move_asset(asset, to=room, by=SYSTEM, at=AGO[3])
    held = AGO[1] + timedelta(days=1)
    assert list(held_then(maria, held, ana)) == [asset]
    assert not held_then(maria, held, tom).exists()
    assert [loan.asset for loan in gave_back(maria, ana)] == [asset]
    assert not gave_back(maria, tom).exists()


def test_a_thing_that_went_to_another_school_takes_along_what_is_told_of_it(
    tom: User, ana: User, lincoln: School, washington: School, maria: Person
) -> None:
    asset = make_asset(school=lincoln, at=AGO[0])
    assign_asset(asset, to=maria, by=SYSTEM, at=AGO[1])
    return_asset(asset, by=SYSTEM, at=AGO[2])
    held = AGO[1] + timedelta(days=1)
    assert list(held_then(maria, held, tom)) == [asset]
    assert [loan.asset for loan in gave_back(maria, tom)] == [asset]
    move_asset(asset, to=washington.rooms.get(code="101"), by=SYSTEM, at=AGO[3])
    assert list(held_then(maria, held, ana)) == [asset]
    assert not held_then(maria, held, tom).exists()
    assert [loan.asset for loan in gave_back(maria, ana)] == [asset]
    assert not gave_back(maria, tom).exists()
