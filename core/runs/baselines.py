"""The run that writes baselines down, batch by batch (core.journal.baselines)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.access import SYSTEM
from core.facts import columns
from core.facts.columns import Table
from core.journal.baselines import WRITTEN, baseline, pending
from core.journal.writing import record
from core.models.district import District
from core.runs.work import Work

KIND = "journal-baselines"
LABEL = _("Baselines of the journal")
BATCH = 500


def run_baselines(work: Work) -> dict[str, Any]:
    """The worker's part: batch by batch, from where an earlier attempt stopped."""
    until = pending()
    nouns = sorted((t for t in columns.tables() if until.get(t.label)), key=lambda t: t.label)
    total = sum(_there(t, until).count() for t in nouns)
    done = written = 0
    for noun in nouns:
        for batch in _batches(noun, until):
            written += baseline(noun, batch)
            done += len(batch)
            work.progress(done, total)
    if until:
        record(WRITTEN, District.current() or District(pk=0), by=SYSTEM, data={"written": written})
    return {"written": written}


def _there(noun: Table, until: Mapping[str, int]) -> models.QuerySet[Any]:
    return noun.model._default_manager.filter(pk__lte=until.get(noun.label, 0))


def _batches(noun: Table, until: Mapping[str, int]) -> Iterator[list[int]]:
    last = 0
    while True:
        rows = _there(noun, until).filter(pk__gt=last).order_by("pk")
        batch = list(rows.values_list("pk", flat=True)[:BATCH])
        if not batch:
            return
        yield batch
        last = batch[-1]
