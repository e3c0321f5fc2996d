"""Whom each row names is kept, whatever its file's columns are, apart from who claimed it since."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("integrations", "0010_remembered_answers")]

    operations = [
        migrations.AddField(
            "stagedrow",
            "person_key_claimed",
            models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddIndex(
            "stagedrow",
            models.Index(
                condition=models.Q(("person_key_claimed", ""), _negated=True),
                fields=["person_key_claimed"],
                name="staged_person_claimed",
            ),
        ),
    ]
