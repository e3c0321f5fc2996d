"""Where the pages stand that add something."""

from typing import Any

import pytest

from funding.models import Award
from funding.seed import seed_reference
from people.models import Person, Room, School, User


@pytest.fixture
def door_world(
    lincoln: School, room: Room, maria: Person, arp: Award, tom: User, rob: User, ana: User
) -> dict[str, Any]:
    seed_reference()
    world: dict[str, Any] = {"school": lincoln, "room": room, "person": maria, "award": arp}
    return world | {"user": tom, "robot": rob}
