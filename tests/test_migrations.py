"""Migrations are in step with the models, go both ways, and never leave the journal unguarded."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, migrations, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from core.journal import guards
from core.models import Entry
from people.models import School
from tests.factories import make_asset

OURS = {"core", "people", "funding", "assets", "reports", "integrations"}
STEPS = sorted(key for key in MigrationLoader(None).graph.nodes if key[0] in OURS)


@pytest.mark.django_db
def test_no_model_waits_for_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_app_with_tables_is_looked_at_here() -> None:
    ours = {
        a.label
        for a in apps.get_app_configs()
        if a.name.split(".")[0] in {*OURS, "compliance", "planning", "demonstration"}
        and list(a.get_models())
    }
    assert ours == OURS


def _missing() -> set[str]:
    """Constraints and indexes that a model declares and the database does not have."""
    missing = set()
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.managed:
                there = connection.introspection.get_constraints(cursor, model._meta.db_table)
                declared = [*model._meta.constraints, *model._meta.indexes]
                missing |= {x.name for x in declared if x.name not in there}
    return missing


@pytest.mark.django_db
def test_the_database_has_every_constraint_that_a_model_declares() -> None:
    """Altering a key on PostgreSQL takes a constraint on the same column away without a word."""
    assert _missing() == set()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX assignment_open")
    assert _missing() == {"assignment_open"}, "so this test looks at something"


@pytest.fixture
def migrated_again(transactional_db: None) -> Iterator[None]:
    """Whatever a test leaves, the next finds the newest tables."""
    yield
    call_command("migrate", verbosity=0)
    assert guards.missing() == []


def _before(app: str, name: str) -> str:
    """What to migrate an app to so that one migration is taken back."""
    parents = MigrationLoader(None).graph.node_map[app, name].parents
    return next((p.key[1] for p in parents if p.key[0] == app), "zero")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("app", "name"), STEPS, ids=lambda part: str(part))
def test_each_migration_goes_back_and_forth_and_the_guards_hold(
    app: str, name: str, migrated_again: None
) -> None:
    call_command("migrate", app, _before(app, name), verbosity=0)
    assert guards.missing() == [], "what is still there is guarded"
    call_command("migrate", verbosity=0)
    assert guards.missing() == []
    assert _missing() == set()
    assert not MigrationExecutor(connection).migration_plan(
        MigrationLoader(connection).graph.leaf_nodes()
    )


@pytest.mark.django_db(transaction=True)
def test_a_table_that_a_migration_rebuilt_is_guarded_again(lincoln: School) -> None:
    """SQLite rebuilds a table to alter it and drops its triggers without a word."""
    make_asset(school=lincoln)
    state = ProjectState.from_apps(apps)
    to = state.clone()
    operation = migrations.AlterField("entry", "kind", models.CharField(max_length=65))
    operation.state_forwards("core", to)
    with connection.schema_editor() as editor:
        operation.database_forwards("core", editor, state, to)
    if connection.vendor == "sqlite":
        assert "guard_core_entry_update" in guards.missing(), "so this test looks at something"
        with pytest.raises((CommandError, SystemExit), match="guard_core_entry_update"):
            call_command("check", databases=["default"], tags=["database"])
    try:
        call_command("migrate", verbosity=0)
        assert guards.missing() == []
        with pytest.raises(DatabaseError), transaction.atomic():
            Entry.objects.update(kind="x")
    finally:
        with connection.schema_editor() as editor:
            operation.database_backwards("core", editor, to, state)
        guards.install()


def _drop(guard: str) -> None:
    table = next(t for t in guards.guarded() if guard.startswith(f"guard_{t}_"))
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {guard}{on}")


@pytest.mark.django_db
def test_each_guard_is_missed_by_check_when_it_is_dropped() -> None:
    events = ["update", "delete"] + (["truncate"] if connection.vendor == "postgresql" else [])
    names = [f"guard_{table}_{event}" for table in guards.guarded() for event in events]
    assert len(names) >= 8
    for name in names:
        with transaction.atomic():
            _drop(name)
            assert guards.missing() == [name]
            with pytest.raises((CommandError, SystemExit), match=name):
                call_command("check", databases=["default"], tags=["database"])
            transaction.set_rollback(True)
    assert guards.missing() == []
