"""Forgotten means gone: not in the database's files, nor in a log, nor in the next backup."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from assets.actions import return_asset
from assets.models import Asset, Category
from core import forgetting, runs
from core.access import SYSTEM
from core.backup import make_backup
from core.journal import verify
from core.models import Entry, IdempotencyKey, Run
from people.actions import change_person, erase_person, save_people
from people.actions.roster import PersonDraft
from people.models import Person, School, User
from tests.factories import made, make_asset
from tests.forgotten import traces
from tests.forms import scanned, sent
from tests.integrations.conftest import bring, look_at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_folders")]

FIRST, LAST, MAIL, ID = "Zephyrine", "Quackenbosch", "zq.pupil@example.org", "ZQX70711"
MARKS = (LAST, FIRST, MAIL, ID)
ROSTER = f"id,first name,last name,email,grade\n{ID},{FIRST},{LAST},{MAIL},7\nB1,Una,Vane,,7\n"
HOLDERS = f"Tag,Holder id,Holder name\nA1,{ID},{FIRST} {LAST}\nA2,,\n"


@pytest.fixture
def own_folders(settings: Any, tmp_path: Path) -> None:
    """Files and backups of this test alone. (The log is what pytest captures.)"""
    settings.FILES_DIR = tmp_path / "files"
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.BACKUP_DIR.mkdir()


@pytest.fixture
def zephyrine(lincoln: School) -> Person:
    """She came by a roster, among many others."""
    many = [
        PersonDraft(
            local_id=f"M{n:05d}", school=lincoln, first_name=f"First{n}", last_name=f"Last{n}"
        )
        for n in range(400)
    ]
    save_people(many[:200], by=SYSTEM)
    bring(ROSTER, kind="people", name=f"{LAST} {FIRST}.csv")
    save_people(many[200:], by=SYSTEM)
    return Person.objects.get(local_id=ID)


def rewritten() -> None:
    """What the worker does after somebody was erased."""
    for run in Run.objects.filter(kind=forgetting.KIND, state="waiting"):
        assert runs.execute(run.pk)
        run.refresh_from_db()
        assert run.state == "finished", run.reason


def test_nothing_of_her_is_left_in_any_file_row_log_or_backup(
    ana: User,
    zephyrine: Person,
    lincoln: School,
    client_of: Callable[[User], Client],
    api_of: Callable[[User], Client],
    capfd: pytest.CaptureFixture[str],
) -> None:
    made(Category.objects.create(name="Equipment"))
    browser, api = client_of(ana), api_of(ana)
    # A list of holders, one with her name misspelled by a heading; a desk; a replayed answer.
    bring(HOLDERS, name="holders.csv")
    look_at(f"Tag,Note\nA7,given to {LAST} {FIRST} in May\n", name="notes.csv")
    laptop = make_asset(school=lincoln, tag="MV000123")
    browser.post("/scan/", {"mode": "out"})
    for code in (ID, "MV000123"):
        scanned(browser, code)
    seen = api.get(f"/api/v1/people/{zephyrine.pk}").headers["ETag"]
    changed = {
        "school": lincoln.pk,
        "local_id": "ZQX70712",
        "first_name": FIRST,
        "last_name": LAST,
        "kind": "student",
    }
    twice = api.post(
        "/api/v1/people", changed, "application/json", headers={"Idempotency-Key": "k1"}
    )
    assert twice.status_code == 201 and seen
    api.post(
        f"/api/v1/people/{twice.json()['id']}/merge",
        {"into": zephyrine.pk, "reason": "Enrolled twice"},
        "application/json",
        headers={"Idempotency-Key": "k2"},
    )
    browser.get(f"/people/?q={LAST}")
    for asset in Asset.objects.filter(holder=zephyrine):
        return_asset(asset, by=SYSTEM, room=lincoln.rooms.first())
    assert traces(*MARKS), "the marks are where they can be found"
    zephyrine.refresh_from_db()
    page = f"/people/{zephyrine.pk}/erase/"
    seen = sent(browser.get(page).content.decode(), page, "seen")
    browser.post(page, seen | {"reason": "Asked for."})
    assert Person.objects.get(pk=zephyrine.pk).erased_at
    rewritten()
    make_backup()
    assert traces(*MARKS, "ZQX70712") == []
    said = capfd.readouterr()
    assert not [m for m in MARKS if m.casefold() in (said.out + said.err).casefold()]
    # What was acknowledged is still done once, and nothing is broken.
    replay = api.post(
        "/api/v1/people", changed, "application/json", headers={"Idempotency-Key": "k1"}
    )
    assert replay.headers["Idempotent-Replay"] == "true" and replay.json()["last_name"] == ""
    assert browser.get("/scan/").status_code == 200
    assert laptop.assignments.count() == 1, "the fact stays"
    assert verify.verify().findings == []


def test_the_command_leaves_nothing_either(zephyrine: Person) -> None:
    call_command("erase_person", ID.lower(), reason="Asked for.")
    assert traces(*MARKS) == []
    assert Entry.objects.get(kind="person.erased").via == "command"


def test_an_old_name_does_not_stay_where_it_was_copied_to(
    ana: User, zephyrine: Person, lincoln: School, api_of: Callable[[User], Client]
) -> None:
    """She is called otherwise now; a list that named her without her id is still hers."""
    made(Category.objects.create(name="Equipment"))
    look_at(f"Tag,Note\nA7,given to {LAST} {FIRST} in May\n", name="notes.csv")
    body = {
        "first_name": FIRST,
        "last_name": LAST,
        "local_id": "ZQX70712",
        "school": lincoln.pk,
        "kind": "student",
    }
    api_of(ana).post("/api/v1/people", body, "application/json", headers={"Idempotency-Key": "k"})
    change_person(
        Person.objects.get(local_id="ZQX70712"), by=ana, last_name="Neu", first_name="Nora"
    )
    assert LAST not in str(IdempotencyKey.objects.get().body), "answers forget it at once"
    change_person(
        zephyrine, by=ana, first_name="Cora", last_name="Caldwell", local_id="CC1", email=""
    )
    erase_person(Person.objects.get(pk=zephyrine.pk), by=ana, reason="Asked for.")
    rewritten()
    assert traces(*MARKS[:3]) == []
