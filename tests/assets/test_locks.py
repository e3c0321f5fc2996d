"""Two who act on the same things at the same moment: the locks that they meet at."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from assets.act import Reason, one_by_one
from assets.actions import change_status
from assets.api import verbs
from assets.models import Asset
from core.access import Actor
from people.models import Room, School, User
from tests.assets.test_api_races import at_once, desks, post
from tests.cast import again
from tests.factories import make_asset

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="the writers of SQLite pass one gate"
    ),
]


def met(place: threading.Barrier) -> bool:
    """Whether the other came here, too. Where a lock holds it back it does not."""
    with suppress(threading.BrokenBarrierError):
        place.wait()
        return True
    return False


def test_the_same_things_in_another_order_are_no_deadlock(tom: User, lincoln: School) -> None:
    one, other = make_asset(school=lincoln), make_asset(school=lincoln)
    after_the_first = threading.Barrier(2, timeout=1)

    def repair(asset: Asset, given: Reason, by: Actor) -> Asset:
        done = change_status(asset, to="in_repair", by=by, reason=given.reason)
        met(after_the_first)  # without an order each has a thing now that the other wants
        return done

    def desk(things: Sequence[Asset]) -> Callable[[], Any]:
        by = again(tom)
        return lambda: one_by_one(repair)(things, Reason("Broken"), by)

    answers = at_once([desk([one, other]), desk([other, one])])
    assert sorted([a.pk for a in answer] for answer in answers) == [
        [one.pk, other.pk],
        [other.pk, one.pk],
    ]


def test_of_two_verbs_of_the_same_version_one_is_told_that_it_is_another(
    rob: User,
    api_of: Callable[..., Client],
    lincoln: School,
    room: Room,
    library: Room,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asset, looked = make_asset(school=lincoln), threading.Barrier(2, timeout=1)
    real = verbs.unless_changed

    def unless_changed(*args: Any) -> None:
        real(*args)
        met(looked)  # without a lock both have seen the version that they want

    monkeypatch.setattr(verbs, "unless_changed", unless_changed)
    one, other = desks(api_of, rob, 2)
    seen = one.get(f"/api/v1/assets/{asset.pk}")["ETag"]
    path = f"assets/{asset.pk}/move"
    answers = at_once(
        [
            post(client, path, {"room": to.pk}, **{"If-Match": seen})
            for client, to in ((one, room), (other, library))
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
