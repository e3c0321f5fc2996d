"""What acts told of earlier days alone is taken back by whoever may do their opposites."""

from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest

from assets.actions import (
    assign_asset,
    change_status,
    correct_asset,
    put_back_assets,
    return_asset,
)
from assets.earlier import known_before
from assets.mistakes.standing import Standing
from assets.models import Asset, AssetSpan
from core.access import SYSTEM
from core.models import Entry
from core.problems import NotPermitted
from core.time import days
from people.models import Person, Room, User
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
Acts = Callable[[Asset, Person, Room], None]


def lent(asset: Asset, maria: Person, room: Room) -> None:
    assign_asset(asset, to=maria, by=SYSTEM, at=days.now() - 30 * DAY)
    return_asset(Asset.objects.get(), by=SYSTEM, room=room, at=days.now() - 10 * DAY)


def moved(asset: Asset, maria: Person, room: Room) -> None:
    library = room.school.rooms.get(code="LIB")
    lent(asset, maria, room)
    correct_asset(
        Asset.objects.get(), by=SYSTEM, reason="Misread", room=library, at=days.now() - 40 * DAY
    )


def mended(asset: Asset, maria: Person, room: Room) -> None:
    lent(asset, maria, room)
    change_status(Asset.objects.get(), to="in_repair", by=SYSTEM, at=days.now() - 40 * DAY)


def said(spans: Iterable[AssetSpan]) -> list[tuple[object, ...]]:
    return [(s.valid_from, s.status, s.room_id, s.holder_id) for s in spans]


def told() -> list[tuple[object, ...]]:
    return said(AssetSpan.objects.known().in_order())


@pytest.mark.parametrize(
    ("acts", "since", "lacking"),
    [
        (lent, 2, "assets.return_asset"),
        (moved, 1, "assets.move_asset"),
        (mended, 1, "assets.change_status"),
    ],
)
def test_fay_takes_back_no_earlier_day_which_tom_may(
    acts: Acts, since: int, lacking: str, maria: Person, room: Room, fay: User, tom: User
) -> None:
    asset = make_asset(school=room.school, room=room, at=days.now() - 60 * DAY)
    acts(asset, maria, room)
    asset = Asset.objects.get()
    stood, became = Standing.of(asset), told()
    entries = Entry.objects.of(asset).order_by("-pk")[:since]
    past = known_before({asset.pk: entries[since - 1].pk})
    was = said(past[asset.pk])
    assert was != became and Standing.of(past[asset.pk][-1]) == stood, "today is as it was"
    with pytest.raises(NotPermitted) as error:
        put_back_assets([(asset, stood)], by=fay, past=past)
    assert error.value.problems[0].data == {"permission": lacking}
    assert told() == became
    put_back_assets([(asset, stood)], by=tom, past=past)
    assert told() == was
