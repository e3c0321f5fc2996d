"""Nothing in the journal is changed without being found."""

import random
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError

from assets.actions import assign_asset, return_asset
from core import guards, sealing, verify
from core.models import Entry
from people.models import Person, School, User
from tests.factories import make_asset

pytestmark = pytest.mark.django_db


@pytest.fixture
def history(lincoln: School, maria: Person, tom: User) -> tuple[int, str]:
    """A sealed history of some forty entries; its head as a report would print it."""
    for _n in range(10):
        asset = make_asset(school=lincoln)
        assign_asset(asset, to=maria, by=tom)
        return_asset(asset, by=tom)
    sealing.seal_all()
    return sealing.head()


def test_an_untouched_journal_verifies(history: tuple[int, str]) -> None:
    if connection.vendor == "postgresql":
        # Inside the test's one open transaction nothing is final yet, which is the promise.
        assert sealing.head()[0] == 0
        return
    result = verify.verify(printed_head=history)
    assert result.findings == []
    assert result.sealed > 30


@pytest.mark.parametrize(
    "statement", ["UPDATE core_entry SET kind = 'x'", "DELETE FROM core_entry"]
)
def test_the_database_refuses_to_change_an_entry(statement: str, lincoln: School) -> None:
    make_asset(school=lincoln)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_missing_guard_is_missed_by_check_and_verify(lincoln: School) -> None:
    with connection.cursor() as cursor:
        on = " ON core_entry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER guard_core_entry_delete{on}")
    assert guards.missing() == ["guard_core_entry_delete"]
    assert "guard_core_entry_delete" in str(verify.verify().findings)
    with pytest.raises(Exception, match="guard_core_entry_delete"):
        call_command("check", databases=["default"], tags=["database"])
    guards.install()
    assert guards.missing() == []


def _run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _edit(pk: int) -> None:
    _run("UPDATE core_entry SET changes = '{\"status\": [1, 2]}' WHERE id = %s", pk)


def _later(pk: int) -> None:
    _run("UPDATE core_entry SET effective_at = '2020-01-01 00:00:00+00:00' WHERE id = %s", pk)


def _delete(pk: int) -> None:
    _run("DELETE FROM core_seal WHERE entry_id = %s", pk)
    _run("DELETE FROM core_entry WHERE id = %s", pk)


def _reorder(pk: int) -> None:
    other = pk - 1
    _run("UPDATE core_seal SET entry_id = -1 WHERE entry_id = %s", pk)
    _run("UPDATE core_seal SET entry_id = %s WHERE entry_id = %s", pk, other)
    _run("UPDATE core_seal SET entry_id = %s WHERE entry_id = -1", other)


def _cut(pk: int) -> None:
    _run("DELETE FROM core_seal WHERE entry_id >= %s", pk)
    _run("DELETE FROM core_entry WHERE id >= %s", pk)


TAMPERINGS: list[Callable[[int], None]] = [_edit, _later, _delete, _reorder, _cut]


def _tamper(count: int) -> None:
    head = sealing.head()
    pks = list(Entry.objects.exclude(seal=None).values_list("pk", flat=True).order_by("pk"))
    chance = random.Random(7)
    guards.lift()
    for n in range(count):
        how = TAMPERINGS[n % len(TAMPERINGS)]
        pk = chance.choice(pks[1:])
        with transaction.atomic():
            how(pk)
            found = verify.verify(printed_head=head, limit=1).findings
            transaction.set_rollback(True)
        assert [f for f in found if "guard" not in f], f"{how.__name__} of entry {pk} was not found"
    guards.install()


@pytest.mark.django_db(transaction=True)
def test_every_tampering_is_found(lincoln: School, maria: Person, tom: User) -> None:
    for _n in range(10):
        asset = make_asset(school=lincoln)
        assign_asset(asset, to=maria, by=tom)
    sealing.seal_all()
    if connection.vendor == "sqlite":
        _run("PRAGMA foreign_keys=OFF")
    else:
        _run("ALTER TABLE core_seal DROP CONSTRAINT IF EXISTS core_seal_entry_id_key")
        names = "SELECT conname FROM pg_constraint WHERE conrelid = 'core_seal'::regclass AND contype = 'f'"
        with connection.cursor() as cursor:
            cursor.execute(names)
            foreign = [row[0] for row in cursor.fetchall()]
        for name in foreign:
            _run(f"ALTER TABLE core_seal DROP CONSTRAINT {name}")
    try:
        _tamper(100)
    finally:
        if connection.vendor == "sqlite":
            _run("PRAGMA foreign_keys=ON")
        else:
            _run(
                "ALTER TABLE core_seal ADD CONSTRAINT core_seal_entry_id_fk "
                "FOREIGN KEY (entry_id) REFERENCES core_entry (id) DEFERRABLE INITIALLY DEFERRED"
            )
