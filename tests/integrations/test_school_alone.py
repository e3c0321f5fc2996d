"""A list that names a school and neither room nor holder ends no loan and empties no room."""

import pytest

from assets.models import Asset
from core.access import SYSTEM
from people.models import Person, Room, School
from tests.factories import make_asset
from tests.integrations.conftest import Brings, outcomes, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]


@pytest.fixture(autouse=True)
def things(lincoln: School, washington: School, room: Room, maria: Person) -> None:
    """One that Maria has, one in her room too, one in a room, one nowhere; all at Lincoln."""
    from assets.actions import assign_asset, move_asset

    assign_asset(make_asset(school=lincoln, tag="LENT"), to=maria, by=SYSTEM)
    both = make_asset(school=lincoln, tag="BOTH", room=room)
    assign_asset(both, to=maria, by=SYSTEM)
    move_asset(Asset.objects.get(tag="BOTH"), to=room, by=SYSTEM)
    make_asset(school=lincoln, tag="ROOM", room=room)
    make_asset(school=lincoln, tag="BARE")


def where() -> dict[str, tuple[str, str | None, str | None, str]]:
    rows = Asset.objects.values_list(
        "tag", "school__code", "holder__local_id", "room__code", "place"
    )
    return {tag: tuple(rest) for tag, *rest in rows}  # type: ignore[misc]


def of(school: str) -> str:
    return "Tag,School\n" + "".join(f"{tag},{school}\n" for tag in ("LENT", "BOTH", "ROOM", "BARE"))


@pytest.mark.parametrize("school", ["LIN", "lin", "Lincoln Middle School"])
def test_within_the_school_nothing_changes(brings: Brings, school: str) -> None:
    before = where()
    assert outcomes(brings(of(school))) == {"same": 4}
    assert where() == before


def test_another_school_is_asked_for_what_somebody_has(brings: Brings, maria: Person) -> None:
    before = where()
    session = brings(of("WAS"))
    assert outcomes(session) == {"refused": 2, "update": 2}
    assert "somebody has it; this row, which does not say who, is of Washington Elementary." in why(
        session
    )
    row = session.rows.get(raw__Tag="ROOM")
    assert row.warnings == [
        "It leaves Main 101, since the row names no room of Washington Elementary."
    ]
    after = where()
    assert {t: after[t] for t in ("LENT", "BOTH")} == {t: before[t] for t in ("LENT", "BOTH")}
    assert after["ROOM"] == after["BARE"] == ("WAS", None, None, "unplaced")


def test_it_stays_or_its_school_is_put_right_and_the_loan_stands(
    brings: Brings, maria: Person
) -> None:
    before = where()
    assert outcomes(brings("Tag,School\nLENT,WAS\n", "away=keep")) == {"same": 1}
    assert where() == before
    assert outcomes(brings("Tag,School\nLENT,WAS\n", "away=correct")) == {"update": 1}
    assert where()["LENT"] == ("WAS", maria.local_id, None, "person")
    assert Asset.objects.get(tag="LENT").assignments.get().closed_at is None
