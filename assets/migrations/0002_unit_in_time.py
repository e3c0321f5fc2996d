from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery

from core.journal import guards


def carry_over(apps: Any, schema_editor: Any) -> None:
    """Spans get the unit their thing has now; a sighting was recorded when it was seen."""
    # The guards come back after every migrate (core.apps).
    guards.lift()
    asset, span = apps.get_model("assets", "Asset"), apps.get_model("assets", "AssetSpan")
    units = asset.objects.filter(pk=OuterRef("asset")).values("unit")
    span.objects.update(unit=Subquery(units))
    apps.get_model("assets", "Verification").objects.update(recorded_at=F("seen_at"))


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL: rows changed and their table altered cannot share a transaction

    dependencies = [("assets", "0001_initial"), ("funding", "0001_initial")]

    operations = [
        migrations.AddField(
            "assetspan",
            "unit",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="funding.unit",
            ),
        ),
        migrations.AddField("verification", "recorded_at", models.DateTimeField(null=True)),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.AlterField("verification", "recorded_at", models.DateTimeField()),
        migrations.AddIndex(
            "assetspan", models.Index(fields=["unit", "valid_from"], name="span_unit")
        ),
    ]
