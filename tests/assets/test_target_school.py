"""Whoever takes a thing into a school may do there what they do: Tom is technician at Lincoln and
only views Washington, so nothing of Lincoln becomes Washington's by him, at whatever door."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.actions import (
    assign_asset,
    change_asset,
    change_status,
    correct_asset,
    find_again,
    hand_over_asset,
    merge_assets,
    move_asset,
    return_asset,
    return_assets,
    unmerge_assets,
    verify_asset,
)
from assets.models import Asset, AssetSpan, Status
from core.access import SYSTEM
from core.journal import verify
from core.problems import NotPermitted
from integrations import actions
from people.actions import add_membership
from people.models import Person, Room, School, User
from people.roles import Role
from tests.cast import again, make_user
from tests.factories import make_asset
from tests.forms import scanned
from tests.integrations.conftest import look_at, work

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
Act = Callable[[Asset, Room, User], Any]

ACTS: dict[str, Act] = {
    "move": lambda a, room, by: move_asset(a, to=room, by=by),
    "return": lambda a, room, by: return_asset(a, room=room, by=by),
    "find": lambda a, room, by: find_again(a, room=room, by=by),
    "correct a room": lambda a, room, by: correct_asset(a, room=room, by=by, reason="Misread"),
    "correct a school": lambda a, room, by: correct_asset(
        a, school=room.school, by=by, reason="Misread"
    ),
    "home room": lambda a, room, by: change_asset(a, home_room=room, by=by),
}


@pytest.fixture
def there(washington: School) -> Room:
    return washington.rooms.get(code="101")


@pytest.fixture
def seeing(tom: User, washington: School) -> User:
    """Tom, who may look at Washington as well."""
    add_membership(tom, by=SYSTEM, role=Role.VIEWER, school=washington)
    return again(tom)


@pytest.fixture
def of_both(tom: User, washington: School) -> User:
    """Tom, who is technician at Washington as well."""
    add_membership(tom, by=SYSTEM, role=Role.TECHNICIAN, school=washington)
    return again(tom)


def ready(act: str, school: School, person: Person) -> Asset:
    """A thing of the school with which the act may be done."""
    asset = make_asset(school=school)
    if act == "return":
        assign_asset(asset, to=person, by=SYSTEM)
    if act == "find":
        change_status(asset, to=Status.MISSING, by=SYSTEM)
    return asset


def state_of(asset: Asset) -> tuple[Any, ...]:
    return Asset.objects.values_list(
        "school", "room", "home_room", "status", "holder", "version"
    ).get(pk=asset.pk)


def fresh(asset: Asset) -> Asset:
    return Asset.objects.get(pk=asset.pk)


@pytest.mark.parametrize("name", ACTS)
def test_who_only_views_a_school_takes_nothing_there(
    name: str, seeing: User, lincoln: School, there: Room, maria: Person
) -> None:
    asset = ready(name, lincoln, maria)
    before = state_of(asset)
    with pytest.raises(NotPermitted, match="in the school that it would go to"):
        ACTS[name](asset, there, seeing)
    assert state_of(asset) == before


@pytest.mark.parametrize("name", ACTS)
def test_a_room_of_a_school_that_is_not_theirs_is_not_there(
    name: str, tom: User, lincoln: School, there: Room, maria: Person
) -> None:
    asset = ready(name, lincoln, maria)
    before = state_of(asset)
    with pytest.raises((Room.DoesNotExist, School.DoesNotExist)):
        ACTS[name](asset, there, tom)
    assert state_of(asset) == before


@pytest.mark.parametrize("name", ACTS)
def test_who_works_at_both_schools_takes_it_there(
    name: str, of_both: User, lincoln: School, there: Room, maria: Person
) -> None:
    asset = ready(name, lincoln, maria)
    ACTS[name](asset, there, of_both)
    after = fresh(asset)
    if name == "home room":
        assert (after.home_room, after.school) == (there, lincoln)
    else:
        assert after.school == there.school
        assert name == "correct a school" or after.room == there
    assert verify.verify().findings == []


def test_a_sighting_names_no_room_that_is_not_theirs(
    tom: User, lincoln: School, there: Room
) -> None:
    asset = make_asset(school=lincoln)
    with pytest.raises(Room.DoesNotExist):
        verify_asset(asset, room=there, by=tom)
    assert not asset.verifications.exists()


def test_the_api_answers_403_and_404(
    seeing: User, lincoln: School, there: Room, maria: Person, api_of: Of
) -> None:
    bodies = {
        "move": {"room": there.pk},
        "return": {"room": there.pk},
        "find": {"room": there.pk},
        "correct a room": {"reason": "Misread", "room": there.pk},
        "correct a school": {"reason": "Misread", "school": there.school_id},
    }
    stranger = make_user("Lou", Role.TECHNICIAN, lincoln)
    things = {name: ready(name, lincoln, maria) for name in bodies}
    before = {name: state_of(asset) for name, asset in things.items()}
    for user, status in ((seeing, 403), (stranger, 404)):
        api = api_of(user)
        for name, body in bodies.items():
            address = f"/api/v1/assets/{things[name].pk}/{name.split()[0]}"
            answer = api.post(address, json.dumps(body), content_type="application/json")
            assert answer.status_code == status, (name, answer.content)
        thing = things["move"]
        answer = api.patch(
            f"/api/v1/assets/{thing.pk}",
            json.dumps({"home_room": there.pk}),
            content_type="application/json",
            headers={"if-match": api.get(f"/api/v1/assets/{thing.pk}")["ETag"]},
        )
        assert answer.status_code == status, answer.content
    assert {name: state_of(asset) for name, asset in things.items()} == before


def test_the_pages_say_why(
    seeing: User, lincoln: School, there: Room, maria: Person, client_of: Of
) -> None:
    client = client_of(seeing)
    for verb in ("move", "return", "correct", "edit"):
        asset = ready(verb, lincoln, maria)
        before = state_of(asset)
        address = f"/assets/{asset.pk}/{verb}/"
        typed = {
            "room": there.pk,
            "home_room": there.pk,
            "condition": "keep",
            "reason": "Misread",
            "tag": asset.tag,
            "serial": asset.serial,
            "product": asset.product_id,
            "version": asset.version,
        }
        if verb == "edit":
            typed |= {"condition": "", "use": "", "title_holder": "", "description": ""}
        page = client.post(address, typed).content.decode()
        assert "in the school that it would go to" in page, verb
        assert state_of(asset) == before


def test_the_desk_takes_nothing_there(
    seeing: User, lincoln: School, there: Room, maria: Person, client_of: Of
) -> None:
    client = client_of(seeing)
    for mode, name in (("in", "return"), ("move", "move"), ("verify", "find")):
        asset = ready(name, lincoln, maria)
        before = state_of(asset)
        client.post("/scan/", {"mode": mode})
        desk = client.session["desk"]
        session = client.session
        session["desk"] = {**desk, "target": ["room", there.pk]}
        session.save()
        scanned(client, asset.tag)
        line = client.session["desk"]["rows"][0]
        assert not line["ok"] and "in the school that it would go to" in line["text"]
        assert state_of(asset) == before


def test_a_home_room_elsewhere_takes_no_check_in_of_who_may_not_check_in_there(
    seeing: User, ana: User, lincoln: School, there: Room, room: Room, maria: Person
) -> None:
    asset, other, stays = (make_asset(school=lincoln) for _ in range(3))
    for one in (asset, other):
        change_asset(one, home_room=there, by=ana)
    change_asset(stays, home_room=room, by=ana)
    for one in (asset, other, stays):
        assign_asset(fresh(one), to=maria, by=SYSTEM)
    for things in ([asset], [stays, other]):
        with pytest.raises(NotPermitted, match="Choose another room"):
            return_assets([fresh(x) for x in things], by=seeing)
    assert {fresh(x).holder for x in (asset, other, stays)} == {maria}
    return_asset(fresh(asset), room=room, by=seeing)
    return_asset(fresh(stays), by=seeing)
    assert [(fresh(x).school, fresh(x).room) for x in (asset, stays)] == [(lincoln, room)] * 2
    return_asset(fresh(other), by=ana)
    assert (fresh(other).room, fresh(other).school) == (there, there.school), "it is theirs again"
    assert verify.verify().findings == []


def test_from_hand_to_hand_it_stays_of_its_school(
    seeing: User, ana: User, lincoln: School, there: Room, maria: Person, jamal: Person
) -> None:
    asset = make_asset(school=lincoln)
    change_asset(asset, home_room=there, by=ana)
    assign_asset(fresh(asset), to=maria, by=seeing)
    for by, to in ((seeing, jamal), (ana, maria)):
        hand_over_asset(fresh(asset), to=to, by=by)
        assert (fresh(asset).holder, fresh(asset).school) == (to, lincoln)
    schools = AssetSpan.objects.filter(asset=asset).values_list("school", flat=True)
    assert set(schools) == {lincoln.pk}


def test_both_schools_of_a_merge_are_asked(
    lincoln: School, washington: School, district: object
) -> None:
    dan = make_user("Dan", Role.TECHNOLOGY_DIRECTOR, lincoln)
    add_membership(dan, by=SYSTEM, role=Role.VIEWER, school=washington)
    dan = again(dan)
    here, away, second = (make_asset(school=s) for s in (lincoln, washington, lincoln))
    for loser, winner in ((here, away), (away, here)):
        with pytest.raises(NotPermitted):
            merge_assets(loser, into=winner, by=dan, reason="One thing")
        assert fresh(loser).merged_into is None
    merge_assets(second, into=here, by=dan, reason="One thing")
    assert fresh(second).merged_into == here
    merge_assets(fresh(here), into=away, by=SYSTEM, reason="One thing")
    with pytest.raises(NotPermitted):
        unmerge_assets(fresh(here), by=dan, reason="Two things")


@pytest.mark.parametrize("with_room", [False, True])
def test_a_row_takes_nothing_into_a_school_where_its_person_only_looks(
    with_room: bool, seeing: User, ana: User, lincoln: School, there: Room
) -> None:
    moves, stays = (make_asset(school=lincoln, tag=tag) for tag in ("100001", "100002"))
    before = state_of(moves)
    text = (
        f"Tag,School,Room,Description\n100001,WAS,{'101' if with_room else ''},\n100002,LIN,,Red\n"
    )
    session = look_at(text, by=seeing)
    row = session.rows.order_by("number").first()
    assert row is not None and row.outcome == "refused", row
    assert "in the school that it would go to" in str(row.problems)
    work(actions.apply_import(session, by=seeing))
    assert state_of(moves) == before
    assert fresh(stays).description == "Red"
    session = look_at(text, by=ana)
    work(actions.apply_import(session, by=ana))
    assert fresh(moves).school == there.school
    assert fresh(moves).room == (there if with_room else None)
    work(actions.undo_import(session, by=ana))
    assert (fresh(moves).school, fresh(moves).room) == (lincoln, moves.room), "as it was"
