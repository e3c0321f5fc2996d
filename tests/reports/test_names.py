"""Names stand beside a report's dataset: one that is erased changes no fact and no hash."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.actions import return_asset
from core import files, runs
from core.access import SYSTEM
from core.models import Entry, Run
from people.actions import (
    PersonDraft,
    add_person,
    change_person,
    change_room,
    erase_person,
)
from people.models import Person, User
from reports import actions
from reports.actions import names
from reports.models import Report, ReportFile, ReportPerson
from tests.forgotten import traces
from tests.reports.conftest import Ledger, by_tag, content

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_folders")]
Make = Callable[..., Report]
LAST = "Quackenbosch"


@pytest.fixture
def own_folders(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR, settings.BACKUP_DIR = tmp_path / "files", tmp_path / "backups"
    settings.BACKUP_DIR.mkdir()


@pytest.fixture
def custodian(ledger: Ledger) -> Person:
    """A teacher who answers for the room of the panel."""
    room = ledger.panel.room
    assert room is not None
    draft = PersonDraft(
        kind="staff",
        local_id="T-70711",
        first_name="Wilhelmina",
        last_name=LAST,
        school=ledger.panel.school,
    )
    teacher = add_person(draft, by=SYSTEM)
    change_room(room, by=SYSTEM, custodian=teacher)
    return teacher


def erased(teacher: Person) -> None:
    """She left; another answers for the room; she is erased, and workers do what is to do."""
    from people.models import Room

    for room in Room.objects.filter(custodian=teacher):
        change_room(room, by=SYSTEM, custodian=None)
    erase_person(Person.objects.get(pk=teacher.pk), by=SYSTEM, reason="Left, asked for it.")
    for run in Run.objects.filter(state="waiting"):
        runs.execute(run.pk)
        run.refresh_from_db()
        assert run.state == "finished", run.reason


def test_the_dataset_calls_people_by_numbers_and_the_paper_by_name(
    ledger: Ledger, custodian: Person, report_of: Make, fay: User
) -> None:
    report = report_of(fay)
    assert report.dataset is not None
    stored = files.path_of(report.dataset.sha256).read_bytes()
    assert LAST.encode() not in stored and b'"p1"' in stored
    assert LAST.encode() in content(report, "csv")
    shown = by_tag(actions.stored_dataset(report))
    assert shown["R100"]["custodian"] == f"Wilhelmina {LAST}"
    assert str(shown["R102"]["custodian"]).startswith("P-"), "a student stays a pseudonym"
    told = {p.person_id: (p.name, p.pseudonym) for p in ReportPerson.objects.filter(report=report)}
    assert told[custodian.pk] == (f"Wilhelmina {LAST}", custodian.pseudonym)
    assert all(not name for pk, (name, _p) in told.items() if pk != custodian.pk)


def test_made_again_it_is_the_same_to_the_byte(
    ledger: Ledger, custodian: Person, report_of: Make, fay: User
) -> None:
    report = report_of(fay, formats=["csv", "xlsx", "pdf"])
    change_person(custodian, by=SYSTEM, last_name="Married")
    for format_ in report.formats:
        assert actions.remake(report, format_) == content(report, format_)
    assert actions.recompute(report).same, "whatever she is called, it is her"


def test_erasing_leaves_the_hash_and_blanks_her_alone(
    ledger: Ledger, custodian: Person, report_of: Make, fay: User, client_of: Callable[..., Client]
) -> None:
    report = report_of(fay, formats=["csv", "xlsx", "pdf"])
    before, hash_ = content(report, "csv").decode(), report.sha256
    pseudonym = custodian.pseudonym
    erased(custodian)
    report.refresh_from_db()
    assert report.sha256 == hash_ and actions.unaltered(report)
    after = content(report, "csv").decode()
    assert after == before.replace(f"Wilhelmina {LAST}", pseudonym), "only there does it differ"
    assert traces(LAST, "Wilhelmina", "T-70711") == []
    page = client_of(fay).get(f"/reports/{report.pk}/").content.decode()
    assert "The name of one person was erased" in page and pseudonym in page
    assert report.sha256 in page
    paper = client_of(None).get(f"/verify/{report.number}/{report.code}/").content.decode()
    assert "circle-check" in paper and "The name of one person was erased" in paper
    assert report.files.count() == 3
    assert Entry.objects.filter(kind="report.names_erased", subject_id=report.pk).count() == 1


def test_a_report_without_her_keeps_its_files(
    ledger: Ledger, report_of: Make, fay: User, maria: Person
) -> None:
    report = report_of(fay)
    kept = report.files.get().file_id
    return_asset(ledger.held, by=SYSTEM, room=ledger.panel.room)
    for thing in maria.assets_held.all():
        return_asset(thing, by=SYSTEM)
    erase_person(maria, by=SYSTEM, reason="Asked for.")
    assert report.files.get().file_id == kept, "her pseudonym leads to nobody any more"


@pytest.mark.untrue("it makes what another hand or release made")
def test_whoever_is_erased_while_it_is_made_is_not_printed(
    ledger: Ledger, custodian: Person, report_of: Make, fay: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = actions.render

    def slow(report: Report, dataset: Any, format_: str) -> bytes:
        if not Person.objects.get(pk=custodian.pk).erased_at:
            custodian_of = Person.objects.get(pk=custodian.pk)
            custodian_of.erased_at, custodian_of.last_name = report.made_at, ""
            custodian_of.save(update_fields=["erased_at", "last_name"])
        return real(report, dataset, format_)

    monkeypatch.setattr(actions, "render", slow)
    from reports.actions import request_report

    report = request_report(ledger.award, by=fay, as_of=_today(), formats=["csv"])
    runs.execute(report.run_id)  # type: ignore[arg-type]
    report.refresh_from_db()
    assert report.dataset is None and not ReportPerson.objects.filter(report=report).exists()
    Run.objects.filter(pk=report.run_id).update(available_at=report.made_at)
    assert runs.execute(report.run_id)  # type: ignore[arg-type]
    assert LAST.encode() not in content(report, "csv")


@pytest.mark.untrue("it makes what another hand or release made")
def test_a_report_of_an_older_release_is_rewritten_and_says_so(
    ledger: Ledger, custodian: Person, report_of: Make, fay: User, client_of: Callable[..., Client]
) -> None:
    report = report_of(fay)
    _as_an_older_release_made_it(report)
    assert actions.recompute(report).same, "its hash is of the rows with names, and still found"
    printed, rows = report.sha256, by_tag(actions.stored_dataset(report))
    erased(custodian)
    report.refresh_from_db()
    assert report.sha256 == printed != report.rewritten_sha256 and actions.unaltered(report)
    assert traces(LAST) == []
    now = by_tag(actions.stored_dataset(report))
    differing = {(t, k) for t in rows for k in rows[t] if rows[t][k] != now[t][k]}
    assert {key for _tag, key in differing} == {"custodian"}
    page = client_of(fay).get(f"/reports/{report.pk}/").content.decode()
    assert "whose hash held the names, too" in page and printed in page


def _as_an_older_release_made_it(report: Report) -> None:
    """Names in the dataset and in its hash, nobody beside it."""
    dataset = names.read(report.dataset)  # type: ignore[arg-type]
    said = {p.key: p.name or p.pseudonym for p in ReportPerson.objects.filter(report=report)}
    import dataclasses

    shown = dataset.printed(said)
    text = tuple(dataclasses.replace(c, kind="text") for c in shown.columns if c.kind == "person")
    columns = tuple(text[0] if c.kind == "person" else c for c in shown.columns)
    old = dataclasses.replace(shown, columns=columns, digest="", note="")
    kept = report.dataset
    report.dataset, report.sha256 = files.store(old.lines(), "application/x-ndjson"), old.sha256()
    report.save(update_fields=["dataset", "sha256"])
    ReportPerson.objects.filter(report=report).delete()
    files.forget(kept)  # type: ignore[arg-type]
    assert ReportFile.objects.filter(report=report).exists()


def _today() -> Any:
    from core.time import days

    return days.today()
