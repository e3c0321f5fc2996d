from django.db import migrations, models

import core.facts.salts
from core.journal.upgrading import give_salts, number_spans


class Migration(migrations.Migration):
    dependencies = [
        ("assets", "0004_listed_spans"),
    ]

    operations = [
        migrations.AddField(
            model_name="asset",
            name="salt",
            field=models.CharField(blank=True, editable=False, max_length=32),
        ),
        migrations.AddField(
            model_name="assetspan",
            name="number",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="disposal",
            name="salt",
            field=models.CharField(
                default=core.facts.salts.new_salt, editable=False, max_length=32
            ),
        ),
        give_salts("assets", "disposal"),
        number_spans("assets_assetspan", "asset_id"),
    ]
