"""Whoever changes the journal behind the guards is found: edits, deletions, new orders, cut
tails."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from assets.actions import assign_asset, move_asset, return_asset
from core.journal import guards, sealing, verify
from core.models import Entry, Seal
from people.models import Person, Room, School, User
from tests.factories import make_asset

Chance = random.Random


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


#: What each column of an entry is changed to; the expression differs from whatever stands there.
EDITS = {
    "kind": "kind || 'x'",
    "subject_type": "subject_type || 'x'",
    "subject_id": "subject_id + 1",
    "school_id": "COALESCE(school_id, 0) + 1",
    "school_before_id": "COALESCE(school_before_id, 0) + 1",
    "effective_at": "'2020-01-01 00:00:00+00:00'",
    "recorded_at": "'2020-01-01 00:00:00+00:00'",
    "by_id": "COALESCE(by_id, 0) + 1",
    "via": "via || 'x'",
    "changes": """'{"status": [1, 2]}'""",
    "data": """'{"reason": "another"}'""",
    "request_id": "request_id || 'x'",
    "run_id": "COALESCE(run_id, 0) + 1",
}


def an_edit(pk: int, chance: Chance) -> str:
    column = chance.choice(sorted(EDITS))
    run(f"UPDATE core_entry SET {column} = {EDITS[column]} WHERE id = %s", pk)
    return column


def another_identity(pk: int, chance: Chance) -> None:
    """The fact stands under another number."""
    run("UPDATE core_entry SET id = id + 1000000 WHERE id = %s", pk)
    run("UPDATE core_seal SET entry_id = entry_id + 1000000 WHERE entry_id = %s", pk)


def an_edited_seal(pk: int, chance: Chance) -> None:
    run(
        "UPDATE core_seal SET digest = %s WHERE entry_id = %s",
        f"{chance.getrandbits(256):064x}",
        pk,
    )


def a_deletion(pk: int, chance: Chance) -> None:
    run("DELETE FROM core_seal WHERE entry_id = %s", pk)
    run("DELETE FROM core_entry WHERE id = %s", pk)


def a_deletion_of_the_fact_alone(pk: int, chance: Chance) -> None:
    run("DELETE FROM core_entry WHERE id = %s", pk)


def a_deletion_with_new_numbers(pk: int, chance: Chance) -> None:
    """The gap is closed: every later seal moves up by one."""
    number = Seal.objects.get(entry=pk).number
    a_deletion(pk, chance)
    run("UPDATE core_seal SET number = -number WHERE number > %s", number)
    run("UPDATE core_seal SET number = -number - 1 WHERE number < 0")


def a_new_order(pk: int, chance: Chance) -> None:
    """Two facts change places."""
    numbers = Seal.objects.exclude(entry=pk).values_list("entry", flat=True)
    other = chance.choice(sorted(numbers))
    run("UPDATE core_seal SET entry_id = -1 WHERE entry_id = %s", pk)
    run("UPDATE core_seal SET entry_id = %s WHERE entry_id = %s", pk, other)
    run("UPDATE core_seal SET entry_id = %s WHERE entry_id = -1", other)


def a_new_order_of_seals(pk: int, chance: Chance) -> None:
    """Two seals change numbers, with their facts."""
    number = Seal.objects.get(entry=pk).number
    other = chance.choice(sorted(Seal.objects.exclude(entry=pk).values_list("number", flat=True)))
    run("UPDATE core_seal SET number = -1 WHERE number = %s", number)
    run("UPDATE core_seal SET number = %s WHERE number = %s", number, other)
    run("UPDATE core_seal SET number = %s WHERE number = -1", other)


def a_cut_tail(pk: int, chance: Chance) -> None:
    run("DELETE FROM core_seal WHERE entry_id >= %s", pk)
    run("DELETE FROM core_entry WHERE id >= %s", pk)


def a_tail_without_seals(pk: int, chance: Chance) -> None:
    run("DELETE FROM core_seal WHERE entry_id >= %s", pk)


def a_tail_sealed_anew(pk: int, chance: Chance) -> None:
    """An edit, and every seal from there on made new, so that the chain itself is whole."""
    number = Seal.objects.get(entry=pk).number
    run("DELETE FROM core_seal WHERE number >= %s", number)
    an_edit(pk, chance)
    before = Seal.objects.filter(number=number - 1).values_list("digest", flat=True).first()
    before = before or sealing.GENESIS
    rows = Entry.objects.filter(seal=None).order_by("id").values_list(*sealing.FIELDS)
    for n, row in enumerate(rows, number):
        before = sealing.digest(before, n, row)
        run(
            "INSERT INTO core_seal (number, entry_id, digest) VALUES (%s, %s, %s)",
            n,
            row[0],
            before,
        )


TAMPERINGS: list[Callable[[int, Chance], object]] = [
    an_edit,
    a_deletion,
    a_new_order,
    a_cut_tail,
    an_edit,
    another_identity,
    an_edited_seal,
    a_deletion_of_the_fact_alone,
    a_deletion_with_new_numbers,
    a_new_order_of_seals,
    a_tail_without_seals,
    a_tail_sealed_anew,
]


@contextmanager
def no_protection() -> Iterator[None]:
    """Somebody who owns the database: neither guards nor foreign keys stand in the way."""
    guards.lift()
    if connection.vendor == "sqlite":
        run("PRAGMA foreign_keys=OFF")
    else:
        run("SET session_replication_role = replica")
    try:
        yield
    finally:
        if connection.vendor == "sqlite":
            run("PRAGMA foreign_keys=ON")
        else:
            run("SET session_replication_role = origin")
        guards.install()


def tamper(count: int) -> None:
    """Each once on the same journal, taken back every time."""
    sealing.seal_all()
    printed = sealing.head()
    assert verify.verify(printed_head=printed).findings == []
    pks = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    chance = Chance(7)
    with no_protection():
        untouched = verify.verify(printed_head=printed).findings
        assert all("guard" in finding for finding in untouched)
        for n in range(count):
            how = TAMPERINGS[n % len(TAMPERINGS)]
            pk = chance.choice(pks)
            with transaction.atomic():
                detail = how(pk, chance)
                found = verify.verify(printed_head=printed, limit=1).findings
                transaction.set_rollback(True)
            assert set(found) - set(untouched), f"{how.__name__} {detail or ''} of {pk} not found"
    assert verify.verify(printed_head=printed).findings == []


@pytest.fixture
def history(
    transactional_db: None, lincoln: School, room: Room, library: Room, maria: Person, tom: User
) -> None:
    """Some sixty facts of all sorts."""
    for n in range(10):
        asset = make_asset(school=lincoln, room=room)
        assign_asset(asset, to=maria, by=tom)
        if n % 2:
            return_asset(asset, by=tom, condition="good")
            move_asset(asset, to=library, by=tom)


@pytest.mark.django_db(transaction=True)
def test_each_of_a_hundred_tamperings_is_found(history: None) -> None:
    tamper(108)


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_each_of_a_thousand_tamperings_is_found(
    history: None, record_property: Callable[[str, object], None]
) -> None:
    tamper(1008)
    record_property("tamperings", 1008)
