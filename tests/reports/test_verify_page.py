"""The open verify page: who holds the paper learns five things, and guessing is slowed down."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client
from time_machine import TimeMachineFixture

from core import files
from people.models import User
from reports.models import Report
from tests.reports.conftest import Ledger

pytestmark = pytest.mark.django_db
Make = Callable[..., Report]
Browser = Callable[[User | None], Client]


def test_who_holds_the_paper_learns_five_things_and_nothing_else(
    ledger: Ledger, report_of: Make, fay: User, client_of: Browser
) -> None:
    report = report_of(fay, formats=["pdf"])
    anybody = client_of(None)
    page = anybody.get(f"/verify/{report.number}/{report.code}/").content.decode()
    text = " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())
    for said in (report.number, "Federal property record", "As of", "Made on", "Unaltered yes"):
        assert said in text, said
    for secret in ("ARP ESSER", "S425U", "Fay", "R100", "6,515", report.sha256):
        assert secret not in page, secret
    assert anybody.get(f"/verify/{report.number}/wrong-code/").status_code == 404
    assert anybody.get(f"/verify/R1-999999/{report.code}/").status_code == 404


def test_an_altered_file_is_told(
    ledger: Ledger, report_of: Make, fay: User, client_of: Browser
) -> None:
    report = report_of(fay)
    path = files.path_of(report.files.get().file.sha256)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b"R100", b"R999"))
    page = client_of(None).get(f"/verify/{report.number}/{report.code}/").content.decode()
    assert "differs" in page


def test_guessing_codes_is_slowed_down(
    client_of: Browser, district: object, time_machine: TimeMachineFixture
) -> None:
    cache.clear()
    time_machine.move_to(datetime(2026, 5, 4, 9, 30, tzinfo=UTC), tick=False)
    answers = [client_of(None).get(f"/verify/R1-000001/guess-{n}/").status_code for n in range(40)]
    cache.clear()
    assert answers[0] == 404 and answers[-1] == 429
    time_machine.shift(60)
    assert client_of(None).get("/verify/R1-000001/guess/").status_code == 404
