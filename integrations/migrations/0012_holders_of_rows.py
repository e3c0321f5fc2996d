"""Rows of files without a column of holders did not keep who gives their thing back: they are
theirs from here on, and who was erased meanwhile is not shown in them any more."""

from typing import Any

from django.db import migrations

BATCH = 2000


def keep_holders(apps: Any, _schema: Any) -> None:
    rows = apps.get_model("integrations", "StagedRow").objects.filter(
        before__has_key="holder", person_key_before="", blanked=False
    )
    found = rows.only("session_id", "changes", "before").order_by("pk")
    last = 0
    while batch := list(found.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        _keep(apps, batch)


def _keep(apps: Any, rows: list[Any]) -> None:
    people = apps.get_model("people", "Person").objects
    had = {row.before["holder"] for row in rows} - {None}
    ids = dict(people.filter(pk__in=had).values_list("pk", "local_id"))
    theirs = [row for row in rows if row.before["holder"] in ids]
    for row in theirs:
        local_id = ids[row.before["holder"]]
        row.person_key_before = local_id.strip().lower()[:64]
        if not local_id:  # erased
            row.changes.pop("holder", None)
    apps.get_model("integrations", "StagedRow").objects.bulk_update(
        theirs, ["person_key_before", "changes"], batch_size=200
    )
    sessions = apps.get_model("integrations", "ImportSession").objects
    sessions.filter(pk__in={row.session_id for row in theirs}, personal=False).update(personal=True)


class Migration(migrations.Migration):
    dependencies = [
        ("integrations", "0011_people_of_rows"),
        ("people", "0001_initial"),
    ]

    operations = [migrations.RunPython(keep_holders, migrations.RunPython.noop)]
