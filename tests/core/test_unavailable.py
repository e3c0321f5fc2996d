"""What we stand on is away: one sentence, 503, when to come back; and nothing half-written."""

import errno
import fcntl
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client

from core.db import unavailable
from core.db.sqlite.base import DatabaseWrapper
from core.models import Attachment, Entry, StoredFile
from core.ops import logs
from people.models import Room, School, User
from tests.api.test_strict import Api
from tests.factories import make_asset

pytestmark = pytest.mark.django_db(transaction=True)
sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own")
Of = Callable[[User | None], Client]


def said(answer: Any) -> str:
    """The one sentence of a 503, which says when to come back."""
    assert answer.status_code == 503, answer.content
    assert int(answer["Retry-After"]) > 0
    assert answer["Cache-Control"] == "no-store"
    text = answer.content.decode()
    assert text.count('<div role="alert">') == 1
    assert text.count("ti-alert-triangle") == 1
    return text


def add_room(client: Client, school: School, code: str = "9", name: str = "") -> Any:
    return client.post(f"/schools/{school.pk}/rooms/new/", {"code": code, "name": name})


def patience(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """How long this test's connection waits for the gate and BEGIN together."""
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", seconds)
    connection.close()


@contextmanager
def foreign_lock() -> Iterator[None]:
    """Another program writes, and does not end."""
    other = sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


@contextmanager
def gate_held() -> Iterator[None]:
    """Another process of ours stands in the gate, and does not go on."""
    with Path(f"{connection.settings_dict['NAME']}.gate").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@sqlite_only
@pytest.mark.parametrize("held", [foreign_lock, gate_held])
def test_who_writes_while_the_database_is_locked_is_told_to_come_back(
    held: Any,
    ana: User,
    rob: User,
    lincoln: School,
    client_of: Of,
    api_of: Api,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    patience(0.4, monkeypatch)
    client, api, fresh = client_of(ana), api_of(rob), api_of(rob)
    body = json.dumps({"code": "W", "name": "West"})
    before = Room.objects.count(), Entry.objects.count()
    with held():
        began = time.monotonic()
        assert "Others are writing" in said(add_room(client, lincoln))
        assert time.monotonic() - began < 5
        answer = api.post("/api/v1/schools", body, content_type="application/json")
        assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
        assert answer.json()["errors"][0]["code"] == "database-busy"
        assert answer["Retry-After"] == "5"
        assert client.get("/rooms/").status_code == 200, "who reads does not wait"
        assert fresh.get("/api/v1/rooms").status_code == 200, "its first use is not noted"
        assert client.get("/healthz").status_code == 200
    assert (Room.objects.count(), Entry.objects.count()) == before
    assert add_room(client, lincoln).status_code == 302
    assert api.post("/api/v1/schools", body, content_type="application/json").status_code == 201


@pytest.mark.untrue(reason="writes a row behind the register's back")
@sqlite_only
def test_the_gate_and_begin_have_one_deadline_together(
    lincoln: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience(1.0, monkeypatch)
    waited: list[float] = []
    monkeypatch.setattr(DatabaseWrapper, "_busy_timeout", lambda self, ms: waited.append(ms / 1000))
    with gate_held_for(0.6):
        School.objects.update(name="x")
    assert 0 < waited[0] < 0.5, "what was waited at the gate is not waited again"


@contextmanager
def gate_held_for(seconds: float) -> Iterator[None]:
    with Path(f"{connection.settings_dict['NAME']}.gate").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        timer = threading.Timer(seconds, lambda: fcntl.flock(file, fcntl.LOCK_UN))
        timer.start()
        yield
        timer.join()


@sqlite_only
@pytest.mark.parametrize(
    ("pragma", "back", "sentence"),
    [
        ("max_page_count = 1", "max_page_count = 1000000", "disk is full"),
        ("query_only = ON", "query_only = OFF", "cannot write"),
    ],
)
def test_a_full_disk_and_a_read_only_one_are_said_and_nothing_is_half_written(
    pragma: str, back: str, sentence: str, ana: User, lincoln: School, client_of: Of
) -> None:
    client = client_of(ana)
    rooms, entries, made = Room.objects.count(), Entry.objects.count(), 0
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # other tests left pages that would be filled first
        cursor.execute(f"PRAGMA {pragma}")
        try:
            while made < 500:
                answer = add_room(client, lincoln, code=str(made), name="x" * 190)
                if answer.status_code != 302:
                    break
                made += 1
        finally:
            cursor.execute(f"PRAGMA {back}")
    assert sentence in said(answer)
    assert Room.objects.count() - rooms == made
    assert Entry.objects.count() - entries == made
    assert add_room(client, lincoln, code="again").status_code == 302


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_a_file_that_finds_no_room_leaves_nothing(
    code: int,
    ana: User,
    lincoln: School,
    client_of: Of,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> None:
    asset = make_asset(school=lincoln)
    client = client_of(ana)

    def attach() -> Any:
        file = SimpleUploadedFile("invoice.pdf", b"%PDF-1.7\n%%EOF", "application/pdf")
        form = {"file": file, "kind": "invoice", "next": "/"}
        return client.post(f"/files/assets.asset/{asset.pk}/", form)

    def full(*args: object) -> None:
        raise OSError(code, "no room")

    with monkeypatch.context() as patch:
        patch.setattr("core.disk.blobs.os.fsync", full)
        said(attach())
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists()
    assert not list(Path(settings.FILES_DIR).glob(".incoming-*"))
    assert attach().status_code == 302
    assert Attachment.objects.count() == 1


def test_a_statement_that_never_ends_is_ended(
    ana: User, client_of: Of, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = (
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t"
    )

    def look(*args: object) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET statement_timeout = 200")
            settings.STATEMENT_SECONDS = 0.2
            cursor.execute(endless)

    client = client_of(ana)
    with monkeypatch.context() as patch:
        patch.setattr("core.views.home.sentences.tell_all", look)
        assert "took too long" in said(client.get("/"))
    settings.STATEMENT_SECONDS = 60
    connection.close()
    assert client.get("/").status_code == 200


def test_while_the_database_is_away_there_is_one_line_for_each_request(
    ana: User,
    client_of: Of,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    settings: Any,
) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError("away")

    client = client_of(ana)
    client.raise_request_exception = False
    client.cookies["session"]
    logs.configure()
    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", away)
        for path in ("/", "/purchases/", "/assets/"):
            said(client.get(path))
        answer = client.get(
            "/api/v1/assets", headers={"Authorization": "Bearer da_00000000_" + "x" * 43}
        )
        assert answer.status_code == 503
        assert answer.json()["errors"][0]["code"] == "database-away"
        assert client.get("/healthz").status_code == 200
    lines = [json.loads(x) for x in capsys.readouterr().err.splitlines() if x[:1] == "{"]
    told = [x for x in lines if x.get("code") == 503]
    assert [x["reason"] for x in told] == ["database-away"] * 4
    assert not [x for x in lines if "exception" in x]
    assert client.get("/").status_code == 200


class FromPostgres(Exception):
    """As psycopg2 raises: `pgcode` is what the server said."""

    def __init__(self, pgcode: str | None) -> None:
        self.pgcode = pgcode


@pytest.mark.parametrize(
    ("pgcode", "code"),
    [
        ("53100", "disk-full"),
        ("57P01", "database-away"),
        ("57P03", "database-away"),
        ("08006", "database-away"),
        ("53300", "database-busy"),
        ("40P01", "database-busy"),
        ("57014", "too-slow"),
        ("25006", "storage-read-only"),
        ("23505", None),
        ("42P01", None),
    ],
)
def test_what_postgresql_says_is_understood(pgcode: str, code: str | None) -> None:
    error = OperationalError("x")
    error.__cause__ = FromPostgres(pgcode)
    found = unavailable.away(error)
    assert (found.code if found else None) == code


def test_a_failure_of_ours_is_not_called_an_outage() -> None:
    for ours in (ValueError("x"), KeyError("x"), FileNotFoundError(2, "x"), AssertionError()):
        assert unavailable.away(ours) is None
