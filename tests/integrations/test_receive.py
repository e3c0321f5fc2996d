"""A file that a person brings streams to the disk; a worker reads it, and nobody's page waits."""

import os
import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import runs
from core.access import SYSTEM
from core.models import Entry, Run, StoredFile
from core.problems import NotPermitted
from integrations.actions import receive
from integrations.actions.receive import give_up_reading
from integrations.models import ImportSession, StagedRow
from people.models import School, User
from tests.integrations.conftest import outcomes, work
from tests.integrations.received_files import laid, own_folders, page, shown, upload

__all__ = ["own_folders", "page"]

pytestmark = pytest.mark.django_db
FILE = "Tag,Make,Model\n" + "".join(f"A{n},Acer,X\n" for n in range(1, 7))


def test_a_file_waits_for_a_worker_and_its_page_says_so(page: Client, settings: Any) -> None:
    answer = upload(page)
    session = ImportSession.objects.get()
    assert answer.headers["Location"] == reverse("import", args=[session.pk])
    assert session.reading
    assert laid(settings) == [session.incoming]
    text = shown(page, session)
    assert "The file is read, then" in text
    assert re.search(r'<noscript>\s*<meta http-equiv="refresh"', text), "without JavaScript too"
    assert "Apply" not in text
    session = work(session)
    assert session.state == "previewed"
    assert outcomes(session) == {"refused": 6}, "it names no school"
    assert laid(settings) == []
    assert "http-equiv" not in shown(page, session)
    assert list(
        Entry.objects.filter(kind__startswith="import.").values_list("kind", flat=True)
    ) == ["import.staged"]


def test_a_page_that_waits_is_loaded_again_when_the_run_is_over(page: Client) -> None:
    upload(page, 'Tag,Make\nA1,"Acer\n')
    session = ImportSession.objects.get()
    assert session.run is not None
    url = reverse("import", args=[session.pk])
    ask = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": f"http://testserver{url}"}
    assert "HX-Refresh" not in page.get(reverse("run", args=[session.run.pk]), **ask).headers
    runs.execute(session.run.pk)
    assert page.get(reverse("run", args=[session.run.pk]), **ask).headers["HX-Refresh"] == "true"


def test_what_cannot_be_read_says_why_and_nothing_of_it_stays(
    page: Client, settings: Any, monkeypatch: Any
) -> None:
    upload(page, FILE + 'B1,"Acer,X\n')
    session = ImportSession.objects.get()
    assert session.run is not None
    runs.execute(session.run.pk)
    session.refresh_from_db()
    assert session.state == "failed"
    assert "A quotation mark in row 8 is never closed" in shown(page, session)
    assert not StagedRow.objects.exists()
    assert not StoredFile.objects.exists()
    assert laid(settings) == []
    for act in ("apply", "undo", "discard"):
        assert page.post(reverse("import-act", args=[session.pk, act])).status_code == 409
    assert page.post(reverse("import-map", args=[session.pk]), {}).status_code == 409
    runs.retry(Run.objects.get(pk=session.run.pk), by=SYSTEM)
    runs.execute(session.run.pk)
    assert ImportSession.objects.get().state == "failed"


def test_the_successor_of_a_killed_worker_begins_anew(
    page: Client, monkeypatch: Any, settings: Any
) -> None:
    from importlib import import_module

    staging = import_module("integrations.actions.stage")
    monkeypatch.setattr(staging, "BATCH", 2)
    upload(page)
    session = ImportSession.objects.get()
    progress = runs.Work.progress

    def killed(self: runs.Work, done: int, total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt
        progress(self, done, total)

    assert session.run is not None
    with monkeypatch.context() as patch:
        patch.setattr(runs.Work, "progress", killed)
        with pytest.raises(KeyboardInterrupt):
            runs.execute(session.run.pk)
    assert StagedRow.objects.count() == 4
    Run.objects.filter(pk=session.run.pk).update(state="waiting", lease_until=None)
    session = work(session)
    assert session.rows.count() == 6
    assert laid(settings) == []


def test_a_reading_that_was_canceled_leaves_nothing(page: Client, settings: Any, ana: User) -> None:
    upload(page)
    session = ImportSession.objects.get()
    assert session.run is not None
    runs.cancel(session.run, by=ana)
    assert "nothing of it is here" in shown(page, session)
    assert give_up_reading() == 1
    assert ImportSession.objects.get().state == "failed"
    assert laid(settings) == []


def test_what_was_laid_aside_for_nobody_is_swept_away(page: Client, settings: Any) -> None:
    upload(page)
    session = ImportSession.objects.get()
    folder = Path(settings.INCOMING_DIR)
    old = time.time() - 7200
    for name in ("tmp.upload", "young.upload"):
        (folder / name).write_bytes(b"x")
    for name in ("tmp.upload", session.incoming):
        os.utime(folder / name, (old, old))
    assert give_up_reading() == 1
    assert sorted(laid(settings)) == sorted(["young.upload", session.incoming])


def test_vic_cannot_bring_a_file(vic: User, lincoln: School, settings: Any) -> None:
    with pytest.raises(NotPermitted):
        receive([b"Tag,Make\n"], by=vic, kind="assets", name="a.csv")
    assert laid(settings) == []


@pytest.mark.untrue(reason="writes a row behind the register's back")
def test_who_lost_the_right_meanwhile_has_nothing_read(page: Client, ana: User) -> None:
    upload(page)
    session = ImportSession.objects.get()
    ana.memberships.all().delete()
    assert session.run is not None
    runs.execute(session.run.pk)
    assert Run.objects.get(pk=session.run.pk).state == "failed"
    assert not StagedRow.objects.exists()
