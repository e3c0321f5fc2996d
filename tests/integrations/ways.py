"""The two ways on which people bring a file: the command and the page."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from core import runs
from integrations.models import ImportSession
from tests.forms import plan_of

ODD = Path(__file__).parent / "odd"
Bring = Callable[..., ImportSession]


def by_command(path: Path, kind: str = "assets", **options: Any) -> ImportSession:
    """The command looks at a file and applies what is good."""
    call_command("import_file", kind, str(path), apply=True, stdout=io.StringIO(), **options)
    return ImportSession.objects.order_by("-pk")[0]


def by_page(
    path: Path, client: Client, kind: str = "assets", *, apply: bool = True, **values: str
) -> ImportSession:
    """A person uploads it, a worker reads it, the person applies what is good."""
    file = SimpleUploadedFile(path.name, path.read_bytes())
    data = {"kind": kind, "file": file, "source": "", "school": "", "category": ""} | values
    answer = client.post(reverse("imports"), data)
    assert answer.status_code == 302, answer.content.decode()
    session = _worked(ImportSession.objects.order_by("-pk")[0])
    return by_apply(session, client) if apply else session


def by_apply(session: ImportSession, client: Client) -> ImportSession:
    plan = plan_of(client, reverse("import", args=[session.pk]))
    client.post(reverse("import-act", args=[session.pk, "apply"]), plan)
    return _worked(ImportSession.objects.get(pk=session.pk))


def _worked(session: ImportSession) -> ImportSession:
    """What a worker does with what waits for one."""
    if session.run is not None and not session.run.over:
        runs.execute(session.run.pk)
    return ImportSession.objects.get(pk=session.pk)


def problems(session: ImportSession) -> dict[int, list[list[str]]]:
    return {r.number: r.problems for r in session.rows.filter(outcome="refused")}


def notes(session: ImportSession) -> str:
    return "\n".join([*session.notes, *session.plan_notes])
