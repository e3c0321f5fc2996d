"""What holds of every refusal: its code and its sentence were told, and nothing was written."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.test import Client

from tests import codes
from tests.house_rules import APPS


def rows() -> dict[str, int]:
    """How many rows each table has. That no column changed either is looked at by conftest: the
    journal, which has no new entry, says what stands in every row."""
    configs = [apps.get_app_config(app) for app in APPS if apps.is_installed(app)]
    models = {m._meta.label: m for config in configs for m in config.get_models()}
    return {name: model._base_manager.count() for name, model in models.items()}


@contextmanager
def refusal(*expected: str) -> Iterator[None]:
    """Within it a Problem of each of these codes came into being, and nothing was written."""
    before, known = rows(), set(codes.met)
    codes.met.clear()
    try:
        yield
        told = set(codes.met)
    finally:
        codes.met.update(known)
    assert set(expected) <= told
    assert rows() == before


def page_says(
    client: Client, path: str, typed: dict[str, Any], code: str, *said: str, status: int = 200
) -> str:
    """Somebody sends a form, and the page says why not."""
    with refusal(code):
        answer = client.post(path, typed)
    page = unescape(answer.content.decode())
    assert answer.status_code == status
    for words in said:
        assert words in page
    return page


def rest_says(
    api: Client,
    path: str,
    body: Any,
    code: str,
    *said: str,
    status: int = 409,
    pointer: str | None = None,
    method: str = "POST",
    **headers: str,
) -> dict[str, Any]:
    """A program sends a body, and is told why not; the error of this code."""
    sent = json.dumps(body, cls=DjangoJSONEncoder)
    with refusal(code):
        answer = api.generic(
            method, f"/api/v1/{path}", sent, content_type="application/json", headers=headers
        )
    assert answer.status_code == status, answer.content
    error: dict[str, Any] = next(e for e in answer.json()["errors"] if e["code"] == code)
    for words in said:
        assert words in error["message"]
    if pointer is not None:
        assert error["pointer"] == pointer
    return error


@contextmanager
def meanwhile(act: Callable[[], Any]) -> Iterator[None]:
    """Somebody else has done it and not yet committed when this begins; they do soon after."""
    done, go = threading.Event(), threading.Event()

    def other() -> None:
        try:
            with transaction.atomic():
                act()
                done.set()
                go.wait(30)
                time.sleep(0.5)  # the other request passes its rule, and waits for the index
        finally:
            done.set()
            connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    assert done.wait(30)
    go.set()
    try:
        yield
    finally:
        thread.join()
