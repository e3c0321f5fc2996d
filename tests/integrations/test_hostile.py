"""Files as they come from old machines, careless hands and enemies: read rightly, refused with a
sentence, or inert. Never a crash, never a silent loss."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assets.models import Asset, Category
from core import runs
from core.models import Entry
from core.problems import Invalid
from integrations.actions import preview, remap
from integrations.models import ImportSession
from people.models import School, User
from tests.integrations.conftest import bring, look_at, outcomes
from tests.integrations.files import as_csv
from tests.integrations.made_workbooks import altered, words, workbook

pytestmark = pytest.mark.django_db

TEXT = "Tag,Make,Notes\nA1,Güralp,première\nA2,Acer,plain\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode(),
        ("\n\nOur register,,\n\n" + TEXT).encode(),
        TEXT.replace("\n", ",,,\n").encode(),
        TEXT.encode().rstrip(b"\n"),
        workbook([line.split(",") for line in TEXT.splitlines()]),
    ],
    ids=[
        "CR alone",
        "CRLF",
        "BOM",
        "UTF-16",
        "UTF-16 BE",
        "Windows-1252",
        "semicolons",
        "tabs",
        "title rows",
        "filled up with commas",
        "no last newline",
        "XLSX",
    ],
)
def test_a_table_is_read_whole_however_it_was_saved(
    equipment: Category, lincoln: School, data: bytes
) -> None:
    bring(data)
    found = Asset.objects.order_by("tag").values_list("tag", "product__make", "description")
    assert list(found) == [("A1", "Güralp", "première"), ("A2", "Acer", "plain")]


def test_a_heading_that_stands_there_twice_is_kept_twice_and_noted(
    equipment: Category, lincoln: School
) -> None:
    session = look_at("Tag,Notes,Notes,\nB1,one,two,three\n")
    assert session.headers == ["Tag", "Notes", "Notes (2)"]
    assert "Notes" in " ".join(session.notes)
    assert outcomes(session) == {"refused": 1}, "three stands under no heading"


def test_short_rows_are_filled_and_long_rows_refused(equipment: Category, lincoln: School) -> None:
    session = bring("Tag,Make,Notes\nC1\nC2,Acer,x,y\nC3,Acer,x\n")
    assert outcomes(session) == {"create": 2, "refused": 1}
    assert sorted(Asset.objects.values_list("tag", flat=True)) == ["C1", "C3"]


def test_a_long_row_stays_refused_when_the_file_is_planned_again(
    equipment: Category, lincoln: School, ana: User
) -> None:
    session = look_at("Tag,Make\nC2,Acer,x\n", by=ana)
    for _i in range(2):
        session = preview(session, by=ana)
        assert outcomes(session) == {"refused": 1}
    session = remap(session, session.mapping, by=ana, options={})
    assert outcomes(session) == {"refused": 1}


def test_a_cell_of_10_megabytes_refuses_its_row_alone(equipment: Category, lincoln: School) -> None:
    big = "x" * 10 * 1024 * 1024
    session = bring(f"Tag,Notes\nD1,{big}\nD2,fine\n")
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert len(session.rows.get(number=2).raw["Notes"]) == 200
    with pytest.raises(Invalid):
        look_at(f"Tag,{big}\nD1,x\n")


@pytest.mark.parametrize(
    ("data", "say"),
    [
        (b"", "no row of headings"),
        (b"\n\n\n", "no row of headings"),
        (b"Tag,Notes\nE1,\x00\n", "zero bytes"),
        (b"\xff\xfeT\x00a", "UTF-16"),
        (b"%PDF-1.7\n", "neither CSV nor XLSX"),
        (b"\xd0\xcf\x11\xe0old xls", "neither CSV nor XLSX"),
        (b"PK\x03\x04 not a zip", "cannot be read"),
        (b'Tag,Notes\nE1,"open\nE2,x\nE3,y\n', "row 2 is never closed"),
        (b",".join(b"H%d" % i for i in range(500)), "too large"),
        (altered(workbook([["Tag", "Make"]]), sheet1="<worksheet"), "cannot be read"),
    ],
    ids=[
        "empty",
        "blank",
        "zero byte",
        "half UTF-16",
        "PDF",
        "old Excel",
        "no zip",
        "open quotation",
        "500 columns",
        "broken XML",
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(
    equipment: Category, lincoln: School, data: bytes, say: str
) -> None:
    assert say in words(data)
    assert not ImportSession.objects.exists()


def test_an_upload_with_a_name_of_an_enemy_is_read_like_any_other(
    equipment: Category, lincoln: School, ana: User, client_of: Callable[[User], Client]
) -> None:
    file = SimpleUploadedFile("../../etc/x\u202e.csv", b'Tag,Notes\nA,"open\n')
    client_of(ana).post(reverse("imports"), {"kind": "assets", "file": file})
    session = ImportSession.objects.get()
    assert session.run is not None
    runs.execute(session.run.pk)
    page = client_of(ana).get(reverse("import", args=[session.pk])).content.decode()
    assert "never closed" in page
    assert not session.rows.exists()


def test_texts_that_mean_something_to_a_database_come_in_as_they_are(
    equipment: Category, lincoln: School
) -> None:
    notes = ["\\N", "\\n", "a\\tb", "\\", '"\\"', "\\.", "NULL", "{}", "%s", "$1", "\\x41", "ä\\ö"]
    rows = [[f"Q{n}", note, f"{note}-s{n}"] for n, note in enumerate(notes * 10)]
    session = bring(as_csv(["Tag", "Notes", "Serial"], rows))
    assert [
        list(raw.values()) for raw in session.rows.values_list("raw", flat=True).order_by("number")
    ] == rows
    found = {a.tag: [a.description, a.serial] for a in Asset.objects.all()}
    assert found == {tag: [note, serial] for tag, note, serial in rows}
    told = Entry.objects.filter(kind="asset.initialized").values_list("changes", flat=True)
    assert {c["tag"][1] for c in told} == set(found)
