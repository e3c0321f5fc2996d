"""Tags in the order of their numbers: 9, 10, 100."""

from typing import Any

from django.db import migrations, models

from assets.models.keys import tag_order

AT_ONCE = 2000


def fill(apps: Any, schema_editor: Any) -> None:
    """Each thing gets the order of its tag, by parts: a district may have a million."""
    Asset = apps.get_model("assets", "Asset")
    last = 0
    while rows := list(Asset.objects.filter(pk__gt=last).order_by("pk").only("tag")[:AT_ONCE]):
        for row in rows:
            row.tag_order = tag_order(row.tag)
        Asset.objects.bulk_update(rows, ["tag_order"], batch_size=200)
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("assets", "0006_tag_range_start")]

    operations = [
        migrations.AddField(
            "asset",
            "tag_order",
            models.CharField(default="", editable=False, max_length=128),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
