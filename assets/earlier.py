"""How things stood before, as their entries tell it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from assets.models import Asset, AssetSpan
from assets.models.keys import code_key
from core.facts.columns import plain
from core.models import Entry
from core.models.entry import BASELINE

_SPANS = AssetSpan._meta.label_lower
_Key = tuple[str, str, int]


def earlier_serials(asset: Asset) -> set[str]:
    """The serial numbers that a thing had before they were corrected, as they are compared."""
    told = Entry.objects.of(asset).filter(changes__has_key="serial")
    return {
        code_key(before or "") for (before, _now) in told.values_list("changes__serial", flat=True)
    }


def known_before(acts: Mapping[int, int]) -> dict[int, list[AssetSpan]]:
    """By thing its spans as they were known just before an entry of it (keys by thing), in their
    order. What that entry and those after it wrote is left out, what they said was not true stands,
    and what ended then goes on."""
    if not acts:
        return {}
    since = Entry.objects.filter(
        subject_type="assets.asset", subject_id__in=acts, pk__gte=min(acts.values())
    ).exclude(kind=f"asset{BASELINE}")  # that wrote down only what was there
    wrote: dict[int, set[_Key]] = defaultdict(set)
    gone: dict[int, set[_Key]] = defaultdict(set)
    for subject, pk, data in since.values_list("subject_id", "pk", "data"):
        if pk >= acts[subject]:
            wrote[subject] |= _keys(data.get("rows", {}).get(_SPANS, []))
            touched = data.get("touched", {}).get(_SPANS, [])
            gone[subject] |= _keys(row for row in touched if "known_to" in row)
    found: dict[int, list[AssetSpan]] = defaultdict(list)
    for span in AssetSpan.objects.filter(asset__in=acts).in_order():
        key = (plain(span.known_from), plain(span.valid_from), span.number)
        known = span.known_to is None or key in gone[span.asset_id]
        if known and key not in wrote[span.asset_id]:
            found[span.asset_id].append(span)
    for spans in found.values():
        spans[-1].valid_to = None
    return found


def _keys(rows: Iterable[Mapping[str, Any]]) -> set[_Key]:
    return {(row["known_from"], row["valid_from"], row.get("number", 0)) for row in rows}
