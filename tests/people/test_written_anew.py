"""A database is written anew after somebody was forgotten: once, when nobody reads, or at night."""

import pytest
from django.db import connection

from core import forgetting, runs
from core.access import SYSTEM
from core.models import Run
from people.actions import erase_person
from people.models import Person
from tests.forgotten import traces
from tests.people.test_forgotten import rewritten, zephyrine

__all__ = ["zephyrine"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_folders")]

FIRST, LAST, MAIL, ID = "Zephyrine", "Quackenbosch", "zq.pupil@example.org", "ZQX70711"
MARKS = (LAST, FIRST, MAIL, ID)


def test_a_worker_that_finds_readers_tries_again(zephyrine: Person) -> None:
    """A page that streams keeps the write-ahead log: the run is not taken for done."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL claims rows and dumps, not pages")
    import sqlite3

    erase_person(zephyrine, by=SYSTEM, reason="Asked for.")
    reader = sqlite3.connect(str(connection.settings_dict["NAME"]))
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM people_person").fetchall()
    from core.forgetting import pages

    patience, pages.PATIENCE = pages.PATIENCE, 50
    try:
        run = Run.objects.get(kind=forgetting.KIND)
        assert runs.execute(run.pk)
        run.refresh_from_db()
        assert run.state == "waiting", "it will be tried again"
        reader.close()
        Run.objects.filter(pk=run.pk).update(available_at=run.created_at)
        assert runs.execute(run.pk)
    finally:
        pages.PATIENCE = patience
    assert traces(*MARKS) == []


def test_two_people_erased_at_once_need_one_rewriting(zephyrine: Person) -> None:
    erase_person(zephyrine, by=SYSTEM, reason="Asked for.")
    erase_person(Person.objects.get(local_id="B1"), by=SYSTEM, reason="Asked for.")
    expected = 1 if connection.vendor == "sqlite" else 0
    assert Run.objects.filter(kind=forgetting.KIND).count() == expected


def test_a_large_database_is_written_anew_in_the_night(
    zephyrine: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL claims rows and dumps, not pages")
    from core.forgetting import pages

    monkeypatch.setattr(pages, "AT_ONCE", 0)
    erase_person(zephyrine, by=SYSTEM, reason="Asked for.")
    rewritten()
    later = Run.objects.get(kind=forgetting.KIND, state="waiting")
    assert later.available_at > later.created_at and not runs.execute(later.pk)
    Run.objects.filter(pk=later.pk).update(available_at=later.created_at)
    rewritten()
    assert traces(*MARKS) == []
