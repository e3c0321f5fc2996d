"""Registers to import, and the short way to bring a file in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from assets.actions import create_category
from assets.models import Category
from core import runs
from core.access import SYSTEM, Actor
from integrations import actions
from integrations.models import ImportSession
from people.models import School, User
from tests.factories import made
from tests.forms import plan_of
from tests.integrations.files import NO_DATA, Source, awkward, real
from tests.integrations.ways import ODD, Bring, by_command, by_page

Of = Callable[[User | None], Client]
Brings = Callable[..., ImportSession]
SEEN: dict[str, object] = {"school": "LIN", "category": "Equipment"}


@pytest.fixture(params=["real", "awkward"])
def register(request: pytest.FixtureRequest) -> Source:
    """The equipment register as published, and one that every clone can make."""
    if request.param == "awkward":
        return awkward()
    files = real("equipment_register")
    if not files:
        pytest.skip(NO_DATA)
    return Source(files)


@pytest.fixture
def equipment(lincoln: School) -> Category:
    return made(Category.objects.create(name="Equipment"))


def look_at(
    data: bytes | str,
    *,
    kind: str = "assets",
    by: Actor = SYSTEM,
    name: str = "file.csv",
    **options: Any,
) -> ImportSession:
    """Stage a file and plan its rows."""
    data = data.encode() if isinstance(data, str) else data
    options = {"school": "LIN", "category": "Equipment"} | options
    session = actions.stage(data, by=by, kind=kind, name=name, options=options)
    return actions.preview(session, by=by)


def work(session: ImportSession) -> ImportSession:
    """What a worker does with the session's run."""
    assert session.run is not None
    assert runs.execute(session.run.pk)
    session.run.refresh_from_db()
    assert session.run.state == "finished", session.run.reason
    return ImportSession.objects.get(pk=session.pk)


def bring(
    data: bytes | str, *, by: Actor = SYSTEM, settle: str = "", **values: Any
) -> ImportSession:
    """Bring a file in: staged, planned, applied; `settle` ("other=correct two=merge") says what its
    rows mean that ask."""
    session = look_at(data, by=by, **values)
    for settled in settle.split():
        kind, choice = settled.split("=")
        session = actions.settle_conflicts(session, kind, choice, by=by)
    return work(actions.apply_import(session, by=by))


def undo(session: ImportSession, *, by: Actor = SYSTEM) -> ImportSession:
    return work(actions.undo_import(session, by=by))


def outcomes(session: ImportSession) -> dict[str, int]:
    """How many rows of each outcome."""
    found: dict[str, int] = {}
    for outcome in session.rows.values_list("outcome", flat=True):
        found[outcome] = found.get(outcome, 0) + 1
    return found


def save(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def worked(session: ImportSession) -> ImportSession:
    """The session once its run, if one waits, was done by a worker."""
    if session.run is not None and not session.run.over:
        runs.execute(session.run.pk)
    return ImportSession.objects.get(pk=session.pk)


def why(session: ImportSession) -> str:
    return " ".join(p for row in session.rows.order_by("number") for _f, p in row.problems)


@pytest.fixture(params=["command", "page"])
def brings(
    request: pytest.FixtureRequest, tmp_path: Path, ana: User, client_of: Of, equipment: Category
) -> Brings:
    """A file comes in by the command, or as Ana brings it on the page; choices by either."""

    def command(text: str, settle: str = "", kind: str = "assets") -> ImportSession:
        path = tmp_path / "file.csv"
        path.write_text(text)
        call_command(
            "import_file",
            kind,
            str(path),
            school="LIN",
            category="Equipment",
            apply=True,
            settle=settle.split(),
            email=ana.email,
            verbosity=0,
        )
        return ImportSession.objects.order_by("-pk")[0]

    def page(text: str, settle: str = "", kind: str = "assets") -> ImportSession:
        client = client_of(ana)
        file = SimpleUploadedFile("file.csv", text.encode())
        asked: dict[str, Any] = {
            "kind": kind,
            "file": file,
            "school": "LIN",
            "category": "Equipment",
        }
        url = client.post("/imports/", asked)["Location"]
        worked(ImportSession.objects.order_by("-pk")[0])
        for settled in settle.split():
            name, choice = settled.split("=")
            offered = f'id="{"again" if choice == "ask" else "conflict"}-{name}"'
            assert offered in client.get(url).content.decode()
            chosen = {"kind": name, "choice": choice} | plan_of(client, url)
            answer = client.post(f"{url}conflicts/", chosen)
            assert answer.status_code == 302, answer.content
        client.post(f"{url}apply/", plan_of(client, url))
        return worked(ImportSession.objects.order_by("-pk")[0])

    return command if request.param == "command" else page


@pytest.fixture(params=["command", "page"])
def bring_odd(
    request: pytest.FixtureRequest,
    equipment: Category,
    lincoln: School,
    ana: User,
    client_of: Callable[[User], Client],
) -> Bring:
    """Brings an odd file by command, or by page."""
    if request.param == "command":
        return lambda name, **more: by_command(ODD / name, **(SEEN | more))
    client = client_of(ana)
    return lambda name, **more: by_page(ODD / name, client, **({"category": "Equipment"} | more))


@pytest.fixture(params=["command", "page"])
def brought(request: pytest.FixtureRequest, lincoln: School, ana: User, client_of: Of) -> Bring:
    """Bring an odd file and apply what is good, by command and by page."""
    create_category("Equipment", by=SYSTEM)
    more = {"category": "Equipment"}
    if request.param == "command":
        return lambda name, kind="assets": by_command(ODD / name, kind, **more)
    client = client_of(ana)
    return lambda name, kind="assets": by_page(ODD / name, client, kind, **more)


@pytest.fixture
def own_folder(settings, tmp_path: Path) -> None:
    """No file of another test lies here."""
    settings.FILES_DIR = settings.INCOMING_DIR = tmp_path
