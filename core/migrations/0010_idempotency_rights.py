from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0009_entries_that_left")]

    operations = [
        migrations.AddField(
            model_name="idempotencykey",
            name="rights_hash",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
