from django.db import migrations, models

import core.facts.salts
from core.journal.upgrading import give_salts, number_spans


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0005_listed_units"),
    ]

    operations = [
        migrations.AddField(
            model_name="purchase",
            name="salt",
            field=models.CharField(
                default=core.facts.salts.new_salt, editable=False, max_length=32
            ),
        ),
        migrations.AddField(
            model_name="unitshare",
            name="number",
            field=models.IntegerField(default=0),
        ),
        give_salts("funding", "purchase"),
        number_spans("funding_unitshare", "unit_id"),
    ]
