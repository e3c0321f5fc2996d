"""What migrations of several apps share."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.facts.salts import new_salt
from core.journal import guards


def give_salts(app: str, model: str) -> migrations.RunPython:
    """Each row that is there gets a salt of its own: a default is made once for all of them."""

    def give(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        rows = apps.get_model(app, model)._default_manager
        batch = []
        for row in rows.only("pk").iterator(chunk_size=2000):
            row.salt = new_salt()
            batch.append(row)
            if len(batch) == 2000:
                rows.bulk_update(batch, ["salt"])
                batch = []
        rows.bulk_update(batch, ["salt"])

    return migrations.RunPython(give, migrations.RunPython.noop)


def number_spans(table: str, subject: str) -> migrations.RunPython:
    """The spans of each subject are numbered as they became known, the open one last. `migrate`
    puts the guards back, which are lifted for this."""
    text = (
        f"UPDATE {table} SET number = new.number FROM (SELECT id, ROW_NUMBER() OVER ("
        f"PARTITION BY {subject} ORDER BY (known_to IS NULL AND valid_to IS NULL), known_from, "
        f"valid_from, id) AS number FROM {table}) AS new WHERE new.id = {table}.id"
    )  # names of our own tables

    def number(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        guards.lift()
        with editor.connection.cursor() as cursor:
            cursor.execute(text)

    def lift(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        guards.lift()  # their conditions name the column that goes

    return migrations.RunPython(number, lift)
