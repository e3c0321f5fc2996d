"""A record tells its instants as the district's clock showed them, and names the zone."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import openpyxl
import pytest
import time_machine
from django.test import Client
from pypdf import PdfReader

from people.models import User
from reports import actions
from reports.models import Report
from tests.reports.conftest import content
from tests.reports.shared import moved_to

pytestmark = pytest.mark.django_db
Make = Callable[..., Report]
Browser = Callable[[User | None], Client]
ASKED = datetime(2026, 11, 29, 19, 5, 11, tzinfo=UTC)
THERE = "11/29/2026 2:05:11 PM EST"


def test_cover_workbook_and_page_name_the_districts_hour_also_after_it_moved(
    report_of: Make, fay: User, client_of: Browser
) -> None:
    with time_machine.travel(ASKED, tick=False):
        report = report_of(fay, formats=["pdf", "xlsx"])
        page = client_of(fay).get(f"/reports/{report.pk}/").content.decode()
    assert THERE in page
    made = content(report, "pdf")
    cover = " ".join(PdfReader(io.BytesIO(made)).pages[0].extract_text().split())
    assert cover.count(THERE) == 2 and "UTC" not in cover, cover
    about = openpyxl.load_workbook(io.BytesIO(content(report, "xlsx")))["About"]
    assert THERE in [row[1].value for row in about.iter_rows()]
    moved_to("America/Denver")
    assert actions.remake(report, "pdf") == made, "made again it has the same bytes"
