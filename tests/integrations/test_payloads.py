"""Formulas, markup and commands in every text field are texts, on pages and in files."""

import csv
import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from assets.models import Asset, Category
from core import files, runs
from core.files import tabular
from core.time import days
from funding.models import Award
from people.models import Person, School, User
from reports.actions import request_report
from tests.integrations.conftest import bring, outcomes
from tests.integrations.files import as_csv

pytestmark = pytest.mark.django_db

PAYLOADS = [
    '=HYPERLINK("http://evil.example","x")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7|add:7 }}{% now 'Y' %}",
    "javascript:alert(1)",
    "'; DROP TABLE assets_asset; --",
    "\u202egpj.exe",
    "%0d%0aSet-Cookie: a=b",
]
COLUMNS = ["Make", "Model", "Serial", "Notes", "Use", "Title", "Tag"]


def hostile_file() -> bytes:
    rows = []
    for n, payload in enumerate(PAYLOADS):
        for c in range(len(COLUMNS)):
            row = [f"plain{n}x{c}"] * len(COLUMNS)
            row[c] = payload
            rows.append(row)
    return as_csv(COLUMNS, rows)


def unsafe(text: str) -> bool:
    """Whether a page would run one of the payloads."""
    return "<script>alert" in text or "<img src=x" in text


def test_payloads_in_every_text_field_are_inert_wherever_they_are_shown(
    equipment: Category, lincoln: School, ana: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(ana)
    session = bring(hostile_file(), by=ana, name='<script>alert(1)</script>".csv')
    found = outcomes(session)
    assert sum(found.values()) == len(PAYLOADS) * len(COLUMNS)
    assert found["create"] > len(PAYLOADS) * (len(COLUMNS) - 1) - 7
    pages = [
        reverse("imports"),
        reverse("import", args=[session.pk]),
        reverse("assets"),
        reverse("activity"),
    ]
    pages += [f"{pages[1]}?outcome={o}" for o in found]
    pages += [reverse("asset", args=[pk]) for pk in Asset.objects.values_list("pk", flat=True)[:90]]
    for address in pages:
        answer = client.get(address)
        assert answer.status_code == 200
        text = answer.content.decode()
        assert not unsafe(text), address
        assert "14" + str(date.today().year) not in text, "a template ran"


def cells_of(data: bytes) -> list[str]:
    return [c for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for c in row]


def runs_in_a_spreadsheet(cell: str) -> bool:
    if cell.startswith("-") and cell[1:].replace(".", "").isdigit():
        return False  # a negative amount
    return cell[:1] in ("=", "+", "-", "@", "\t", "\r")


def test_payloads_are_inert_in_exported_csv_and_xlsx(
    equipment: Category, lincoln: School, arp: Award, ana: User, client_of: Callable[[User], Client]
) -> None:
    paid = [f"{line},9.00,ARP ESSER 2021" for line in hostile_file().decode().splitlines()[1:]]
    header = ",".join([*COLUMNS, "Cost", "Award"])
    bring("\n".join([header, *paid]), by=ana)
    answer = client_of(ana).get(reverse("assets-export"))
    report = request_report(arp, by=ana, as_of=days.today(), formats=["csv", "xlsx"])
    assert runs.execute(report.run_id or 0)
    made = {f.format: files.open_file(f.file).read() for f in report.files.all()}
    for data in (b"".join(answer.streaming_content), made["csv"]):  # type: ignore[attr-defined]
        cells = cells_of(data)
        assert any("HYPERLINK" in c for c in cells)
        assert not [c for c in cells if runs_in_a_spreadsheet(c)]
    book = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert any("HYPERLINK" in str(c.value) for c in cells)
    assert not [c.value for c in cells if c.data_type == "f" or c.hyperlink]


def test_payloads_in_rosters_places_and_awards_are_inert_too(
    lincoln: School, arp: Award, ana: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(ana)
    people = [[f"P{n}", p, p, p, f"p{n}@demo.example"] for n, p in enumerate(PAYLOADS)]
    bring(
        as_csv(["id", "first name", "last name", "title", "email"], people), kind="people", by=ana
    )
    places = [[f"X{n}", p, p, p] for n, p in enumerate(PAYLOADS)]
    bring(as_csv(["school code", "school name", "building", "room"], places), kind="places", by=ana)
    awards = [[p, "ARP", p[:32], p] for p in PAYLOADS]
    bring(as_csv(["award name", "program", "fain", "pass through"], awards), kind="awards", by=ana)
    assert Person.objects.filter(first_name__contains="<script>").exists()
    assert Award.objects.filter(name__contains="<script>").exists()
    pages = [reverse("people"), reverse("schools"), reverse("awards"), reverse("activity")]
    pages += [reverse("school", args=[pk]) for pk in School.objects.values_list("pk", flat=True)]
    pages += [reverse("person", args=[pk]) for pk in Person.objects.values_list("pk", flat=True)]
    pages += [reverse("award", args=[pk]) for pk in Award.objects.values_list("pk", flat=True)]
    for address in pages:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not unsafe(answer.content.decode()), address


@pytest.mark.parametrize("start", ["", " ", "\t", "\u00a0", "\u3000", " \n"])
@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_a_formula_is_inert_whatever_stands_before_it(start: str, sign: str) -> None:
    text = f"{start}{sign}1+1"
    assert tabular.inert(text) == "'" + text
    assert tabular.typed(tabular.inert(text)) == text
