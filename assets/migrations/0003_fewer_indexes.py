"""Indexes that others cover, or that nothing asks for, slowed every act down."""

import django.db.models.deletion
from django.db import migrations, models

# PostgreSQL: taking the key's own index away takes this constraint on the same column with it
# (Django looks indexes up by column), so it is taken and put back by name.
OPEN = models.UniqueConstraint(
    condition=models.Q(("known_to", None), ("valid_to", None)), fields=("asset",), name="span_open"
)


class Migration(migrations.Migration):
    dependencies = [
        ("assets", "0002_unit_in_time"),
        ("funding", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="assetspan", name="span_open"),
        migrations.RemoveIndex(
            model_name="asset",
            name="asset_room",
        ),
        migrations.AlterField(
            model_name="asset",
            name="container",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="content",
                to="assets.asset",
            ),
        ),
        migrations.AlterField(
            model_name="asset",
            name="home_room",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.room",
            ),
        ),
        migrations.AlterField(
            model_name="asset",
            name="merged_into",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="assets.asset",
            ),
        ),
        migrations.AlterField(
            model_name="asset",
            name="product",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assets",
                to="assets.product",
            ),
        ),
        migrations.AlterField(
            model_name="asset",
            name="school",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assets",
                to="people.school",
            ),
        ),
        migrations.AlterField(
            model_name="assetspan",
            name="asset",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="spans",
                to="assets.asset",
            ),
        ),
        migrations.AlterField(
            model_name="assetspan",
            name="container",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="assets.asset",
            ),
        ),
        migrations.AlterField(
            model_name="assetspan",
            name="holder",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AlterField(
            model_name="assetspan",
            name="home_room",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.room",
            ),
        ),
        migrations.AlterField(
            model_name="assetspan",
            name="room",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.room",
            ),
        ),
        migrations.AlterField(
            model_name="assetspan",
            name="unit",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="funding.unit",
            ),
        ),
        migrations.AlterField(
            model_name="assignment",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="people.person",
            ),
        ),
        migrations.AddIndex(
            model_name="asset",
            index=models.Index(
                condition=models.Q(("container", None), _negated=True),
                fields=["container"],
                name="asset_container",
            ),
        ),
        migrations.AddIndex(
            model_name="asset",
            index=models.Index(
                condition=models.Q(("merged_into", None), _negated=True),
                fields=["merged_into"],
                name="asset_merged_into",
            ),
        ),
        migrations.AddConstraint(model_name="assetspan", constraint=OPEN),
    ]
