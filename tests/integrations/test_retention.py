"""What a file held of people is kept for ninety days, or until one of them is forgotten."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from assets.models import Asset
from core import files
from core.journal import verify
from core.models import Entry, StoredFile
from core.ops.sweeping import sweep
from core.problems import ProblemError
from core.time import days
from integrations import actions
from integrations.models import ImportSession, StagedRow
from people.actions import change_person, erase_person
from people.models import Person, User
from tests.integrations.conftest import bring, look_at, outcomes, undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]

AfterCommit = Callable[..., AbstractContextManager[object]]
ROSTER = (
    "id,first name,last "
    "name,email\nS1,Maribel,Quince,mq@example.org\nS2,Tobias,Vane,tv@example.org\nS3,Nia,,\n"
)
HOLDERS = "Tag,Holder id,Holder name\nA1,{0},Maria Lopez\nA2,,\n"


def kept(*names: str) -> list[str]:
    """The places where one of these names still stands: rows, sessions, files, the journal."""
    texts = {f"row {r.pk}": str(r.__dict__) for r in StagedRow.objects.all()}
    texts |= {f"import {s.pk}": str(s.__dict__) for s in ImportSession.objects.all()}
    texts |= {f"entry {e.pk}": f"{e.data} {e.changes}" for e in Entry.objects.all()}
    for path in Path(settings.FILES_DIR).rglob("*"):
        if path.is_file():
            texts[f"file {path.name[:8]}"] = path.read_bytes().decode("utf-8", "replace")
    return [where for where, text in texts.items() if any(name in text for name in names)]


def sweep_after(amount: timedelta) -> None:
    with time_machine.travel(days.now() + amount, tick=False):
        assert sweep()


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks: AfterCommit) -> AfterCommit:
    """What is done once a transaction is through (a test is one that never is)."""
    return django_capture_on_commit_callbacks


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


def test_a_file_in_which_nobody_stands_is_kept(ana: User) -> None:
    session = bring("Tag,Notes\nC1,blue\n", by=ana)
    sweep_after(timedelta(days=400))
    assert session.rows.get().raw == {"Tag": "C1", "Notes": "blue"}
    undo(session, by=ana)
    assert not Asset.objects.active().exists()


def test_whoever_is_erased_leaves_the_rows_that_name_them_and_their_files_at_once(
    ana: User, after_commit: AfterCommit
) -> None:
    session = bring(ROSTER, kind="people", by=ana)
    refused = look_at(
        "id,first name,school\nS1,Maribel,Nowhere\n", kind="people", by=ana, name="r.csv"
    )
    with after_commit(execute=True):
        erase_person(Person.objects.get(local_id="S1"), by=ana, reason="asked to")
    assert kept("Maribel", "Quince", "mq@example.org") == []
    assert session.rows.get(number=3).raw["first name"] == "Tobias", "others stay"
    assert not StoredFile.objects.exists()
    assert outcomes(session) == {"create": 3}
    again = undo(session, by=ana)
    assert again.state == "undone"
    assert Entry.objects.filter(kind="person.erased").count() == 3, "nobody is erased twice"
    assert outcomes(refused) == {"refused": 1}


def test_a_row_of_somebody_forgotten_is_not_applied(ana: User) -> None:
    bring(ROSTER, kind="people", by=ana)
    session = look_at(ROSTER.replace("Maribel", "Mary"), kind="people", by=ana, name="new.csv")
    erase_person(Person.objects.get(local_id="S1"), by=ana, reason="asked to")
    with pytest.raises(ProblemError):
        actions.mend_cell(session, 2, "id", "S1", by=ana)
    session = actions.preview(session, by=ana)
    row = session.rows.get(number=2)
    assert (row.outcome, len(row.problems)) == ("refused", 1)
    assert not Person.objects.filter(local_id__in=["", "S1"], active=True).exists()


def test_a_holder_is_forgotten_in_rows_of_things_and_the_things_stay(
    maria: Person, jamal: Person, ana: User, after_commit: AfterCommit
) -> None:
    first = bring(HOLDERS.format(maria.local_id), by=ana)
    later = bring(HOLDERS.format(jamal.local_id.lower()), by=ana, name="later.csv")
    assert later.rows.get(number=2).changes["holder"] == [maria.local_id, jamal.local_id]
    with after_commit(execute=True):
        erase_person(maria, by=ana, reason="asked to")
    assert kept("Lopez", maria.local_id) == []
    assert first.rows.get(number=3).raw["Tag"] == "A2"
    undo(first, by=ana)
    assert list(Asset.objects.active().values_list("tag", flat=True)) == ["A1"], "it changed since"


def test_two_imports_of_one_file_share_its_bytes_until_both_are_forgotten(
    ana: User, after_commit: AfterCommit
) -> None:
    bring(ROSTER, kind="people", by=ana, name="one.csv")
    with time_machine.travel(days.now() + timedelta(days=30)):
        second = bring(ROSTER, kind="people", by=ana, name="two.csv")
    with after_commit(execute=True):
        sweep_after(timedelta(days=91))
    assert files.open_file(second.file).read().decode() == ROSTER  # type: ignore[arg-type]
    with after_commit(execute=True):
        sweep_after(timedelta(days=121))
    assert kept("Maribel") == []


def test_the_imports_of_others_stay_when_one_is_forgotten(ana: User) -> None:
    bring("id,first name\nS1,Maribel\n", kind="people", by=ana)
    for n in range(3):
        bring(f"id,first name\nT{n},Other\n", kind="people", by=ana, name=f"{n}.csv")
    erase_person(Person.objects.get(local_id="S1"), by=ana, reason="asked to")
    assert StagedRow.objects.filter(blanked=True).count() == 1


def test_who_got_another_id_since_is_forgotten_too(ana: User) -> None:
    session = bring(ROSTER, kind="people", by=ana)
    person = change_person(Person.objects.get(local_id="S1"), by=ana, local_id="N-77")
    someone = bring("id,first name\nS1,Another\n", kind="people", by=ana, name="next.csv")
    erase_person(person, by=ana, reason="asked to")
    assert session.rows.get(number=2).raw == {}
    assert someone.rows.get().raw["first name"] == "Another", "the old id is somebody else's now"
