"""A file that a person brings streams to the disk; a worker reads it, and nobody's page waits."""

import io
import os
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assets.models import Category
from core import runs
from core.access import SYSTEM
from core.files import uploads
from core.models import Entry, Run, StoredFile
from core.problems import NotPermitted, Refused
from integrations import intake, unpacking
from integrations.actions import receive
from integrations.actions.receive import MOST_AN_HOUR, MOST_WAITING, give_up_reading
from integrations.models import ImportSession, StagedRow
from people.models import School, User
from tests.integrations.conftest import outcomes, work
from tests.integrations.test_hostile import MAIN, XML, altered, workbook

pytestmark = pytest.mark.django_db
FILE = "Tag,Make,Model\n" + "".join(f"A{n},Acer,X\n" for n in range(1, 7))


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR, settings.INCOMING_DIR = tmp_path / "files", tmp_path / "incoming"


def upload(client: Client, data: bytes | str = FILE, name: str = "list.csv") -> Any:
    file = SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)
    return client.post(
        reverse("imports"), {"kind": "assets", "file": file, "school": "", "category": "Equipment"}
    )


def shown(client: Client, session: ImportSession) -> str:
    return client.get(reverse("import", args=[session.pk])).content.decode()


def laid(settings: Any) -> list[str]:
    folder = Path(settings.INCOMING_DIR)
    return [p.name for p in folder.iterdir()] if folder.exists() else []


@pytest.fixture
def page(
    ana: User, lincoln: School, equipment: Category, client_of: Callable[[User], Client]
) -> Client:
    return client_of(ana)


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


def test_nobody_has_more_than_a_few_files_waiting(
    page: Client, settings: Any, tom: User, client_of: Callable[[User], Client]
) -> None:
    for _i in range(MOST_WAITING):
        assert upload(page).status_code == 302
    answer = upload(page)
    assert answer.status_code == 200
    assert f"{MOST_WAITING} of your files wait" in answer.content.decode()
    assert len(laid(settings)) == MOST_WAITING
    assert ImportSession.objects.count() == MOST_WAITING
    assert upload(client_of(tom)).status_code == 302, "Tom has none waiting"
    work(ImportSession.objects.order_by("pk")[0])
    assert upload(page).status_code == 302


def test_nobody_brings_files_without_end(page: Client, ana: User) -> None:
    receive([b"Tag,Make\n"], by=ana, kind="assets", name="a.csv")
    session = ImportSession.objects.get()
    Run.objects.update(state="failed")
    for _i in range(MOST_AN_HOUR - 1):
        session.pk = None
        session.save()
    with pytest.raises(Refused) as refused:
        receive([b"Tag,Make\n"], by=ana, kind="assets", name="a.csv")
    assert refused.value.problems[0].code == "files-hour"


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


def test_a_file_that_is_too_large_is_not_even_written_to_the_disk(
    page: Client, settings: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(uploads, "MOST", 1000)
    answer = upload(page, "Tag,Make\n" + "A1,Acer\n" * 1000)
    assert "larger than 100 MB" in answer.content.decode()
    assert laid(settings) == []
    assert upload(page, "Tag,Make\nA1,Acer\n").status_code == 302


def reason(client: Client, data: bytes, name: str = "list.xlsx") -> str:
    """Why a worker does not read a file."""
    upload(client, data, name)
    session = ImportSession.objects.order_by("-pk")[0]
    assert session.run is not None
    runs.execute(session.run.pk)
    session = ImportSession.objects.select_related("run").get(pk=session.pk)
    assert session.state == "failed"
    assert session.run is not None
    return session.run.reason


def test_a_sheet_of_more_rows_than_a_sheet_can_have_is_refused(
    page: Client, monkeypatch: Any
) -> None:
    monkeypatch.setattr(intake, "MOST_ROWS", 5)
    assert "more rows than a sheet can have" in reason(page, FILE.encode())


def test_a_workbook_of_which_far_too_much_comes_out_is_refused(
    page: Client, monkeypatch: Any
) -> None:
    monkeypatch.setattr(unpacking, "FREE", 1000)
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>aaaaaaaa</t></is></c></row>' * 100_000
    sheet = f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{row}</sheetData></worksheet>'
    bomb = altered(workbook([["Tag", "Make"]]), sheet1=sheet)
    assert "too large when unpacked" in reason(page, bomb)


@pytest.mark.parametrize(
    ("part", "limit", "most"),
    [
        ("sharedStrings", "MOST_TEXTS", 5),
        ("sharedStrings", "MOST_SHARED", 100),
        ("styles", "MOST_OTHER", 100),
    ],
)
def test_parts_that_are_read_whole_are_bounded(
    page: Client, monkeypatch: Any, part: str, limit: str, most: int
) -> None:
    monkeypatch.setattr(unpacking, limit, most)
    data = workbook([["Tag", "Make"], *([f"A{n}", f"Acer{n}"] for n in range(20))])
    assert any(part in i.filename for i in zipfile.ZipFile(io.BytesIO(data)).infolist())
    assert "too large when unpacked" in reason(page, data)


def test_one_endless_row_is_refused(page: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(unpacking, "LONGEST_ROW", 1000)
    monkeypatch.setattr(unpacking, "MOST_BESIDE", 3000)
    rows = f'<row r="1">{"<c/>" * 2000}</row>'
    sheet = f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    assert "too large when unpacked" in reason(page, altered(workbook([["Tag"]]), sheet1=sheet))
