"""The sealer remembers before which entry all are sealed: it looked through the whole journal."""

from typing import Any

from django.db import migrations, models

# By the transaction, which only PostgreSQL's entries have. BRIN would do and be smaller, but it
# looks through all that was added since the last vacuum.
INDEX = models.Index(fields=["txid"], name="entry_txid")


def add(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.add_index(apps.get_model("core", "Entry"), INDEX)


def remove(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.remove_index(apps.get_model("core", "Entry"), INDEX)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_idempotency_etag"),
    ]

    operations = [
        migrations.AddField(
            model_name="lease",
            name="floor",
            field=models.BigIntegerField(default=0),
        ),
        migrations.RunPython(add, remove),
    ]
