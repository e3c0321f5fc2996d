from typing import Any

from django.db import migrations, models
from django.db.models import F


def without_an_order(apps: Any, schema_editor: Any) -> None:
    """Where no day of an order is known the receipt was the day of the import: no evidence."""
    lines = apps.get_model("funding", "PurchaseLine").objects.filter(purchase__ordered_on=None)
    units = apps.get_model("funding", "Unit").objects.filter(line__in=lines.values("pk"))
    units.update(listed_on=F("received_on"))


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL: rows changed and their table altered cannot share a transaction

    dependencies = [("funding", "0004_derived_text")]

    operations = [
        migrations.AddField("unit", "listed_on", models.DateField(null=True)),
        migrations.RunPython(without_an_order, migrations.RunPython.noop),
    ]
