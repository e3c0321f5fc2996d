"""How much somebody may bring, and how much of a file is read: each bound is told."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core import runs
from core.files import uploads
from core.models import Run
from core.problems import Refused
from integrations import intake, unpacking
from integrations.actions import receive
from integrations.actions.receive import MOST_AN_HOUR, MOST_WAITING
from integrations.models import ImportSession
from people.models import User
from tests.integrations.conftest import work
from tests.integrations.made_workbooks import MAIN, XML, altered, workbook
from tests.integrations.received_files import laid, own_folders, page, upload

__all__ = ["own_folders", "page"]

pytestmark = pytest.mark.django_db
FILE = "Tag,Make,Model\n" + "".join(f"A{n},Acer,X\n" for n in range(1, 7))


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
