from django.db import migrations, models


class Migration(migrations.Migration):
    """What a row might mean besides, what was chosen, and what it is warned of."""

    dependencies = [("integrations", "0005_staged_done")]

    operations = [
        migrations.AddField(
            "stagedrow",
            "conflict",
            models.CharField(blank=True, default="", max_length=8),
            preserve_default=False,
        ),
        migrations.AddField("stagedrow", "decisions", models.JSONField(default=dict)),
        migrations.AddField("stagedrow", "warnings", models.JSONField(default=list)),
    ]
