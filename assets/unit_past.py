"""A unit stands for one thing on every day, also on those of rows that were merged."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from assets.models import Asset, AssetSpan
from core.access import Actor
from core.journal.writing import EntryDraft, record_many
from core.time import retold


def is_of_these_alone(taken: Mapping[int, int], *, by: Actor, now: datetime) -> dict[int, datetime]:
    """After units were told to be these things (asset by unit): what else they stood for on past
    days, before it was merged, is told without them. What was merged into the very thing keeps its
    days. Per unit that such a row had, since when. The caller holds the units' locks."""
    # What this act wrote itself is left out: an import would read all of it again.
    past = AssetSpan.objects.known().filter(unit__in=list(taken), known_from__lt=now)
    ended = past.exclude(valid_to=None).select_related("asset").in_order()
    theirs: dict[int, list[AssetSpan]] = defaultdict(list)
    for span in ended:
        owner = taken[span.unit_id or 0]
        if owner != span.asset_id and owner not in _winners(span.asset):
            theirs[span.asset_id].append(span)
    if not theirs:
        return {}
    written = retold.with_values(AssetSpan, theirs, {"unit_id": None}, now)
    record_many(
        EntryDraft(
            "asset.unit_passed",
            rows[0].asset,
            by,
            school_id=rows[0].asset.school_id,
            at=rows[0].valid_from,
            data={"asset": taken[rows[0].unit_id or 0]},
            rows=written[pk].rows,
            touched=written[pk].touched,
        )
        for pk, rows in theirs.items()
    )
    had: dict[int, datetime] = {}
    for span in sorted((s for rows in theirs.values() for s in rows), key=lambda s: s.valid_from):
        had.setdefault(span.unit_id or 0, span.valid_from)
    return had


def _winners(asset: Asset) -> set[int]:
    """What it was merged into, and what that was."""
    found: set[int] = set()
    while asset.merged_into_id is not None and asset.merged_into_id not in found:
        found.add(asset.merged_into_id)
        asset = Asset.objects.get(pk=asset.merged_into_id)
    return found
