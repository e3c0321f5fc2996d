"""The eyes that an import was planned with. Of those that were planned before nobody kept them."""

from typing import Any

from django.db import migrations, models


def unknown(apps: Any, _schema: Any) -> None:
    apps.get_model("integrations", "ImportSession").objects.exclude(state="reading").update(
        eyes="unknown"
    )


class Migration(migrations.Migration):
    dependencies = [("integrations", "0008_saved_mapping_salt")]

    operations = [
        migrations.AddField(
            model_name="importsession", name="eyes", field=models.TextField(blank=True)
        ),
        migrations.RunPython(unknown, migrations.RunPython.noop),
    ]
