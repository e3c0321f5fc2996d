"""Registers to import, and the short way to bring a file in."""

from pathlib import Path
from typing import Any

import pytest

from assets.models import Category
from core import runs
from core.access import SYSTEM, Actor
from integrations import actions
from integrations.models import ImportSession
from people.models import School
from tests.factories import made
from tests.integrations.files import NO_DATA, Source, awkward, real


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


def look_at(data: bytes | str, *, kind: str = "assets", by: Actor = SYSTEM, name: str = "file.csv",
            **options: Any) -> ImportSession:  # fmt: skip
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


def bring(data: bytes | str, *, by: Actor = SYSTEM, **values: Any) -> ImportSession:
    """Bring a file in: staged, planned, applied."""
    return work(actions.apply_import(look_at(data, by=by, **values), by=by))


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
