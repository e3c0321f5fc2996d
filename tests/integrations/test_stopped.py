"""An import that stopped in the middle goes on, or is undone, and leaves nothing half done."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assets.models import Asset, Category
from core import runs
from core.access import SYSTEM
from core.db import bulk
from core.journal import verify
from core.models import Run
from core.models.files import StoredFile
from core.problems import Invalid, Refused
from integrations.actions import apply_import, preview, stage, undo_import
from integrations.models import ImportSession, StagedRow
from people.models import School, User
from tests.forms import plan_of
from tests.integrations.conftest import bring, look_at, undo, work

pytestmark = pytest.mark.django_db
staging = import_module("integrations.actions.stage")
applying = import_module("integrations.actions.apply")
FILE = "Tag,Make,Model\n" + "".join(f"A{n},Acer,X\n" for n in range(1, 7))


@pytest.fixture
def stopped(monkeypatch: Any, equipment: Category, lincoln: School) -> ImportSession:
    """An import of six rows that somebody canceled after the first two."""
    monkeypatch.setattr(applying, "BATCH", 2)
    session = apply_import(look_at(FILE), by=SYSTEM)
    assert session.run is not None
    progress = runs.Work.progress

    def cancel(self: runs.Work, done: int, total: int) -> None:
        runs.cancel(self.run, by=SYSTEM)
        progress(self, done, total)

    with monkeypatch.context() as patch:
        patch.setattr(runs.Work, "progress", cancel)
        runs.execute(session.run.pk)
    session = ImportSession.objects.get(pk=session.pk)
    assert session.stopped
    assert Asset.objects.count() == 2
    return session


def test_a_canceled_import_goes_on_where_it_stopped(stopped: ImportSession) -> None:
    session = work(apply_import(stopped, by=SYSTEM))
    assert session.state == "applied"
    assert sorted(Asset.objects.values_list("tag", flat=True)) == [f"A{n}" for n in range(1, 7)]
    assert verify.verify().findings == []


def test_a_canceled_import_is_undone(stopped: ImportSession) -> None:
    session = undo(stopped)
    assert session.state == "undone"
    assert not Asset.objects.active().exists()


def test_its_page_says_so_and_offers_both(
    stopped: ImportSession, ana: User, client_of: Callable[[User], Client]
) -> None:
    html = client_of(ana).get(reverse("import", args=[stopped.pk])).content.decode()
    assert "stopped in the middle: 2 of 6 rows are in" in html
    for act in ("apply", "undo"):
        assert reverse("import-act", args=[stopped.pk, act]) in html


def test_the_old_run_tried_again_does_nothing_beside_the_new_one(stopped: ImportSession) -> None:
    old = Run.objects.get(pk=stopped.run_id)
    session = undo(stopped)
    runs.retry(old, by=SYSTEM)
    assert runs.execute(old.pk)
    old.refresh_from_db()
    assert old.state == "failed"
    assert "came after it" in old.reason
    assert not Asset.objects.active().exists()
    assert ImportSession.objects.get(pk=session.pk).state == "undone"


def test_two_clicks_that_go_on_start_one_run(stopped: ImportSession) -> None:
    seen_twice = ImportSession.objects.get(pk=stopped.pk)
    apply_import(stopped, by=SYSTEM)
    with pytest.raises(Refused):
        apply_import(seen_twice, by=SYSTEM)
    assert Run.objects.filter(kind="import").count() == 2


def test_a_file_that_breaks_in_its_middle_leaves_nothing(
    monkeypatch: Any, lincoln: School, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(staging, "BATCH", 2)
    with (
        pytest.raises(Invalid, match="never closed"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        stage((FILE + 'B1,"Acer,X\n').encode(), by=SYSTEM, kind="assets", name="half.csv")
    assert not ImportSession.objects.exists()
    assert not StagedRow.objects.exists()
    assert not StoredFile.objects.exists()


def test_what_was_read_halfway_when_its_process_was_killed_is_never_planned(
    monkeypatch: Any, lincoln: School
) -> None:
    monkeypatch.setattr(staging, "BATCH", 2)
    monkeypatch.setattr(ImportSession, "delete", lambda self: None)  # nobody is left to do it
    append, batches = bulk.append, []

    def killed(rows: Any) -> None:
        batches.append(rows)
        if len(batches) > 1:
            raise KeyboardInterrupt
        append(rows)

    monkeypatch.setattr(bulk, "append", killed)
    with pytest.raises(KeyboardInterrupt):
        stage(FILE.encode(), by=SYSTEM, kind="assets", name="half.csv")
    session = ImportSession.objects.get()
    assert session.rows.count() == 2
    with pytest.raises(Refused, match="not read to its end"):
        preview(session, by=SYSTEM)


def test_two_columns_do_not_become_one(
    lincoln: School, equipment: Category, ana: User, client_of: Callable[[User], Client]
) -> None:
    session = look_at("Tag,Make,Make\nA1,Acer,HP\n", by=ana)
    chosen = {"column-0": "tag", "column-1": "make", "column-2": "make"}
    client = client_of(ana)
    chosen |= plan_of(client, reverse("import", args=[session.pk]))
    answer = client.post(reverse("import-map", args=[session.pk]), chosen)
    assert answer.status_code == 400
    assert "Two columns become Make" in answer.content.decode()
    assert ImportSession.objects.get(pk=session.pk).mapping == session.mapping


def test_a_column_that_is_not_to_be_used_is_remembered_too(
    lincoln: School, equipment: Category, ana: User, client_of: Callable[[User], Client]
) -> None:
    session = look_at("Tag,Notes,Remarks\nA1,x,y\n", by=ana)
    assert session.mapping == {"Tag": "tag", "Notes": "description"}
    chosen = {"column-0": "tag", "column-1": "", "column-2": "description"}
    client = client_of(ana)
    chosen |= plan_of(client, reverse("import", args=[session.pk]))
    client.post(reverse("import-map", args=[session.pk]), chosen)
    again = look_at("Tag,Notes,Remarks\nA1,x,y\n", by=ana)
    assert again.mapping == {"Tag": "tag", "Remarks": "description"}


def test_undo_of_a_stopped_undo_goes_on(
    monkeypatch: Any, equipment: Category, lincoln: School
) -> None:
    monkeypatch.setattr(applying, "UNDO_BATCH", 2)
    session = undo_import(bring(FILE), by=SYSTEM)
    assert session.run is not None
    Run.objects.filter(pk=session.run.pk).update(state=Run.State.FAILED)
    session = undo(ImportSession.objects.get(pk=session.pk))
    assert session.state == "undone"
    assert not Asset.objects.active().exists()
