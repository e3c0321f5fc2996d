"""Whoever changes a table behind the register's back is found, whatever column, row or file it
is."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from assets.models import Asset, AssetSpan
from core import files
from core.journal import guards, sealing, verify
from core.models import Entry, StoredFile
from core.time import days
from funding.models import UnitShare
from tests.core import forgeries
from tests.core.forgeries import Chance, Refused

pytestmark = pytest.mark.django_db(transaction=True)


def findings(limit: int = 3) -> list[str]:
    return [f for f in verify.verify(limit=limit).findings if "guard" not in f]


def taken_back(forge: Callable[[], str]) -> tuple[str, list[str]]:
    """What a forgery did and what verify says of it; afterwards all is as before."""
    told, found = "refused by the database", ["refused"]
    with transaction.atomic():
        try:
            with transaction.atomic():
                told = forge()
        except (Refused, IntegrityError, DataError):
            pass
        else:
            found = findings()
        transaction.set_rollback(True)
    return told, found


def forge(count: int, *, lifted: bool) -> list[str]:
    """So many forgeries of all kinds; those that were not found."""
    chance = Chance(count + lifted)
    columns = [pair for pair in forgeries.every_column() if forgeries.vouched_for(*pair)]
    others: list[forgeries.Forgery] = [
        forgeries.delete,
        forgeries.insert,
        partial(forgeries.span_forgery, AssetSpan),
        partial(forgeries.span_forgery, UnitShare),
        partial(forgeries.silent_retirement, AssetSpan),
        partial(forgeries.silent_retirement, UnitShare),
    ]
    missed = []
    for n in range(count):
        if n % 2:
            how = partial(forgeries.change, *chance.choice(columns), chance)
        else:
            how = partial(others[n // 2 % len(others)], chance)
        told, found = taken_back(how)
        missed += [] if found else [told]
    return missed


@pytest.fixture
def sealed_world(world: dict[str, object]) -> None:
    """One of everything, its journal sealed, and verify content with it."""
    sealing.seal_all()
    assert verify.verify().findings == []


@pytest.mark.slow
@pytest.mark.usefixtures("sealed_world")
def test_forgeries_of_every_kind_are_found() -> None:
    assert forge(40, lifted=False) == [], "guards in place"
    with forgeries.no_protection():
        assert forge(80, lifted=True) == [], "guards lifted"
    assert verify.verify().findings == []


@pytest.mark.slow
@pytest.mark.usefixtures("sealed_world")
def test_what_reads_the_same_and_is_stored_otherwise_is_found() -> None:
    missed, tried = [], 0
    with forgeries.no_protection():
        every = [each for each in forgeries.every_column() if forgeries.vouched_for(*each)]
        for model, field in (*every, *forgeries.sealed_columns()):
            for value in forgeries.otherwise(model, field):
                told, found = taken_back(partial(forgeries.store, model, str(field.column), value))
                missed += [] if found else [told]
                tried += bool(told != "refused by the database")
    assert missed == []
    assert tried > (100 if connection.vendor == "sqlite" else 0)


@pytest.mark.soak
@pytest.mark.usefixtures("sealed_world")
def test_a_thousand_forgeries_and_every_column_are_found(
    record_property: Callable[[str, object], None],
) -> None:
    assert forge(400, lifted=False) == []
    with forgeries.no_protection():
        assert forge(600, lifted=True) == []
        missed = []
        every = forgeries.every_column()
        for model, field in every:
            told, found = taken_back(partial(forgeries.change, model, field, Chance(1)))
            if not found and forgeries.vouched_for(model, field):
                missed.append(told)
    assert missed == []
    record_property("forgeries", 1000)
    record_property("columns", len(every))


@pytest.mark.usefixtures("sealed_world")
def test_a_changed_and_a_deleted_file_are_found() -> None:
    file = StoredFile.objects.order_by("pk")[0]
    path = files.path_of(file.sha256)
    kept = path.read_bytes()
    path.write_bytes(kept[:-1] + b"?")
    assert any(file.sha256 in finding for finding in findings())
    path.unlink()
    assert any(file.sha256 in finding for finding in findings())
    path.write_bytes(kept)
    assert findings() == []


def test_a_guard_that_does_something_else_is_missed() -> None:
    """The name of a guard is not the guard."""
    assert guards.missing() == []
    table = "core_entry"
    if connection.vendor == "sqlite":
        ways = [
            [
                f"DROP TRIGGER guard_{table}_update",
                f"CREATE TRIGGER guard_{table}_update BEFORE UPDATE ON {table} BEGIN SELECT 1; END",
            ],
            [
                "DROP TRIGGER guard_assets_assetspan_update",
                "CREATE TRIGGER guard_assets_assetspan_update BEFORE UPDATE ON assets_assetspan "
                "WHEN NEW.id IS NOT OLD.id BEGIN SELECT RAISE(ABORT, 'no'); END",
            ],
        ]
    else:
        ways = [
            [
                "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RETURN NEW; END $$"
            ],
            [f"ALTER TABLE {table} DISABLE TRIGGER guard_{table}_update"],
            [f"ALTER TABLE {table} ENABLE REPLICA TRIGGER guard_{table}_delete"],
            ["SET LOCAL session_replication_role = replica"],
            [
                "DROP TRIGGER guard_assets_assetspan_update ON assets_assetspan",
                "CREATE TRIGGER guard_assets_assetspan_update BEFORE UPDATE ON assets_assetspan "
                "FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION "
                "refuse_change()",
            ],
        ]
    for way in ways:
        with transaction.atomic():
            for statement in way:
                forgeries.run(statement)
            assert guards.missing(), way
            assert any("guard" in f for f in verify.verify().findings), way
            transaction.set_rollback(True)
    assert guards.missing() == []


@pytest.mark.untrue(reason="an entry that nobody's act wrote")
@pytest.mark.usefixtures("sealed_world")
def test_an_entry_dated_in_the_future_does_not_wait_for_its_seal() -> None:
    """No sweeper comes to it where the sealer's floor was raised, and it must not look fresh."""
    asset, now = Asset.objects.order_by("pk")[0], days.now()
    old = {"txid": 1} if connection.vendor == "postgresql" else {}
    Entry.objects.bulk_create(
        [
            Entry(
                kind="asset.changed",
                subject_type="assets.asset",
                subject_id=asset.pk,
                via="page",
                effective_at=now,
                recorded_at=now + timedelta(days=36500),
                changes={},
                data={},
                **old,
            )
        ]
    )
    assert any("no seal" in finding for finding in findings())


@pytest.mark.untrue(reason="a trigger that alters what others write")
@pytest.mark.usefixtures("sealed_world")
def test_a_trigger_that_nobody_of_this_house_made_is_told() -> None:
    table = "assets_asset"
    does = "BEGIN UPDATE funding_unit SET cost = 1; END"
    if connection.vendor == "postgresql":
        forgeries.run(f"CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $${does}$$")
        does = "EXECUTE FUNCTION meddle()"
    forgeries.run(f"CREATE TRIGGER meddle AFTER UPDATE ON {table} FOR EACH ROW {does}")
    assert any("meddle" in finding for finding in findings())
    forgeries.run("DROP TRIGGER meddle" + (f" ON {table}" * (connection.vendor == "postgresql")))
    assert not any("meddle" in finding for finding in findings())
