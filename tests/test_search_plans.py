"""The search reads no whole register: the plan of three characters and more at 20,000 things."""

import importlib
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import DatabaseError, connection

from assets.lists.found import things_with
from assets.models import Asset
from people.models import School, User
from tests.factories import make_asset

THINGS = 20_000
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.untrue("20,000 rows are written as rows: only the plan is looked at"),
]


@pytest.fixture
def many(lincoln: School) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("any part of a code has no index on SQLite yet")
    asset = make_asset(school=lincoln, tag="ZZ-000000", serial="5CD0000000")
    names = [f.column for f in Asset._meta.concrete_fields if f.column != "id"]
    new = {
        "tag": "'T' || n",
        "tag_key": "'T' || n",
        "tag_order": "'T' || lpad(n::text, 9, '0')",
        "serial": "upper(substr(md5(n::text), 1, 12))",
        "serial_key": "upper(substr(md5(n::text), 1, 12))",
        "unit_id": "NULL",
    }
    values = ", ".join(new.get(name, name) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO assets_asset ({', '.join(names)}) "
            f"SELECT {values} FROM assets_asset, generate_series(1, {THINGS}) AS n "
            f"WHERE id = {asset.pk}"
        )
        cursor.execute("ANALYZE assets_asset")


@pytest.mark.parametrize("text", ["ABC", "9F0A", "T19", "5CD00", "1234567890"])
def test_any_part_of_a_code_is_read_by_its_index(many: None, ana: User, text: str) -> None:
    # Without an order: a list in the order of tags may as well end where it has its page.
    plan = things_with(text, ana).order_by().explain()
    assert "Seq Scan on assets_asset" not in plan, plan
    assert "asset_tag_part" in plan
    assert "asset_serial_part" in plan


@pytest.mark.parametrize("text", ["ABC", "00000"])
def test_a_technician_s_search_is_read_by_the_index_too(many: None, tom: User, text: str) -> None:
    plan = things_with(text, tom).order_by().explain()
    assert "Seq Scan on assets_asset" not in plan, plan


def test_a_database_without_the_module_says_what_to_install(monkeypatch: Any) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL's module")
    step = importlib.import_module("assets.migrations.0012_any_part")

    class Cursor:
        def __enter__(self) -> "Cursor":
            return self

        def __exit__(self, *error: object) -> None:
            pass

        def execute(self, statement: str) -> None:
            if statement.startswith("CREATE EXTENSION"):
                raise DatabaseError("permission denied to create extension")

        def fetchone(self) -> None:
            return None

    with connection.schema_editor() as editor:
        monkeypatch.setattr(editor.connection, "cursor", Cursor)
        with pytest.raises(CommandError, match="CREATE EXTENSION pg_trgm"):
            step.add(None, editor)
        monkeypatch.undo()
