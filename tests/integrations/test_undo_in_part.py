"""What an undo cannot put back stands and says so, and everything else is undone."""

import pytest

from assets.actions import assign_asset
from assets.models import Asset, Category
from people.actions import change_person, change_room
from people.models import Person, School, User
from tests.factories import make_asset
from tests.integrations.conftest import bring, undo
from tests.whole import whole

pytestmark = pytest.mark.django_db


def test_one_whose_room_is_gone_stands_and_the_others_are_undone(
    equipment: Category, lincoln: School, ana: User
) -> None:
    gone, stays = (lincoln.rooms.get(code=code) for code in ("101", "102"))
    one, other = (
        make_asset(school=lincoln, tag=t, room=r) for t, r in (("V-1", gone), ("V-2", stays))
    )
    session = bring("Tag,Room\nV-1,LIB\nV-2,LIB\n", by=ana)
    change_room(gone, by=ana, active=False)
    undo(session, by=ana)
    assert [Asset.objects.get(pk=a.pk).room.code for a in (one, other)] == ["LIB", "102"]  # type: ignore[union-attr]
    assert "This room is no longer in use." in str(session.rows.get(number=2).problems)


def test_whose_person_is_not_of_your_schools_any_more_stands_and_says_so(
    equipment: Category,
    lincoln: School,
    washington: School,
    maria: Person,
    jamal: Person,
    ana: User,
    tom: User,
) -> None:
    asset = make_asset(school=lincoln, tag="V-6")
    assign_asset(asset, to=maria, by=ana)
    session = bring(f"Tag,Assigned To\nV-6,{jamal.local_id}\n", by=tom)
    change_person(maria, by=ana, school=washington)
    session = undo(session, by=tom)
    assert whole(asset)["loan"] == (jamal.pk, None)
    assert "not in your schools any more" in str(session.rows.get().problems)
    undo(session, by=ana)
    assert whole(asset)["loan"] == (maria.pk, None)
