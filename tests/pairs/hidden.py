"""Things of the first side in the hands of people of the second, and all that is told of them."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from assets.actions import assign_asset, move_asset, return_asset
from core.access import SYSTEM
from core.journal import sealing
from core.time import days
from people.actions import add_membership
from people.models import Room, User
from tests.cast import again, make_user
from tests.factories import make_asset, make_purchase, make_student
from tests.pairs.opening import opened, text_of
from tests.pairs.sides import MARKS, Held, give, make_side

Sides = dict[str, dict[str, Any]]
#: Who sees the things by an award alone, and the people by name.
HIDING: list[tuple[Held, Held]] = [
    (("auditor of the award", "one"), (kind, "two"))
    for kind in ("viewer", "technician", "technology_director")
]
NAMING: list[tuple[Held, ...]] = [
    (("technician", "one"),),
    (("auditor of the award", "one"), ("technician", "one")),
    (("auditor by name", "one"), ("auditor of the award", "two")),
]


@pytest.fixture
def sides(district: Any) -> Sides:
    """The two sides, and things of the first in the hands of people of the second."""
    found = {name: make_side(name) for name in MARKS}
    (one, award), (two, _award) = found["one"]["rows"], found["two"]["rows"]
    before = days.now() - timedelta(days=20)
    _purchase, units = make_purchase(shares=[(award, "100")], at=before)
    zelda, yolanda = (
        make_student(school=two, first=name, last="Quark") for name in ("Zelda", "Yolanda")
    )
    still = make_asset(school=one, tag="STILL-1", unit=units[0], at=before)
    assign_asset(still, to=zelda, by=SYSTEM)
    moved = make_asset(school=two, tag="MOVED-1", unit=units[1], at=before)
    assign_asset(moved, to=yolanda, by=SYSTEM, at=days.now() - timedelta(days=9))
    move_asset(moved, to=Room.objects.get(school=one), by=SYSTEM)
    back = make_asset(school=one, tag="BACK-1", unit=units[2], at=before)
    assign_asset(back, to=zelda, by=SYSTEM, at=days.now() - timedelta(days=9))
    return_asset(back, by=SYSTEM)
    own = make_asset(school=two, tag="OWN-1", at=before)
    assign_asset(own, to=zelda, by=SYSTEM, at=days.now() - timedelta(days=9))
    sealing.seal_all()
    people: dict[str, Any] = {"zelda": zelda, "yolanda": yolanda}
    return found | {"crossed": people | {"things": [still, moved, back]}}


def reader(held: tuple[Held, ...], sides: Sides, name: str = "Pat") -> User:
    user = make_user(name, None)
    for kind, side in held:
        if kind.startswith("auditor"):
            give(user, (kind, side), sides)
        else:
            add_membership(user, by=SYSTEM, role=kind, school=sides[side]["rows"][0])
    return again(user)


def everything(
    user: User, sides: Sides, client_of: Callable[..., Client], api_of: Callable[..., Client]
) -> Iterator[tuple[str, str]]:
    """Each address that leads from people to things or back, with what it answers."""
    pages, api = client_of(user), api_of(user)
    crossed = sides["crossed"]
    yield from opened(user, pages, api, {k: sides[k] for k in MARKS}, 0)
    today, then = (days.today() - timedelta(days=n) for n in (0, 5))
    for thing in crossed["things"]:
        for url in ("", f"?as_of={today}", f"?as_of={then}"):
            yield f"/assets/{thing.pk}/{url}", text_of(pages.get(f"/assets/{thing.pk}/{url}"))
        yield f"assets/{thing.pk}", text_of(api.get(f"/api/v1/assets/{thing.pk}"))
    for person in (crossed["zelda"], crossed["yolanda"]):
        holder = f"holder={person.pk}"
        for url in (
            f"/people/{person.pk}/",
            f"/people/{person.pk}/?on={today}",
            f"/people/{person.pk}/?on={then}",
            f"/assets/?{holder}",
            f"/assets/?{holder}&as_of={today}",
            f"/assets/?{holder}&as_of={then}",
            f"/assets/export.csv?{holder}",
            f"/assets/export.csv?{holder}&as_of={then}",
            f"/assets/labels/?{holder}",
        ):
            yield url, text_of(pages.get(url))
        yield f"assets?{holder}", text_of(api.get(f"/api/v1/assets?{holder}"))


def pieces(url: str, text: str) -> list[str]:
    """A page in one piece; one that lists what happened, or things with their holders, by rows."""
    if (
        url == "/"
        or url.startswith("/activity/")
        or (url.startswith("/assets/") and "holder=" not in url)
    ):
        return re.split(r"</(?:tr|li|dd|p)>|\n", text)
    return [text]
