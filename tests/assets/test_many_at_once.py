"""What is done with many things asks the database no more often than with a few."""

from collections.abc import Callable, Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assets.actions import change_status, change_statuses, find_all_again
from assets.models import Asset, AssetSpan
from core.access import SYSTEM
from core.journal import verify
from core.problems import Refused
from people.models import Room, School, User
from tests.factories import make_asset

pytestmark = pytest.mark.django_db


def missing(things: Sequence[Asset], room: Room, by: User) -> list[Asset]:
    return change_statuses(things, to="missing", by=by, reason="Not in the cart")


def found(things: Sequence[Asset], room: Room, by: User) -> list[Asset]:
    return find_all_again(things, room=room, by=by)


@pytest.mark.parametrize("act", [missing, found])
def test_tom_tells_it_of_a_whole_cart(
    act: Callable[[Sequence[Asset], Room, User], list[Asset]],
    lincoln: School,
    library: Room,
    tom: User,
) -> None:
    def queries(n: int) -> int:
        things = [make_asset(school=lincoln) for _i in range(n)]
        if act is found:
            missing(things, library, tom)
        with CaptureQueriesContext(connection) as asked:
            done = act(things, library, tom)
        assert {a.pk for a in done} == {a.pk for a in things}
        assert len({a.status for a in done}) == 1
        return len(asked)

    queries(2)
    assert queries(3) == queries(7)
    assert verify.verify().findings == []


def test_none_of_them_changes_where_one_may_not(lincoln: School) -> None:
    good, gone = make_asset(school=lincoln), make_asset(school=lincoln)
    change_status(gone, to="missing", by=SYSTEM)
    before = AssetSpan.objects.count()
    with pytest.raises(Refused) as error:
        change_statuses([good, gone], to="surplus", by=SYSTEM)
    assert [p.field for p in error.value.problems] == ["rows.1.status"]
    with pytest.raises(Refused) as error:
        find_all_again([good, gone], by=SYSTEM)
    assert [(p.field, p.code) for p in error.value.problems] == [("rows.0.asset", "not-missing")]
    assert AssetSpan.objects.count() == before
