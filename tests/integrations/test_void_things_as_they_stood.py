"""A void thing that a list brings back comes back as the preview shows: as it stood, and as the row
says beyond that. What its status does not allow is refused before anything is applied."""

import pytest

from assets.actions import change_status, void_asset
from assets.models import Asset, Status
from core.access import SYSTEM
from core.journal import verify
from integrations import actions
from integrations.models import ImportSession
from people.actions import create_room
from people.models import Room, School
from tests.factories import make_asset
from tests.integrations.conftest import bring, look_at, outcomes, undo, why, work
from tests.integrations.holders import somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]


@pytest.fixture(autouse=True)
def other(lincoln: School) -> Asset:
    """What stands in the same list, and nobody ever voided."""
    somebody(lincoln, "7", "Mia Test")
    create_room(lincoln, "900", by=SYSTEM)
    return make_asset(tag="OTHER", school=lincoln, room=Room.objects.get(code="101"))


def voided(school: School, stood: str) -> Asset:
    """A thing that stood so when somebody said that it never was."""
    if stood in ("lost", "disposed"):  # as it came from an older register
        bring(f"Tag,Status\nX1,{stood}\n", name="first.csv")
        asset = Asset.objects.get(tag="X1")
    else:
        asset = make_asset(tag="X1", school=school, room=Room.objects.get(code="101"))
        if stood != Status.IN_STOCK:
            asset = change_status(asset, to=stood, by=SYSTEM, reason="So it is")
    return void_asset(asset, by=SYSTEM, reason="Never came")


def brought_back(text: str) -> ImportSession:
    """The list with the other thing below, as it is previewed and then applied: alike."""
    head, row = text.split("\n")
    session = look_at(f"{head},Use\n{row},Math\nOTHER{',' * head.count(',')},Math\n")
    session = actions.settle_conflicts(session, "void", "back", by=SYSTEM)
    told = list(session.rows.order_by("number").values_list("outcome", "problems"))
    session = work(actions.apply_import(session, by=SYSTEM))
    assert list(session.rows.order_by("number").values_list("outcome", "problems")) == told
    assert Asset.objects.get(tag="OTHER").use == "Math"
    return session


def status() -> str:
    return Asset.objects.get(tag="X1").status


STOOD = ["in_stock", "in_use", "in_repair", "in_transit", "surplus", "missing", "lost", "disposed"]


@pytest.mark.parametrize("stood", STOOD)
def test_a_list_without_a_status_brings_it_back_as_it_stood(lincoln: School, stood: str) -> None:
    voided(lincoln, stood)
    session = brought_back("Tag\nX1")
    assert (outcomes(session), status()) == ({"update": 2}, stood)
    row = session.rows.get(raw__Tag="X1")
    assert row.changes["status"] == ["Void", str(Status(stood).label)]
    assert undo(session).state == "undone"
    assert status() == Status.VOID
    assert verify.verify().findings == []


@pytest.mark.parametrize(
    ("stood", "said"),
    [
        ("missing", "Missing"),
        ("missing", "In stock"),
        ("in_repair", "In use"),
        ("lost", "In stock"),
        ("in_stock", "Missing"),
        ("disposed", "Disposed"),
    ],
)
def test_a_list_may_say_what_it_became(lincoln: School, stood: str, said: str) -> None:
    voided(lincoln, stood)
    session = brought_back(f"Tag,Status\nX1,{said}")
    assert outcomes(session) == {"update": 2}, why(session)
    assert Status(status()).label == said
    assert session.rows.get(raw__Tag="X1").changes["status"] == ["Void", said]


@pytest.mark.parametrize(
    ("stood", "said", "sentence"),
    [
        ("surplus", "In use", "X1 is surplus and cannot become in use."),
        ("missing", "In repair", "X1 is missing and cannot become in repair."),
        ("in_stock", "Lost", "becomes lost only through a case"),
        ("in_stock", "Disposed", "Dispose of it on its page"),
        ("disposed", "In stock", "X1 is disposed and closed."),
    ],
)
def test_what_it_cannot_become_is_refused_before(
    lincoln: School, stood: str, said: str, sentence: str
) -> None:
    voided(lincoln, stood)
    session = brought_back(f"Tag,Status\nX1,{said}")
    assert outcomes(session) == {"refused": 1, "update": 1}
    assert sentence in why(session)
    assert status() == Status.VOID


@pytest.mark.parametrize(
    ("stood", "column", "sentence"),
    [
        ("missing", "Room\nX1,900", "X1 is missing; say first that it was found again."),
        ("in_repair", "Holder ID\nX1,7", "X1 is in repair and cannot be handed out."),
        ("disposed", "Room\nX1,900", "X1 is disposed; nothing more can be done with it."),
        ("disposed", "Last verified\nX1,1/5/2026", "X1 is disposed; nothing more can be done"),
    ],
)
def test_where_it_cannot_go_is_refused_before(
    lincoln: School, stood: str, column: str, sentence: str
) -> None:
    voided(lincoln, stood)
    session = brought_back(f"Tag,{column}")
    assert outcomes(session) == {"refused": 1, "update": 1}
    assert sentence in why(session)
    assert status() == Status.VOID


def test_whoever_gets_it_uses_it(lincoln: School) -> None:
    voided(lincoln, "in_stock")
    session = brought_back("Tag,Holder ID\nX1,7")
    assert outcomes(session) == {"update": 2}, why(session)
    assert session.rows.get(raw__Tag="X1").changes["status"] == ["Void", "In use"]
    assert status() == Status.IN_USE


def test_what_is_found_goes_to_its_room(lincoln: School) -> None:
    voided(lincoln, "missing")
    session = brought_back("Tag,Status,Room\nX1,In stock,900")
    assert outcomes(session) == {"update": 2}, why(session)
    there = Asset.objects.get(tag="X1")
    assert (there.status, there.room and there.room.code) == (Status.IN_STOCK, "900")
