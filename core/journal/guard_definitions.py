"""How PostgreSQL tells of the guards: what they do, when, and whether they are switched on."""

from collections.abc import Mapping, Sequence
from typing import Any

#: Fires for everybody: neither disabled nor on replicas alone.
ON = "O"


def postgresql(cursor: Any) -> dict[str, str]:
    """Every trigger by its name: its definition, its function's text, and whether it fires."""
    cursor.execute(
        "SELECT t.tgname, pg_get_triggerdef(t.oid), p.prosrc, t.tgenabled, "
        "current_setting('session_replication_role') "
        "FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal "
        "AND t.tgrelid IN (SELECT c.oid FROM pg_class c WHERE c.relnamespace = "
        "current_schema()::regnamespace)"
    )
    return {
        name: _told(definition, source, enabled if role == "origin" else role)
        for name, definition, source, enabled, role in cursor.fetchall()
    }


def columns(cursor: Any, table: str) -> dict[str, bool]:
    """The columns of a table in their order: whether each is compared as text."""
    cursor.execute(
        "SELECT a.attname, t.typname = 'varchar' FROM pg_attribute a "
        "JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = %s::regclass "
        "AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum",
        [table],
    )
    return dict(cursor.fetchall())


def expected(
    cursor: Any, table: str, once: Sequence[str], bodies: Mapping[str, str], names: Sequence[str]
) -> dict[str, str]:
    """The guards of a table as `postgresql` would tell of them."""
    cursor.execute("SELECT current_schema()")
    schema = cursor.fetchone()[0]
    when = f"WHEN ({_condition(columns(cursor, table), once)}) " if once else ""
    return {
        name: _told(*_expected(f"{schema}.{table}", table, name, when, bodies), ON)
        for name in names
    }


def _told(definition: str, source: str, enabled: str) -> str:
    return f"{definition}\n{source}\n{enabled}"


def _expected(
    place: str, table: str, name: str, when: str, bodies: Mapping[str, str]
) -> tuple[str, str]:
    event = name.rpartition("_")[2].upper()
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    function = "refuse_change"
    if name.startswith(f"guard_{table}_approval_"):
        function, when = f"need_approval_{table}", ""
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {place} FOR EACH {each} "
        f"{when if event == 'UPDATE' else ''}EXECUTE FUNCTION {function}()",
        bodies[function],
    )


def _condition(there: Mapping[str, bool], once: Sequence[str]) -> str:
    """A guard's condition as PostgreSQL writes it: with all parentheses, texts as text."""

    def differs(name: str) -> str:
        new, old = (f"({x}.{name})::text" if there[name] else f"{x}.{name}" for x in ("new", "old"))
        return f"({new} IS DISTINCT FROM {old})"

    fixed = [differs(name) for name in there if name not in once]
    again = [f"((old.{name} IS NOT NULL) AND {differs(name)})" for name in once]
    return f"({' OR '.join([*fixed, *again])})"
