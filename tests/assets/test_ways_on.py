"""A refusal that names a button names one that helps: whoever presses it comes further."""

from collections.abc import Sequence

import pytest

from assets.actions import (
    change_status,
    find_again,
    reinstate_assets,
    reopen_disposal,
    void_asset,
)
from assets.custody.rules import HAND_OUT_FROM, closed_problems, hand_out_problems
from assets.leaving.acts import REOPEN
from assets.leaving.rules import disposal_problems
from assets.life import DIRECT_DISPOSAL, move_problems
from assets.mistakes.acts import REINSTATE
from assets.models import Asset, Status
from assets.models.status import ASTRAY, CLOSED
from assets.places.acts import FIND, STATUS
from core.access import SYSTEM
from core.problems import Problem
from people.models import School
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
TO_DISPOSAL = (Status.IN_STOCK, Status.SURPLUS, Status.AWAITING_DISPOSAL)


def says(found: Sequence[Problem], label: object) -> None:
    (problem,) = found
    assert str(label) in problem.message
    assert "Check it in" not in problem.message, "nobody has it"


def stood(school: School, status: Status) -> Asset:
    return make_asset(school=school, status=status, legacy=True)


@pytest.mark.parametrize("status", sorted(set(Status) - {*HAND_OUT_FROM, *CLOSED}))
def test_what_stands_in_the_way_of_a_hand_out_is_done_by_the_button_that_is_named(
    lincoln: School, status: Status
) -> None:
    asset = stood(lincoln, status)
    found = list(hand_out_problems(asset))
    if status in ASTRAY:
        says(found, FIND.label)
        asset = find_again(asset, by=SYSTEM)
    else:
        says(found, STATUS.label)
        asset = change_status(asset, to=Status.IN_STOCK, by=SYSTEM)
    assert not list(hand_out_problems(asset))


@pytest.mark.parametrize("status", [Status.DISPOSED, Status.VOID])
def test_what_is_closed_by_mistake_is_opened_by_the_button_that_is_named(
    lincoln: School, status: Status
) -> None:
    asset = stood(lincoln, status if status == Status.DISPOSED else Status.IN_STOCK)
    if status == Status.VOID:
        asset = void_asset(asset, by=SYSTEM, reason="A mistake")
        says(list(closed_problems(asset)), REINSTATE.label)
        (asset,) = reinstate_assets([asset], by=SYSTEM, reason="It is here")
    else:
        says(list(closed_problems(asset)), REOPEN.label)
        says(list(move_problems(asset, Status.IN_STOCK)), REOPEN.label)
        asset = reopen_disposal(asset, by=SYSTEM, reason="It is here")
    assert not list(closed_problems(asset))


@pytest.mark.parametrize("status", sorted(set(Status) - {*DIRECT_DISPOSAL, *CLOSED}))
def test_what_cannot_leave_yet_is_brought_to_it_by_the_button_that_is_named(
    lincoln: School, status: Status
) -> None:
    asset = stood(lincoln, status)
    if status in ASTRAY:
        says(list(disposal_problems(asset)), FIND.label)
        asset = find_again(asset, by=SYSTEM)
    for to in TO_DISPOSAL:
        if asset.status != Status.AWAITING_DISPOSAL:
            says(list(disposal_problems(asset)), STATUS.label)
            if not list(move_problems(asset, to)):
                asset = change_status(asset, to=to, by=SYSTEM)
    assert not list(disposal_problems(asset))
