"""Typed words in reports: they stand beside the dataset's hash and go where they are blanked."""

from dataclasses import replace

from django.db import models
from django.utils.translation import gettext as _

from assets.models import Asset, AssetSpan
from core import files
from core.journal.writing import changed, save_changes
from core.web.words import plainly
from funding.models import UnitShare
from reports.actions import names
from reports.models import Report
from reports.property_record import facts


def forget(row: models.Model, column: str) -> None:
    """Take the description of a thing, which is being blanked because it names somebody, out of
    every report that prints it. Their hashes stay; their files are made again."""
    if not isinstance(row, Asset) or column != "description" or not row.description:
        return
    key = facts.words_key(row.pk, row.salt, row.description)
    units = AssetSpan.objects.filter(asset=row).exclude(unit=None).values("unit")
    paid = UnitShare.objects.filter(unit__in=units).values("award")
    held = Report.objects.filter(award__in=paid).exclude(dataset=None).select_related("dataset")
    for report in held.order_by("pk"):
        assert report.dataset is not None
        dataset, old = names.read(report.dataset), report.dataset
        if key not in dataset.words:
            continue
        with plainly():  # kept, and blanked from a page
            words = {**dataset.words, key: _("blanked, because it named somebody")}
        kept = files.store(replace(dataset, words=words).lines(), "application/x-ndjson")
        changes = changed(report, dataset=kept)
        save_changes(report, changes)
        names.print_again(report, changes)
        files.forget(old)
