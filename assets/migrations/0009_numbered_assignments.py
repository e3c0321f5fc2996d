"""An entry names an assignment by its number among those of the asset."""

import django.db.models.deletion
from django.db import migrations, models

# PostgreSQL: taking the key's own index away takes this constraint on the same column with it
# (Django looks indexes up by column), so it is taken and put back by name.
OPEN = models.UniqueConstraint(
    condition=models.Q(("closed_at", None)),
    fields=("asset",),
    name="assignment_open",
    violation_error_code="assigned-already",
)


class Migration(migrations.Migration):
    dependencies = [
        ("assets", "0008_ordered_lists"),
        ("people", "0004_session_round"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="assignment", name="assignment_open"),
        migrations.AddField(
            model_name="assignment",
            name="number",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="assignment",
            name="asset",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="assets.asset",
            ),
        ),
        migrations.AddConstraint(model_name="assignment", constraint=OPEN),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                fields=("asset", "number"), name="assignment_number"
            ),
        ),
    ]
