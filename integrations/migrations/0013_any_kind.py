"""What a file can hold is said by the kinds of imports that are registered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("integrations", "0012_holders_of_rows")]

    operations = [
        migrations.AlterField(
            "importsession", "kind", models.CharField(max_length=8, verbose_name="kind")
        ),
    ]
