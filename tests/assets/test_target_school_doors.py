"""Nothing of Lincoln becomes Washington's by Tom at whatever door: REST, pages, desk, files."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from integrations import actions
from people.models import Person, Room, School, User
from people.roles import Role
from tests.assets.target import fresh, ready, seeing, state_of, there
from tests.cast import make_user
from tests.factories import make_asset
from tests.forms import scanned
from tests.integrations.conftest import look_at, work

__all__ = ["seeing", "there"]

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


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
