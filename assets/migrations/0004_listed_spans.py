from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assets", "0003_fewer_indexes")]

    operations = [migrations.AddField("assetspan", "listed_on", models.DateField(null=True))]
