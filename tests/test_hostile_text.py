"""Markup and formulas typed into every field of every page are refused or stay mere text."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assets.actions import change_asset
from assets.models import Asset
from core import files, runs
from core.access import SYSTEM
from core.files.tabular import TRIGGERS
from core.time import days
from funding.models import Award
from people.models import User
from reports.actions import request_report
from tests.access_table import address, routes
from tests.forms import Form, forms_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EVIL = ['=HYPERLINK("http://x","<svg/onload=alert(7)>")', "@SUM(1)'\"><script>alert(7)</script>"]
RAW = ("<svg/onload", "<script>alert(7)")
#: Signing out, or in as somebody else, would end the walk; /readyz says 503 without a sweeper.
LEFT_OUT = {"sign-out", "sign-in", "one-time-link", "first-run", "first-run-link", "readyz"}


def body(response: HttpResponse) -> str:
    if getattr(response, "streaming", False):
        return b"".join(response.streaming_content).decode("utf-8-sig", "replace")  # type: ignore[attr-defined]
    return response.content.decode("utf-8", "replace")


def pages(client: Client, world: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every page that answers, with its text."""
    for route in routes():
        where = address(route, world)
        if route.name in LEFT_OUT:
            continue
        response = client.get(where)
        assert response.status_code < 500, where
        if response.status_code == 200 and "html" in response.headers["Content-Type"]:
            yield where, body(response)


def forms(client: Client, world: dict[str, Any]) -> list[Form]:
    found: dict[tuple[str, tuple[str, ...]], Form] = {}
    for where, text in pages(client, world):
        for form in forms_of(text, where):
            if form.action != reverse("sign-out"):
                found[form.action + form.method, tuple(sorted(form.typed | set(form.values)))] = (
                    form
                )
    return list(found.values())


@pytest.mark.parametrize("text", EVIL)
def test_whatever_ana_types_anywhere_stays_text(
    text: str, world: dict[str, Any], ana: User, client_of: Callable[[User | None], Client]
) -> None:
    client = client_of(ana)
    client.raise_request_exception = False
    asked = forms(client, world)
    assert len([f for f in asked if f.method == "post" and f.typed]) > 20
    for form in asked:
        send = client.post if form.method == "post" else client.get
        response = send(form.action, form.filled(text), follow=True)
        assert response.status_code < 500, (form.action, response.status_code)
        assert not any(raw in body(response) for raw in RAW), form.action
    stored = 0
    for where, shown in pages(client, world):
        assert not any(raw in shown for raw in RAW), where
        stored += "alert(7)" in shown
    assert stored > 5, "some of it was kept and is shown, as text"
    exported = csv.reader(io.StringIO(body(client.get("/assets/export.csv"))))  # type: ignore[arg-type]
    assert not [cell for row in exported for cell in row if cell.startswith(TRIGGERS)]


@pytest.mark.parametrize("text", EVIL)
def test_a_report_prints_it_and_runs_nothing(text: str, world: dict[str, Any], ana: User) -> None:
    asset = Asset.objects.get(pk=world["asset"])
    change_asset(asset, by=SYSTEM, description=text, use=text)
    award = Award.objects.get(pk=world["award"])
    report = request_report(award, by=ana, as_of=days.today(), formats=["csv", "xlsx"])
    assert report.run_id
    runs.execute(report.run_id)
    held = {f.format: f.file for f in report.files.select_related("file")}
    with files.open_file(held["csv"]) as handle:
        rows = list(csv.reader(io.StringIO(handle.read().decode("utf-8-sig"))))
    assert any(text in cell for row in rows for cell in row)
    assert not [cell for row in rows for cell in row if cell.startswith(TRIGGERS)]
    with files.open_file(held["xlsx"]) as handle:
        book = openpyxl.load_workbook(io.BytesIO(handle.read()))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(text in str(cell.value) for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
