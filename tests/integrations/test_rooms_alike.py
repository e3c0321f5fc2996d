"""A list of things that names a room or a school with other zeros or signs than one that is here:
it is asked about, and *Create all* makes none beside it unasked."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from assets.models import Asset
from core.access import SYSTEM
from integrations.models import ImportSession
from people.actions import create_room, create_school
from people.models import Room, School, User
from tests.forms import plan_of
from tests.integrations.conftest import Brings, look_at, outcomes, why, worked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
Of = Callable[[User | None], Client]
Create = Callable[..., ImportSession]
HEAD = "Tag,Make,Model,School,Room\n"
ROW = "A-1,HP,One,LIN,{room}\n"


@pytest.fixture(autouse=True)
def room(lincoln: School) -> Room:
    return create_room(lincoln, "901", by=SYSTEM)


@pytest.fixture(params=["command", "page"])
def create_all(request: pytest.FixtureRequest, tmp_path: Path, ana: User, client_of: Of) -> Create:
    """Bring a file, settle, and create all that nobody knows."""

    def command(text: str, settle: str = "") -> ImportSession:
        path = tmp_path / "file.csv"
        path.write_text(text)
        call_command(
            *("import_file", "assets", str(path)),
            category="Equipment",
            settle=settle.split(),
            apply=True,
            create_unknown=True,
            stdout=io.StringIO(),
        )
        return ImportSession.objects.latest("pk")

    def page(text: str, settle: str = "") -> ImportSession:
        client, session = client_of(ana), look_at(text, by=ana)
        url = f"/imports/{session.pk}/"
        for settled in settle.split():
            kind, choice = settled.split("=")
            chosen = {"kind": kind, "choice": choice}
            client.post(f"{url}conflicts/", chosen | plan_of(client, url))
        for _round in range(2):
            client.post(f"{url}unknown/", {"all": "1"} | plan_of(client, url))
        client.post(f"{url}apply/", plan_of(client, url))
        return worked(ImportSession.objects.get(pk=session.pk))

    return command if request.param == "command" else page


def rooms() -> list[str]:
    return sorted(Room.objects.filter(code__contains="9").values_list("code", flat=True))


@pytest.mark.parametrize("told", ["0901", "Rm 901", "00901"])
def test_no_room_is_made_beside_another_unasked(create_all: Create, told: str, room: Room) -> None:
    session = create_all(HEAD + ROW.format(room=told))
    assert outcomes(session) == {"refused": 1}
    assert f"LIN {told} looks like LIN 901, with other zeros or signs." in why(session)
    assert (session.rows.get().conflict, session.unknown) == ("place", {})
    assert (rooms(), Asset.objects.count()) == (["901"], 0)


def test_it_is_that_one(brings: Brings, room: Room) -> None:
    session = brings(HEAD + ROW.format(room="0901"), "place=that")
    assert outcomes(session) == {"create": 1}
    assert (Asset.objects.get().room, rooms()) == (room, ["901"])
    again = brings(HEAD + ROW.format(room="0901"))
    assert outcomes(again) == {"same": 1}, "as answered before"
    assert "As answered before for this source: it is that one." in again.rows.get().warnings[0]
    assert rooms() == ["901"]


def test_it_is_another_one(create_all: Create) -> None:
    session = create_all(HEAD + ROW.format(room="0901"), "place=another")
    assert (outcomes(session), why(session)) == ({"create": 1}, "")
    thing = Asset.objects.select_related("room").get()
    assert thing.room is not None
    assert (thing.room.code, rooms()) == ("0901", ["0901", "901"])


def test_two_new_rooms_of_one_file_are_compared(create_all: Create) -> None:
    rows = ROW.format(room="0902") + ROW.format(room="902").replace("A-1", "A-2")
    looked = look_at(HEAD + rows)
    assert "LIN 902 looks like LIN 0902 in row 2, with other zeros or signs." in why(looked)
    assert list(looked.unknown["room"]) == ["LIN 0902"]
    session = create_all(HEAD + rows)
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert "LIN 902 looks like LIN 0902, with other zeros or signs." in why(session)
    assert rooms() == ["0902", "901"]
    session = create_all(HEAD + rows, "place=that")
    assert outcomes(session) == {"create": 1, "same": 1}, why(session)
    assert {str(a.room) for a in Asset.objects.all()} == {"0902"}
    assert rooms() == ["0902", "901"]


def test_what_parts_numbers_and_another_building_or_school_is_another_room(
    create_all: Create, lincoln: School
) -> None:
    create_school("KEN", "Kennedy", by=SYSTEM)
    head = HEAD.replace("Room", "Building,Room")
    rows = "B-1,HP,One,KEN,,0901\nB-2,HP,One,LIN,North,0901\nB-3,HP,One,LIN,,9-01\n"
    session = create_all(head + rows)
    assert (outcomes(session), why(session)) == ({"create": 3}, "")
    assert rooms() == ["0901", "0901", "9-01", "901"]


def test_no_school_is_made_beside_another_unasked(create_all: Create, lincoln: School) -> None:
    create_school("771", "West", by=SYSTEM)
    text = HEAD + "C-1,HP,One,0771,\n"
    session = create_all(text)
    assert outcomes(session) == {"refused": 1}
    assert "0771 looks like 771, with other zeros or signs." in why(session)
    assert not School.objects.filter(code="0771").exists()
    session = create_all(text, "place=that")
    assert Asset.objects.get().school.code == "771"
    assert not School.objects.filter(code="0771").exists()
    session = create_all(text.replace("0771", "00771").replace("C-1", "C-2"), "place=another")
    assert outcomes(session) == {"create": 1}, why(session)
    assert School.objects.filter(code="00771").exists()


@pytest.mark.parametrize("word", ["Unassigned", "NOT ASSIGNED", "no room"])
def test_a_word_for_no_room_is_an_empty_cell(brings: Brings, word: str) -> None:
    brings(HEAD + ROW.format(room="901"))
    session = brings(f"{HEAD}{ROW.format(room=word)}A-2,HP,One,LIN,{word}\n")
    assert outcomes(session) == {"same": 1, "create": 1}, why(session)
    places = Asset.objects.order_by("tag").values_list("tag", "room__code")
    assert list(places) == [("A-1", "901"), ("A-2", None)]
    told = {r.number: str(r.warnings) for r in session.rows.all()}
    assert "it stays in the room where it is here" in told[2]
    assert f"The row says {word}: it comes into no room" in told[3]


def test_a_room_that_is_called_so_is_one(brings: Brings, lincoln: School) -> None:
    create_room(lincoln, "Unassigned", by=SYSTEM)
    brings(HEAD + ROW.format(room="unassigned"))
    assert Asset.objects.get().room == Room.objects.get(code="Unassigned")
