"""What a row may leave out about a thing that is known, and what it must say."""

import pytest

from assets.models import Asset, Category
from people.models import School, User
from tests.factories import make_asset
from tests.integrations.conftest import bring, look_at, outcomes

pytestmark = pytest.mark.django_db


def test_a_missing_thing_goes_to_a_room_only_by_a_row_that_says_it_is_here(
    equipment: Category, lincoln: School, ana: User
) -> None:
    make_asset(school=lincoln, tag="M1", status="missing", legacy=True, room=lincoln.rooms.first())
    assert outcomes(look_at("Tag,Room\nM1,LIB\n", by=ana)) == {"refused": 1}
    assert outcomes(bring("Tag,Room,Status\nM1,LIB,in stock\n", by=ana)) == {"update": 1}
    found = Asset.objects.get(tag="M1")
    assert (found.status, found.room and found.room.code) == ("in_stock", "LIB")


def test_a_row_about_a_known_tag_needs_no_school_and_no_category(
    lincoln: School, washington: School, ana: User
) -> None:
    make_asset(school=washington, tag="K1")
    session = bring(
        "Tag,Room,Condition\nK1,LIB,fair\nK2,LIB,fair\n", by=ana, school="", category=""
    )
    assert outcomes(session) == {"update": 1, "refused": 1}
    known = Asset.objects.select_related("room").get(tag="K1")
    assert (known.room, known.condition) == (washington.rooms.get(code="LIB"), "fair")
