"""The small files of trouble that other systems' users reported, by command and by page."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from core import runs
from integrations.models import ImportSession
from people.models import User
from tests.forms import plan_of
from tests.integrations.ways import ODD

Bring = Callable[..., ImportSession]


def odd(name: str) -> Path:
    """One of the files."""
    return next(ODD.glob(f"{name}.*"))


def by_command(kind: str, path: Path, **options: Any) -> ImportSession:
    """Brought by whoever runs the server."""
    said = io.StringIO()
    call_command("import_file", kind, str(path), stdout=said, **options)
    return ImportSession.objects.latest("pk")


def by_page(
    client: Client, kind: str, path: Path, *, apply: bool = False, **options: Any
) -> ImportSession:
    """Brought on the page, and applied there where asked for."""
    with path.open("rb") as file:
        answer = client.post(reverse("imports"), {"kind": kind, "file": file, **options})
    assert answer.status_code == 302, re.findall(
        r"errorlist.*?</ul>", answer.content.decode(), re.S
    )
    session = _worked(ImportSession.objects.latest("pk"))
    return apply_on_page(client, session) if apply else session


def apply_on_page(client: Client, session: ImportSession) -> ImportSession:
    plan = plan_of(client, reverse("import", args=[session.pk]))
    client.post(reverse("import-act", args=[session.pk, "apply"]), plan)
    return _worked(session)


def _worked(session: ImportSession) -> ImportSession:
    """What was left to a worker is done."""
    session.refresh_from_db()
    if session.run is not None and not session.run.over:
        assert runs.execute(session.run.pk)
    return ImportSession.objects.get(pk=session.pk)


def settle(client: Client, session: ImportSession, wanted: dict[str, str]) -> ImportSession:
    """Choose on the page as a browser without JavaScript would: by the label of an option. What
    the page proposes is sent along as it stands."""
    html = client.get(reverse("import", args=[session.pk])).content.decode()
    data = {}
    for i, name in re.findall(r'name="name-(\d+)" value="([^"]*)"', html):
        data[f"name-{i}"] = name
        data[f"kind-{i}"] = re.search(rf'name="kind-{i}" value="(\w+)"', html)[1]  # type: ignore[index]
        select = re.search(rf'name="choice-{i}"[^>]*>(.*?)</select>', html, re.S)[1]  # type: ignore[index]
        options = re.findall(r'<option value="([^"]*)"( selected)?>([^<]*)<', select)
        proposed = next((value for value, selected, _text in options if selected), "")
        found = {text: value for value, _selected, text in options}
        data[f"choice-{i}"] = found[wanted[name]] if name in wanted else proposed
    assert client.post(reverse("import-unknown", args=[session.pk]), data).status_code == 302
    session.refresh_from_db()
    return session


@pytest.fixture(params=["command", "page"])
def bring(request: pytest.FixtureRequest, ana: User, client_of: Callable[[User], Client]) -> Bring:
    """Bring a file by command, and by page."""
    if request.param == "command":
        return by_command

    def page(kind: str, path: Path, **options: Any) -> ImportSession:
        return by_page(client_of(ana), kind, path, **options)

    return page
