"""Acts that take a thing into a school, and who may do what at which."""

from collections.abc import Callable
from typing import Any

import pytest

from assets.actions import (
    assign_asset,
    change_asset,
    change_status,
    correct_asset,
    find_again,
    move_asset,
    return_asset,
)
from assets.models import Asset, Status
from core.access import SYSTEM
from people.actions import add_membership
from people.models import Person, Room, School, User
from people.roles import Role
from tests.cast import again
from tests.factories import make_asset

Act = Callable[[Asset, Room, User], Any]

ACTS: dict[str, Act] = {
    "move": lambda a, room, by: move_asset(a, to=room, by=by),
    "return": lambda a, room, by: return_asset(a, room=room, by=by),
    "find": lambda a, room, by: find_again(a, room=room, by=by),
    "correct a room": lambda a, room, by: correct_asset(a, room=room, by=by, reason="Misread"),
    "correct a school": lambda a, room, by: correct_asset(
        a, school=room.school, by=by, reason="Misread"
    ),
    "home room": lambda a, room, by: change_asset(a, home_room=room, by=by),
}


@pytest.fixture
def there(washington: School) -> Room:
    return washington.rooms.get(code="101")


@pytest.fixture
def seeing(tom: User, washington: School) -> User:
    """Tom, who may look at Washington as well."""
    add_membership(tom, by=SYSTEM, role=Role.VIEWER, school=washington)
    return again(tom)


@pytest.fixture
def of_both(tom: User, washington: School) -> User:
    """Tom, who is technician at Washington as well."""
    add_membership(tom, by=SYSTEM, role=Role.TECHNICIAN, school=washington)
    return again(tom)


def ready(act: str, school: School, person: Person) -> Asset:
    """A thing of the school with which the act may be done."""
    asset = make_asset(school=school)
    if act == "return":
        assign_asset(asset, to=person, by=SYSTEM)
    if act == "find":
        change_status(asset, to=Status.MISSING, by=SYSTEM)
    return asset


def state_of(asset: Asset) -> tuple[Any, ...]:
    return Asset.objects.values_list(
        "school", "room", "home_room", "status", "holder", "version"
    ).get(pk=asset.pk)


def fresh(asset: Asset) -> Asset:
    return Asset.objects.get(pk=asset.pk)
