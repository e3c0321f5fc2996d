"""A file of many rows is looked at by a worker; nobody's page waits for it."""

from datetime import timedelta
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from assets.models import Asset, Category
from core import runs
from core.access import SYSTEM
from core.models import Run
from core.time import days
from integrations.actions import apply_import, mend_cell, plan_import, stage
from integrations.models import ImportSession
from people.models import Room, School, User
from tests.forms import plan_of
from tests.integrations.conftest import look_at, outcomes, save, work

pytestmark = pytest.mark.django_db
planning = import_module("integrations.actions.plan")
FILE = "Tag,Make,Model,Room\n" + "".join(f"A{n},Acer,X,R{n % 2}\n" for n in range(1, 7))


@pytest.fixture
def few(monkeypatch: Any) -> None:
    """Five rows are too many for a page to wait for."""
    monkeypatch.setattr(planning, "AT_ONCE", 5)
    monkeypatch.setattr(planning, "BATCH", 2)


@pytest.fixture
def brought(
    few: None, ana: User, lincoln: School, equipment: Category, client: Client
) -> ImportSession:
    """Ana's six rows are staged, and a worker is to look at them."""
    client.force_login(ana)
    session = stage(
        FILE.encode(),
        by=ana,
        kind="assets",
        name="large.csv",
        options={"school": "LIN", "category": "Equipment"},
    )
    return plan_import(session, by=ana)


def _shown(client: Client, session: ImportSession) -> str:
    return client.get(reverse("import", args=[session.pk])).content.decode()


def test_a_worker_looks_at_a_large_file_and_then_it_is_applied(
    brought: ImportSession, client: Client, ana: User
) -> None:
    assert brought.planning
    page = _shown(client, brought)
    assert "being looked at" in page
    assert "Apply" not in page
    session = work(brought)
    assert session.state == "previewed"
    assert len(session.unknown["room"]) == 2
    client.post(reverse("import-unknown", args=[session.pk]), {"all": "1"})
    session = ImportSession.objects.get()
    assert session.planning, "what was made changes what the rows would do"
    session = work(session)
    assert outcomes(session) == {"create": 6}
    work(apply_import(session, by=ana))
    assert Asset.objects.count() == 6
    assert Room.objects.filter(code__in=["R0", "R1"]).count() == 2


def test_who_corrects_a_cell_meanwhile_overtakes_the_worker(
    brought: ImportSession, ana: User
) -> None:
    first = brought.run
    assert first is not None
    session = mend_cell(brought, 2, "Model", "Y", by=ana)
    assert session.run != first
    runs.execute(first.pk)
    first.refresh_from_db()
    assert first.state == "failed"
    assert "Another window" in first.reason
    assert ImportSession.objects.get().state == "staged"
    assert work(session).state == "previewed"


def test_a_canceled_look_says_so_and_begins_again(
    brought: ImportSession, client: Client, ana: User
) -> None:
    assert brought.run is not None
    runs.cancel(brought.run, by=ana)
    assert "not looked at to its end" in _shown(client, brought)
    chosen = {"column-0": "tag", "school": "LIN"}
    chosen |= plan_of(client, reverse("import", args=[brought.pk]))
    client.post(reverse("import-map", args=[brought.pk]), chosen)
    session = ImportSession.objects.get()
    assert session.planning
    assert work(session).state == "previewed"


def test_the_command_does_it_all_by_itself(
    few: None, lincoln: School, equipment: Category, tmp_path: Path
) -> None:
    path = save(tmp_path, "large.csv", FILE.encode())
    out = StringIO()
    call_command(
        "import_file",
        "assets",
        path,
        "--apply",
        "--create-unknown",
        school="LIN",
        category="Equipment",
        stdout=out,
    )
    assert "6 create" in out.getvalue()
    assert Asset.objects.exclude(room=None).count() == 6
    assert ImportSession.objects.get().owner_id == SYSTEM.pk


def test_a_run_stays_its_workers_while_a_batch_takes_long_to_plan(
    monkeypatch: Any, settings: Any, lincoln: School, equipment: Category
) -> None:
    """On SQLite its heart cannot beat meanwhile: the sweeper took each attempt for dead."""
    settings.RUN_LEASE_SECONDS = 1
    monkeypatch.setattr(planning, "AT_ONCE", 2)
    monkeypatch.setattr(planning, "BATCH", 4)
    session = planning.plan_import(look_at(FILE), by=SYSTEM)
    plan_rows, left = planning.plan_rows, []

    def planned(*args: Any) -> Any:
        left.append(Run.objects.get(pk=session.run_id).lease_until - days.now())
        return plan_rows(*args)

    monkeypatch.setattr(planning, "plan_rows", planned)
    runs.execute(session.run_id)
    assert Run.objects.get(pk=session.run_id).state == "finished"
    assert len(left) == 2
    assert min(left) > timedelta(seconds=30)
