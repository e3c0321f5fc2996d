"""What a file held of people is kept for ninety days, or until one of them is forgotten."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from assets.models import Asset
from core.journal import verify
from core.models import Entry
from core.problems import ProblemError
from core.time import days
from integrations import actions
from integrations.models import ImportSession, StagedRow
from people.models import Person, User
from tests.integrations.conftest import bring, look_at, outcomes, undo, work
from tests.integrations.kept_files import after_commit, kept, sweep_after
from tests.refusing import refusal

__all__ = ["after_commit"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]

AfterCommit = Callable[..., AbstractContextManager[object]]
ROSTER = (
    "id,first name,last "
    "name,email\nS1,Maribel,Quince,mq@example.org\nS2,Tobias,Vane,tv@example.org\nS3,Nia,,\n"
)


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"


def test_a_roster_is_forgotten_ninety_days_after_it_was_applied(
    ana: User, client_of: Callable[[User], Client], after_commit: AfterCommit
) -> None:
    session = bring(ROSTER, kind="people", by=ana)
    hash_ = session.file.sha256  # type: ignore[union-attr]
    counts = outcomes(session)
    sweep_after(timedelta(days=89))
    assert kept("Maribel", "Quince"), "it can be undone until then"
    with after_commit(execute=True):
        sweep_after(timedelta(days=91))
    assert kept("Maribel", "Quince", "mq@example.org") == []
    session.refresh_from_db()
    assert (session.file, session.sha256, session.name) == (None, hash_, "file.csv")
    assert outcomes(session) == counts, "how many rows did what stays"
    assert Entry.objects.filter(kind="import.blanked", subject_id=session.pk).count() == 1
    assert Person.objects.get(local_id="S1").first_name == "Maribel", "the register keeps her"
    client = client_of(ana)
    html = client.get(reverse("import", args=[session.pk])).content.decode()
    assert "was forgotten on" in html
    assert "Undo this import" not in html
    assert client.post(reverse("import-act", args=[session.pk, "undo"])).status_code == 409
    assert client.get(reverse("import-refused", args=[session.pk])).status_code == 409
    assert verify.verify().findings == []
    sweep_after(timedelta(days=92))
    assert Entry.objects.filter(kind="import.blanked").count() == 1, "once"


def test_ninety_days_count_from_the_undo(ana: User) -> None:
    session = bring("Tag,Holder id,Notes\nB1,,blue\n", by=ana)
    with time_machine.travel(days.now() + timedelta(days=60)):
        undo(session, by=ana)
    sweep_after(timedelta(days=91))
    assert session.rows.get().raw["Notes"] == "blue"
    sweep_after(timedelta(days=151))
    assert session.rows.get().raw == {}


def test_what_was_discarded_or_never_applied_is_forgotten_too(
    ana: User, client_of: Callable[[User], Client]
) -> None:
    thrown, left = (look_at(ROSTER, kind="people", by=ana, name=n) for n in ("a.csv", "b.csv"))
    client = client_of(ana)
    discard = reverse("import-act", args=[thrown.pk, "discard"])
    assert [client.post(discard).status_code for _i in range(2)] == [302, 409]
    apply = reverse("import-act", args=[thrown.pk, "apply"])
    assert client.post(apply).status_code == 409, "discarded is discarded"
    sweep_after(timedelta(days=91))
    assert set(ImportSession.objects.values_list("state", flat=True)) == {"discarded"}
    assert not StagedRow.objects.exclude(raw={}).exists()
    with pytest.raises(ProblemError):
        actions.apply_import(left, by=ana)
    assert not Person.objects.filter(local_id="S1").exists()


def test_what_was_or_is_being_applied_is_not_discarded(
    ana: User, client_of: Callable[[User], Client]
) -> None:
    """Discarded, its undo would be gone."""
    client = client_of(ana)
    session = look_at("Tag,Notes\nD1,blue\n", by=ana)
    discard = reverse("import-act", args=[session.pk, "discard"])

    def stays(state: str) -> None:
        with refusal("state"):
            assert client.post(discard).status_code == 409, state
        session.refresh_from_db()
        assert session.state == state

    session = actions.apply_import(session, by=ana)
    stays("applying")
    session = work(session)
    stays("applied")
    session = actions.undo_import(session, by=ana)
    stays("undoing")
    session = work(session)
    stays("undone")


def test_a_file_in_which_nobody_stands_is_kept(ana: User) -> None:
    session = bring("Tag,Notes\nC1,blue\n", by=ana)
    sweep_after(timedelta(days=400))
    assert session.rows.get().raw == {"Tag": "C1", "Notes": "blue"}
    undo(session, by=ana)
    assert not Asset.objects.active().exists()
