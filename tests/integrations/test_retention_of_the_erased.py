"""Of whoever is erased nothing stays in what imports kept: not in rows, nor in files."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import time_machine

from assets.models import Asset
from core import files
from core.models import Entry, StoredFile
from core.problems import ProblemError
from core.time import days
from integrations import actions
from integrations.models import StagedRow
from people.actions import change_person, erase_person
from people.models import Person, User
from tests.integrations.conftest import bring, look_at, outcomes, undo
from tests.integrations.kept_files import after_commit, kept, sweep_after
from tests.integrations.test_retention import own_files

__all__ = ["after_commit", "own_files"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]

AfterCommit = Callable[..., AbstractContextManager[object]]
ROSTER = (
    "id,first name,last "
    "name,email\nS1,Maribel,Quince,mq@example.org\nS2,Tobias,Vane,tv@example.org\nS3,Nia,,\n"
)
HOLDERS = "Tag,Holder id,Holder name\nA1,{0},Maria Lopez\nA2,,\n"


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
