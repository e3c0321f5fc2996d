"""Triggers that refuse to change or delete what is append-only.

SQLite drops triggers without a word when a migration rebuilds a table, so they are installed
again after every migrate, and `check` and `verify` miss them when they are gone, or when
something else has their names.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from core.journal import guard_definitions

#: What a guard does on PostgreSQL.
_REFUSE = (
    " BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME "
    "USING ERRCODE = 'integrity_constraint_violation'; END "
)
_guarded: dict[str, tuple[str, ...]] = {}
#: Table -> (column, subject type, step): the column is the act, and needs a standing approval.
_approved: dict[str, tuple[str, str, str]] = {}


def guard(table: str, settable_once: tuple[str, ...] = ()) -> None:
    """Declare a table append-only; `settable_once` columns may go from NULL to a value, once."""
    _guarded[table] = settable_once


def need_approval(table: str, column: str, subject_type: str, step: str) -> None:
    """Declare that a row's column is an act: it gets a value only where somebody else approved this
    step on this row (core.Approval). A row is never born with it."""
    _approved[table] = column, subject_type, step


def guarded() -> Mapping[str, tuple[str, ...]]:
    """The guarded tables with their columns that may be set once."""
    return _guarded


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        # Names alone: an introspection reads the whole definition of the table, too.
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} LIMIT 0")  # noqa: S608
        return [column[0] for column in cursor.description]


def _conditions(table: str, once: tuple[str, ...], differs: str) -> str:
    fixed = [f"NEW.{c} {differs} OLD.{c}" for c in _columns(table) if c not in once]
    again = [f"(OLD.{c} IS NOT NULL AND NEW.{c} {differs} OLD.{c})" for c in once]
    return " OR ".join(fixed + again)


def _without_approval(table: str, row: str) -> str:
    _column, subject_type, step = _approved[table]
    return (
        f"NOT EXISTS (SELECT 1 FROM core_approval WHERE subject_type = '{subject_type}' "  # noqa: S608
        f"AND subject_id = {row}.id AND step = '{step}' AND decision = 'approved')"
    )


def _approval_sqlite(table: str) -> list[str]:
    column = _approved[table][0]
    refuse = f"SELECT RAISE(ABORT, '{table}.{column} needs an approval');"
    lacking = f"NEW.{column} IS NOT NULL AND {_without_approval(table, 'NEW')}"
    return [
        f"CREATE TRIGGER IF NOT EXISTS guard_{table}_approval_update BEFORE UPDATE ON {table} "
        f"WHEN {lacking} BEGIN {refuse} END",
        f"CREATE TRIGGER IF NOT EXISTS guard_{table}_approval_insert BEFORE INSERT ON {table} "
        f"WHEN NEW.{column} IS NOT NULL BEGIN {refuse} END",
    ]


def _need_approval(table: str) -> str:
    """What the approval guard of a table does on PostgreSQL."""
    column = _approved[table][0]
    raise_ = (
        f"RAISE EXCEPTION '{table}.{column} needs an approval' "
        "USING ERRCODE = 'integrity_constraint_violation';"
    )
    return (
        f" BEGIN IF NEW.{column} IS NOT NULL AND (TG_OP = 'INSERT' OR "
        f"{_without_approval(table, 'NEW')}) THEN {raise_} END IF; RETURN NEW; END "
    )


def _approval_postgresql(table: str) -> list[str]:
    statements = [
        f"CREATE OR REPLACE FUNCTION need_approval_{table}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$${_need_approval(table)}$$"
    ]
    for event in ("UPDATE", "INSERT"):
        name = f"guard_{table}_approval_{event.lower()}"
        statements.append(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        statements.append(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION need_approval_{table}()"
        )
    return statements


def _sqlite(table: str, once: tuple[str, ...]) -> list[str]:
    refuse = f"SELECT RAISE(ABORT, '{table} is append-only');"
    when = f"WHEN {_conditions(table, once, 'IS NOT')}" if once else ""
    return [
        f"CREATE TRIGGER IF NOT EXISTS guard_{table}_update BEFORE UPDATE ON {table} {when} "
        f"BEGIN {refuse} END",
        f"CREATE TRIGGER IF NOT EXISTS guard_{table}_delete BEFORE DELETE ON {table} "
        f"BEGIN {refuse} END",
    ]


def _postgresql(table: str, once: tuple[str, ...]) -> list[str]:
    condition = _conditions(table, once, "IS DISTINCT FROM")
    when = f"WHEN ({condition})" if once else ""
    statements = [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$${_REFUSE}$$"
    ]
    for event, row in (
        ("UPDATE", f"FOR EACH ROW {when}"),
        ("DELETE", "FOR EACH ROW"),
        ("TRUNCATE", "FOR EACH STATEMENT"),
    ):
        name = f"guard_{table}_{event.lower()}"
        statements.append(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        statements.append(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} {row} EXECUTE FUNCTION "
            "refuse_change()"
        )
    return statements


def _names(table: str) -> list[str]:
    events = ["update", "delete"] + (["truncate"] if connection.vendor == "postgresql" else [])
    events += ["approval_update", "approval_insert"] if table in _approved else []
    return [f"guard_{table}_{event}" for event in events]


def install() -> None:
    """Install every guard whose table is there."""
    with transaction.atomic(), connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for table, once in _guarded.items():
            if table in tables:
                make = _postgresql if connection.vendor == "postgresql" else _sqlite
                if connection.vendor == "sqlite":
                    for name in _names(table):
                        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                statements = make(table, once)
                if table in _approved:
                    statements += (
                        _approval_postgresql(table)
                        if connection.vendor == "postgresql"
                        else _approval_sqlite(table)
                    )
                for statement in statements:
                    cursor.execute(statement)


def missing() -> list[str]:
    """Names of guards that are not there, are switched off, or do something else than they were
    installed to do."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        there = _there(cursor)
        wrong = []
        for table in sorted(set(_guarded) & tables):
            wanted = _wanted(cursor, table)
            wrong += [name for name in _names(table) if there.get(name) != wanted[name]]
    return sorted(wrong)


def foreign() -> list[str]:
    """Names of triggers in the database that nobody of this house made: they may change what
    stands there whenever something else is written."""
    with connection.cursor() as cursor:
        return sorted(_there(cursor).keys() - {n for table in _guarded for n in _names(table)})


def _there(cursor: Any) -> dict[str, str]:
    """Every trigger by its name, as the database tells of it."""
    if connection.vendor == "postgresql":
        return guard_definitions.postgresql(cursor)
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return dict(cursor.fetchall())


def _wanted(cursor: Any, table: str) -> dict[str, str]:
    """The guards of a table as the database tells of them, by name."""
    once = _guarded[table]
    if connection.vendor == "postgresql":
        bodies = {"refuse_change": _REFUSE}
        if table in _approved:
            bodies[f"need_approval_{table}"] = _need_approval(table)
        return guard_definitions.expected(cursor, table, once, bodies, _names(table))
    made = _sqlite(table, once) + (_approval_sqlite(table) if table in _approved else [])
    texts = [text.replace("IF NOT EXISTS ", "") for text in made]
    return {text.split()[2]: text for text in texts}


def lift() -> None:
    """Take every guard away. For restore, and for tests that flush; `install` puts them back."""
    with transaction.atomic(), connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for table in _guarded:
            for name in _names(table):
                if table in tables:
                    on = f" ON {table}" if connection.vendor == "postgresql" else ""
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


@contextmanager
def lifted() -> Iterator[None]:
    """The guards are away inside and back afterwards."""
    lift()
    try:
        yield
    finally:
        install()
