from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("funding", "0008_program_code")]

    operations = [
        migrations.AlterField(
            model_name="purchaseline",
            name="kind",
            field=models.CharField(
                choices=[
                    ("ordered", "Ordered"),
                    ("initial", "Initial balance"),
                    ("gift", "Gift"),
                    ("credit", "Discount or credit"),
                    ("charge", "Freight or tax"),
                ],
                default="ordered",
                max_length=8,
            ),
        ),
    ]
