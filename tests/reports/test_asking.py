"""Asking for a report, who may, and what is refused with which way out."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from core import runs
from core.access import SYSTEM
from core.problems import Invalid, Refused
from core.time import days
from funding.actions import end_award_access, grant_award_access
from funding.models import Award
from people.models import School, User
from reports.actions import request_report, request_report_per_school
from reports.models import Report
from reports.render import groups
from tests.cast import again
from tests.reports.conftest import Ledger

pytestmark = pytest.mark.django_db
Make = Callable[..., Report]
Browser = Callable[[User | None], Client]


@pytest.fixture
def short_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF bears four rows; Lincoln has four, the award five."""
    monkeypatch.setattr(groups, "AT_MOST", 4)


def test_fay_asks_on_the_page_and_downloads_what_a_worker_made(
    ledger: Ledger, fay: User, client_of: Browser
) -> None:
    client = client_of(fay)
    asked = client.post(
        "/reports/new/",
        {"award": ledger.award.pk, "as_of": days.today().isoformat(), "formats": ["pdf", "csv"]},
    )
    report = Report.objects.get()
    assert asked.headers["Location"] == f"/reports/{report.pk}/"
    assert report.run_id
    runs.execute(report.run_id)
    got = client.get(f"/reports/{report.pk}/pdf/")
    assert got.headers["Content-Disposition"] == f'attachment; filename="{report.number}.pdf"'
    assert b"".join(got.streaming_content).startswith(b"%PDF-1.7")  # type: ignore[arg-type]


def test_too_many_rows_for_one_pdf_offer_sheets_or_a_pdf_per_school(
    ledger: Ledger, fay: User, client_of: Browser, short_pdf: None
) -> None:
    with pytest.raises(Refused, match="one PDF per school"):
        request_report(ledger.award, by=fay, as_of=days.today(), formats=["pdf"])
    assert not Report.objects.exists()
    assert request_report(ledger.award, by=fay, as_of=days.today(), formats=["csv", "xlsx"]).pk
    client = client_of(fay)
    form = {"award": ledger.award.pk, "as_of": days.today().isoformat(), "formats": ["pdf"]}
    assert "one PDF per school" in client.post("/reports/new/", form).content.decode()
    assert client.post("/reports/new/", form | {"per_school": "on"}).status_code == 302
    made = Report.objects.exclude(school=None)
    assert [r.school.name for r in made.order_by("school__name") if r.school] == [
        "Lincoln Middle School",
        "Washington Elementary",
    ]
    assert made.values("known_at").distinct().count() == 1


def test_the_schools_reports_add_up_to_the_award(
    ledger: Ledger, report_of: Make, fay: User, lincoln: School, washington: School
) -> None:
    from reports.actions import stored_dataset

    whole = stored_dataset(report_of(fay)).totals
    parts = [stored_dataset(report_of(fay, school=s)).totals for s in (lincoln, washington)]
    assert parts[0] + parts[1] == whole


def test_a_school_too_long_for_a_pdf_refuses_them_all(
    ledger: Ledger, fay: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "AT_MOST", 3)
    with pytest.raises(Refused, match="4 rows"):
        request_report_per_school(ledger.award, by=fay, as_of=days.today(), formats=["pdf"])
    assert not Report.objects.exists()


def test_the_future_and_nonsense_are_refused(ledger: Ledger, fay: User) -> None:
    tomorrow = days.today() + timedelta(days=1)
    with pytest.raises(Invalid, match="not come yet"):
        request_report(ledger.award, by=fay, as_of=tomorrow, formats=["csv"])
    with pytest.raises(Invalid, match="Choose PDF"):
        request_report(ledger.award, by=fay, as_of=days.today(), formats=["docx"])
    later = days.now() + timedelta(hours=1)
    with pytest.raises(Invalid, match="future"):
        request_report(ledger.award, by=fay, as_of=days.today(), formats=["csv"], known_at=later)


def test_ada_sees_reports_of_her_award_and_of_no_other(
    ledger: Ledger, report_of: Make, fay: User, ada: User, local: Award, client_of: Browser
) -> None:
    hers, wider = report_of(ada), report_of(fay)
    other = request_report(local, by=SYSTEM, as_of=days.today(), formats=["csv"])
    client = client_of(ada)
    assert client.get(f"/reports/{hers.pk}/").status_code == 200
    assert client.get(f"/reports/{wider.pk}/").status_code == 404, "made with wider eyes"
    assert client.get(f"/reports/{other.pk}/").status_code == 404
    assert client.get(f"/reports/{other.pk}/csv/").status_code == 404


def test_ada_sees_her_own_report_no_longer_than_its_award(
    ledger: Ledger, report_of: Make, ada: User, ana: User, local: Award, client_of: Browser
) -> None:
    hers = report_of(ada)
    grant_award_access(local, to=ada, by=ana)
    assert client_of(ada).get(f"/reports/{hers.pk}/csv/").status_code == 200
    end_award_access(ada.award_memberships.get(award=ledger.award), by=ana)
    client = client_of(again(ada))
    assert hers.number not in client.get("/reports/").content.decode()
    assert client.get(f"/reports/{hers.pk}/csv/").status_code == 404


def test_tom_the_technician_may_not_ask(ledger: Ledger, tom: User, client_of: Browser) -> None:
    assert client_of(tom).get("/reports/new/").status_code == 403


def test_fay_asks_what_was_known_on_a_past_day(
    ledger: Ledger, fay: User, client_of: Browser
) -> None:
    form = {"award": ledger.award.pk, "as_of": days.today().isoformat(), "formats": ["csv"]}
    yesterday = days.today() - timedelta(days=1)
    client_of(fay).post("/reports/new/", form | {"known_on": yesterday.isoformat()})
    report = Report.objects.get()
    assert report.known_at == days.end_of_day(yesterday)
    tomorrow = (days.today() + timedelta(days=1)).isoformat()
    refused = client_of(fay).post("/reports/new/", form | {"known_on": tomorrow})
    assert "has not come yet" in refused.content.decode() and Report.objects.count() == 1


def test_the_command_writes_one_file_and_names_what_is_wrong(
    ledger: Ledger, tmp_path: Path
) -> None:
    out = tmp_path / "record.csv"
    call_command("report", "r1", award="S425U210035", format="csv", out=str(out), verbosity=0)
    assert out.read_bytes().count(b"\r\n") == 6
    call_command("report", "r1", award="S425U210035", format="csv", out=str(out), school="WAS")
    assert out.read_bytes().count(b"\r\n") == 2
    with pytest.raises(CommandError, match="not exactly one award"):
        call_command("report", "r1", award="NONE", format="csv", out=str(out))
    with pytest.raises(CommandError, match="no school"):
        call_command("report", "r1", award="S425U210035", format="csv", out=str(out), school="XX")


@pytest.mark.django_db(transaction=True)
def test_the_command_waits_for_a_worker_that_was_quicker_and_takes_over_when_it_dies(
    transactional_db: None, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = []

    def quicker(run_ids: list[int]) -> int:
        work = runs.claim(run_ids[0])
        assert work is not None and work.write(lease_until=days.now() + timedelta(seconds=1))
        began.append(work)
        return 1

    monkeypatch.setattr(runs, "ring", quicker)
    out = tmp_path / "record.csv"
    call_command("report", "r1", award="S425U210035", format="csv", out=str(out), verbosity=0)
    assert len(began) == 1 and out.read_bytes().count(b"\r\n") == 6
