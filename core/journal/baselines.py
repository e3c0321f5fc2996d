"""What was here before the journal held every column: written down once, after an upgrade.

A resumable Run (core.runs.baselines) gives each row of an older installation a first whole entry,
`<noun>.baselined`, as it finds it. It is no news: no activity shows it and no rule reads it. What
was altered before that moment cannot be told.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import Max

from core.access import SYSTEM
from core.facts import columns
from core.facts.columns import Table
from core.journal.writing import EntryDraft, record_many
from core.models.district import District
from core.models.entry import BASELINE, Entry

#: The upgrade asked for baselines; all of them are written.
ASKED, WRITTEN = "journal.baselines_asked", "journal.baselines_written"


def asked(apps: Any) -> dict[str, int]:
    """What an upgrade finds: the highest key of each table that has rows, by model."""
    found = {}
    for model in apps.get_models():
        last = model._default_manager.aggregate(last=Max("pk"))["last"]
        if isinstance(last, int):
            found[model._meta.label_lower] = last
    return found


def pending() -> Mapping[str, int]:
    """What an upgrade has still to write down: per table the highest key that was there when it
    began. The journal says so itself, so that nobody can pretend it: what came later, or to an
    installation that wrote everything down, is no row that waits."""
    told = Entry.objects.filter(subject_type=District._meta.label_lower)
    last = told.filter(kind__in=[ASKED, WRITTEN]).order_by("-pk").first()
    return last.data["until"] if last is not None and last.kind == ASKED else {}


def baseline(noun: Table, pks: Sequence[int]) -> int:
    """Write down the rows of these keys that no whole entry tells of; how many there were."""
    with transaction.atomic():
        # Somebody may change one of them this moment: they wait, and their entry comes after.
        rows = list(
            noun.model._default_manager.filter(pk__in=pks)
            .order_by("pk")
            .select_for_update(of=("self",))
        )
        told = Entry.objects.filter(subject_type=noun.label, subject_id__in=pks)
        whole = set(told.filter(data__whole=True).values_list("subject_id", flat=True))
        rows = [row for row in rows if row.pk not in whole]
        parts_of: dict[int, list[models.Model]] = {row.pk: [] for row in rows}
        for part in columns.parts(noun):
            for one in _parts(part, noun, list(parts_of)):
                parts_of[getattr(one, _subject(part))].append(one)
        name = noun.label.rpartition(".")[2]
        record_many(
            EntryDraft(
                f"{name}{BASELINE}",
                row,
                SYSTEM,
                getattr(row, "school_id", None),
                created=True,
                rows=parts_of[row.pk],
                data={"baseline": True},
            )
            for row in rows
        )
    return len(rows)


def _subject(part: Table) -> str:
    return part.of[-1] if len(part.of) == 2 else f"{part.of[0]}_id"


def _parts(part: Table, noun: Table, pks: list[int]) -> models.QuerySet[Any]:
    rows = part.model._default_manager.order_by("pk")
    if len(part.of) == 2:
        return rows.filter(**{part.of[0]: noun.label, f"{part.of[1]}__in": pks})
    return rows.filter(**{f"{part.of[0]}__in": pks})
