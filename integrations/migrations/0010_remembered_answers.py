"""What was answered of a file is remembered for its source."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("integrations", "0009_eyes")]

    operations = [
        migrations.AddField("savedmapping", "answers", models.JSONField(null=True)),
    ]
