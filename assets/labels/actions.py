"""Printing labels is a fact: who printed which tag, when."""

from collections.abc import Sequence

from django.db import transaction

from assets.models import Asset
from core.access import Actor, require_all
from core.journal.writing import EntryDraft, record_many


def record_labels(assets: Sequence[Asset], *, by: Actor, sheet: str) -> None:
    """Record that labels of these assets were printed on a sheet."""
    with transaction.atomic():
        require_all(by, "assets.print_labels", assets)
        record_many(
            EntryDraft("asset.label_printed", a, by, school_id=a.school_id, data={"sheet": sheet})
            for a in assets
        )
