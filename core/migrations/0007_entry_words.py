from datetime import UTC, datetime

from django.db import migrations, models

import core.facts.salts
from core.journal.baselines import ASKED, asked
from core.journal.upgrading import give_salts


def write_baselines(apps, editor):
    """An installation that has a journal writes down what its entries do not hold (core.journal.baselines)."""
    entries = apps.get_model("core", "Entry").objects
    if entries.exists():
        now = datetime.now(UTC)
        district = apps.get_model("core", "District").objects.first()
        entries.create(
            kind=ASKED,
            subject_type="core.district",
            subject_id=district.pk if district else 0,
            effective_at=now,
            recorded_at=now,
            via="command",
            data={"until": asked(apps)},
        )
        apps.get_model("core", "Run").objects.get_or_create(
            key="journal-baselines",
            defaults={"kind": "journal-baselines", "available_at": now, "created_at": now},
        )


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_federal_award"),
    ]

    operations = [
        migrations.CreateModel(
            name="EntryWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=32, unique=True)),
                ("salt", models.CharField(blank=True, max_length=32)),
                ("words", models.TextField(blank=True)),
                ("blanked_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="attachment",
            name="salt",
            field=models.CharField(
                default=core.facts.salts.new_salt, editable=False, max_length=32
            ),
        ),
        give_salts("core", "attachment"),
        migrations.RunPython(write_baselines, migrations.RunPython.noop),
    ]
