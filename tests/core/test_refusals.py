"""Files and runs: what cannot be attached, taken off, stopped or tried again, and why."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assets.models import Asset
from core import runs
from core.actions.attachments import attach_file, remove_attachment
from core.files.kinds import LIMIT
from core.models import Attachment, Entry, Run
from core.problems import Refused
from core.time import days
from funding.models import Award
from people.actions import deactivate_user
from people.models import School, User
from reports.actions import request_report
from tests.factories import make_asset
from tests.refusing import page_says, refusal

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
PDF = b"%PDF-1.7 an invoice"


@pytest.fixture
def asset(lincoln: School) -> Asset:
    return make_asset(school=lincoln)


@pytest.mark.parametrize(
    ("data", "sent", "code", "said"),
    [
        (PDF, {"kind": "no kind"}, "file-missing", "Choose a file and what it is"),
        (None, {"kind": "invoice"}, "file-missing", "Choose a file and what it is"),
        (PDF.ljust(LIMIT + 1), {"kind": "invoice"}, "too-large", "A file has at most 20 MB"),
        (b"MZ\x90\x00 a program", {"kind": "invoice"}, "file-kind", "Attach a PDF, PNG"),
    ],
    ids=["no kind", "no file", "too large", "a program"],
)
def test_a_file_that_is_not_attached(
    data: bytes | None,
    sent: dict[str, Any],
    code: str,
    said: str,
    asset: Asset,
    tom: User,
    client_of: Of,
) -> None:
    if data is not None:
        sent = sent | {"file": SimpleUploadedFile("x.pdf", data)}
    page_says(client_of(tom), f"/files/assets.asset/{asset.pk}/", sent, code, said, status=400)
    assert not Attachment.objects.exists()


def test_a_file_is_taken_off_once(asset: Asset, tom: User) -> None:
    """Two browsers showed it: the second pressed later."""
    shown = attach_file(asset, by=tom, data=PDF, name="invoice.pdf", kind="invoice")
    remove_attachment(shown, asset, by=tom, reason="Another item's")
    with refusal("removed"), pytest.raises(Refused, match="It was removed already"):
        remove_attachment(shown, asset, by=tom, reason="Another item's")
    assert Entry.objects.filter(kind="file.removed").count() == 1


@pytest.fixture
def run(fay: User, arp: Award) -> Run:
    report = request_report(arp, by=fay, as_of=days.today(), formats=["csv"])
    assert report.run is not None
    return report.run


def test_a_run_that_waits_is_not_tried_again(run: Run, fay: User, client_of: Of) -> None:
    said = "Only a failed or canceled run is tried again"
    page_says(client_of(fay), f"/runs/{run.pk}/retry/", {}, "run-not-failed", said, status=409)


def test_a_run_that_is_over_is_not_stopped(run: Run, fay: User, client_of: Of) -> None:
    client = client_of(fay)
    assert client.post(f"/runs/{run.pk}/cancel/").status_code == 302
    said = "This run is over already"
    page_says(client, f"/runs/{run.pk}/cancel/", {}, "run-over", said, status=409)
    run.refresh_from_db()
    assert run.state == "canceled"


def test_what_somebody_asked_who_left_is_not_done(run: Run, fay: User, ana: User) -> None:
    deactivate_user(fay, by=ana)
    with refusal("owner-inactive"):
        assert runs.execute(run.pk)
    run.refresh_from_db()
    assert (run.state, run.reason) == ("failed", "Who asked for this is no longer active.")
    assert not Entry.objects.filter(kind="report.made").exists()
