"""What is remembered of a source stands masked in the journal, under a salt of its own."""

from typing import Any

from django.db import migrations, models

import core.facts.salts


def salt_each(apps: Any, schema_editor: Any) -> None:
    """A salt for each: the default of a new column is one for all."""
    for row in apps.get_model("integrations", "SavedMapping").objects.only("pk"):
        row.salt = core.facts.salts.new_salt()
        row.save(update_fields=["salt"])


class Migration(migrations.Migration):
    dependencies = [("integrations", "0007_saved_mapping_owner")]

    operations = [
        migrations.AddField(
            "savedmapping",
            "salt",
            models.CharField(default=core.facts.salts.new_salt, editable=False, max_length=32),
        ),
        migrations.RunPython(salt_each, migrations.RunPython.noop, elidable=True),
    ]
