import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("integrations", "0006_which_thing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="savedmapping", name="saved_mapping"),
        migrations.AddField(
            model_name="importsession", name="words", field=models.JSONField(default=dict)
        ),
        migrations.AddField(
            model_name="savedmapping", name="words", field=models.JSONField(default=dict)
        ),
        migrations.AddField(
            model_name="savedmapping",
            name="owner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        # What was saved before had no owner and served everybody: it goes on doing so.
        migrations.AddField(
            model_name="savedmapping",
            name="shared",
            field=models.BooleanField(default=True, verbose_name="shared"),
        ),
        migrations.AlterField(
            model_name="savedmapping",
            name="shared",
            field=models.BooleanField(default=False, verbose_name="shared"),
        ),
        migrations.AddConstraint(
            model_name="savedmapping",
            constraint=models.UniqueConstraint(
                fields=("source", "kind", "owner"), name="saved_mapping_owner"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedmapping",
            constraint=models.UniqueConstraint(
                condition=models.Q(("owner", None)),
                fields=("source", "kind"),
                name="saved_mapping_of_nobody",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedmapping",
            constraint=models.UniqueConstraint(
                condition=models.Q(("shared", True)),
                fields=("source", "kind"),
                name="saved_mapping_shared",
            ),
        ),
    ]
