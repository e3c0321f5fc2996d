"""Any part of a tag or serial is found by an index on PostgreSQL: pg_trgm, which comes with it."""

from typing import Any

from django.core.management import CommandError
from django.db import DatabaseError, migrations, transaction

MISSING = (
    "The search needs PostgreSQL's module pg_trgm. Install PostgreSQL's contrib modules where they "
    "are a package of their own, and have the database's owner or a superuser run in this database: "
    "CREATE EXTENSION pg_trgm. Then run manage.py migrate again."
)
INDEXES = {"asset_tag_part": "tag_key", "asset_serial_part": "serial_key"}


def add(apps: Any, schema_editor: Any) -> None:
    """The module is a trusted one: who may create in the database may install it."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone() is None:
            try:
                with transaction.atomic(schema_editor.connection.alias):
                    cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            except DatabaseError as error:
                raise CommandError(MISSING) from error
        for name, column in INDEXES.items():
            cursor.execute(f"CREATE INDEX {name} ON assets_asset USING gin ({column} gin_trgm_ops)")


def remove(apps: Any, schema_editor: Any) -> None:
    """The module stays: others may use it by now."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        for name in INDEXES:
            cursor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [
        ("assets", "0011_disposal_value"),
    ]

    operations = [
        migrations.RunPython(add, remove),
    ]
