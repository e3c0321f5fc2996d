"""What nobody of this house could have written keeps no other finding of `verify` back."""

import pytest
from django.db import connection
from django.db.models import Model

from core import files
from core.journal import sealing, verify
from core.models import Entry, StoredFile
from core.models.words import EntryWords
from funding.models import Unit
from reports.models import Report
from tests.core import forgeries

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.untrue("writes behind the register's back"),
]


def test_a_digest_that_is_none_hides_no_words_that_are_gone(world: dict[str, object]) -> None:
    sealing.seal_all()
    odd, gone = EntryWords.objects.order_by("pk")[:2]
    with forgeries.no_protection():
        EntryWords.objects.filter(pk=odd.pk).update(digest="zz" * 16)
        EntryWords.objects.filter(pk=gone.pk).delete()
        found = verify.verify().findings
    assert f"The words {'zz' * 16} are not those that their entry was made with." in found
    told = Entry.objects.filter(data__reason__words__in=[odd.digest, gone.digest])
    assert {e.data["reason"]["words"] for e in told} == {odd.digest, gone.digest}
    assert "The words of 2 reasons are gone." in found


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's columns have types")
@pytest.mark.parametrize(
    ("model", "column"),
    [
        (EntryWords, "words"),
        (EntryWords, "blanked_at"),
        (StoredFile, "stored_at"),
        (StoredFile, "sha256"),
        (Report, "made_at"),
        (Report, "sha256"),
    ],
    ids=str,
)
def test_a_value_of_another_type_hides_no_file_that_is_gone(
    world: dict[str, object], model: type[Model], column: str
) -> None:
    sealing.seal_all()
    gone = StoredFile.objects.order_by("-pk")[0]
    path = files.path_of(gone.sha256)
    path.rename(path.with_suffix(".away"))
    try:
        with forgeries.no_protection():
            forgeries.store(model, column, ("%s", b"\x00\xff"))
            found = verify.verify().findings
    finally:
        path.with_suffix(".away").rename(path)
    assert f"The stored file {gone.sha256} is gone or altered." in found
    assert not [f for f in found if "could not be finished" in f]
    assert len(found) > 1


@pytest.mark.parametrize("odd", ["0", "[]", '{"rows": {"core.user": 5}}', '{"touched": 0}'])
@pytest.mark.parametrize("column", ["changes", "data"])
def test_an_entry_that_nobody_could_have_written_hides_no_forged_cost(
    world: dict[str, object], column: str, odd: str
) -> None:
    sealing.seal_all()
    entry = Entry.objects.filter(kind="award.created").order_by("pk")[0]
    unit = Unit.objects.exclude(cost=None).order_by("pk")[0]
    with forgeries.no_protection():
        forgeries.run(f"UPDATE core_entry SET {column} = %s WHERE id = %s", odd, entry.pk)
        Unit.objects.filter(pk=unit.pk).update(cost="1.23")
        found = verify.verify().findings
    assert any(f.startswith(f"Entry {entry.pk} does not match its seal") for f in found)
    assert f"funding.unit {unit.pk}: cost is not what the journal says." in found
