"""Writes what every route answers each of the cast, as JSON, to the file PAGES_FILE.

It is no test: `same_pages` runs it by pytest, for the world and the cast, in a tree of its own
choice, which may be of a commit that did not have it. Time stands still and chance is the same in
each run, so that only the code can make a difference.
"""

import hashlib
import json
import os
import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from tests.access_table import CAST, address, routes
from tests.cast import *  # noqa: F403  the fixtures
from tests.world import *  # noqa: F403

NOON = datetime(2026, 2, 11, 18, 0, tzinfo=UTC)
#: What answers machines with what the machine is like just now.
NO_PAGES = {"healthz", "readyz", "metrics"}
#: More of a page than its plain address shows.
ALSO = {
    "activity": ["?on=2026-02-11"],
    "asset": ["?as_of=2026-02-01", "?as_of=2020-01-01"],
    "assets": ["?status=in_use", "?q=nothing-like-this", "?queue=missing"],
    "labels": ["?tag=100001"],
    "people": ["?q=nothing-like-this"],
    "scan": [f"?mode={mode}" for mode in ("look", "out", "in", "move", "verify", "tag")],
}


class Chance:
    """Bytes that are the same in each run, begun anew for each request."""

    def __init__(self) -> None:
        self.begin("world")

    def begin(self, what: str) -> None:
        self.what, self.drawn = what, 0

    def draw(self, count: int) -> bytes:
        self.drawn += 1
        return hashlib.shake_256(f"{self.what} {self.drawn}".encode()).digest(count)


@pytest.fixture(autouse=True)
def chance(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chance]:
    """Stands before every other fixture: time stands still, and chance is no chance."""
    same = Chance()
    monkeypatch.setattr(os, "urandom", same.draw)
    monkeypatch.setattr(random, "_urandom", same.draw)
    with time_machine.travel(NOON, tick=False):
        yield same


@pytest.mark.django_db
def test_dump(
    chance: Chance,
    cast: dict[str, Any],
    world: dict[str, Any],
    client_of: Callable[[Any], Client],
) -> None:
    found = {}
    for who in CAST:
        client = client_of(cast[who])
        client.raise_request_exception = False
        for route in routes():
            name, url = str(route.name), address(route, world)
            if name in NO_PAGES:
                continue
            asked = [("GET", url + query, query) for query in ("", *ALSO.get(name, []))]
            for method, where, query in [*asked, ("POST", url, "")]:
                key = f"{method} {name}{query} {who}"
                chance.begin(key)
                found[key] = _answer(client, method, where)
    Path(os.environ["PAGES_FILE"]).write_text(json.dumps(found))


def _answer(client: Client, method: str, url: str) -> dict[str, Any]:
    """What a request answers; whatever it did is rolled back."""
    cookies = client.cookies.output()
    with transaction.atomic():
        response: Any = client.generic(method, url)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies.clear()  # who signed out is in again
    client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    kind = response.headers.get("Content-Type", "")
    is_text = kind.startswith("text/") or "json" in kind or "svg" in kind
    body = content.decode(errors="replace") if is_text else ""
    return {
        "status": response.status_code,
        "kind": kind,
        "to": response.headers.get("Location", ""),
        "length": None if is_text else len(content),
        "body": re.sub(r"\b[0-9a-f]{32}\b", "(32 hex digits)", body),
    }
