from django.db import migrations, models

import core.facts.salts
from core.journal.upgrading import give_salts


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_token_networks"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="salt",
            field=models.CharField(
                default=core.facts.salts.new_salt, editable=False, max_length=32
            ),
        ),
        give_salts("people", "user"),
    ]
