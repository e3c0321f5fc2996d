"""Texts of 2 CFR 200 that were derived from the day of issue are derived from now on by the federal
award. What somebody stated otherwise stays stated. An entry keeps what was believed until now."""

from datetime import date

from django.db import migrations
from django.utils import timezone


def derive(apps, schema_editor):
    Award = apps.get_model("funding", "Award")
    Entry = apps.get_model("core", "Entry")
    now = timezone.now()
    for award in Award.objects.filter(program__family="ug").order_by("pk"):
        issued = award.issued_on
        believed = "2024" if issued and issued >= date(2024, 10, 1) else "pre2024"
        if award.ug_version != believed:
            continue
        Award.objects.filter(pk=award.pk).update(ug_version="", version=award.version + 1)
        Entry.objects.create(
            kind="award.changed",
            subject_type="funding.award",
            subject_id=award.pk,
            via="command",
            effective_at=now,
            recorded_at=now,
            changes={"ug_version": [believed, ""]},
            data={"cause": "derived-text"},
        )


def believe(apps, schema_editor):
    """Back to what the older release would have derived."""
    Award = apps.get_model("funding", "Award")
    for award in Award.objects.filter(ug_version="").select_related("program"):
        issued = award.issued_on
        text = "2024" if issued and issued >= date(2024, 10, 1) else "pre2024"
        if award.program.family != "ug":
            text = "none"
        Award.objects.filter(pk=award.pk).update(ug_version=text, version=award.version + 1)


class Migration(migrations.Migration):
    dependencies = [("funding", "0003_federal_award"), ("core", "0006_federal_award")]

    operations = [migrations.RunPython(derive, believe)]
