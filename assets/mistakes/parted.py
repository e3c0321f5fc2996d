"""What a thing's entries tell of another row that was merged into it, and is another thing again.

While two rows are one, the codes of both lead to it and whoever sees it knows them. Once they are
two things, the other's tag, serial and codes are the other's: told to who may see that one.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from assets.models import Asset
from core.access import MaybeActor, scope_of
from core.models import Entry

#: What says which thing the other one is: of it, and of its codes.
TELLING = "tag tag_key tag_order serial serial_key code key"


def others_words(entries: Sequence[Entry], by: MaybeActor) -> dict[int, bool]:
    """The entries (by `id`) of a thing that tell of a row which is no longer it and which somebody
    does not see: whether it took the other's words then (or gave them back)."""
    mine = [e for e in entries if e.subject_type == Asset._meta.label_lower]
    told = [e for e in mine if "asset" in e.data or e.kind == "asset.absorbed"]
    if not told or scope_of(by, Asset.seen_with, token=False).everything:
        return {}
    tags = {tag for e in told if not _key(e) and isinstance(tag := e.data.get("tag"), str)}
    by_tag = dict(Asset.objects.filter(tag__in=tags).values_list("tag", "pk")) if tags else {}
    of = {id(e): _key(e) or by_tag.get(e.data.get("tag", ""), 0) for e in told}
    rows = set(of.values())
    unseen = rows - set(
        Asset.objects.visible_to(by).filter(pk__in=rows).values_list("pk", flat=True)
    )
    into = _merged(unseen)
    return {
        id(e): "tag" in e.data
        for e in told
        if of[id(e)] in unseen and e.subject_id not in into.get(of[id(e)], ())
    }


def _key(entry: Entry) -> int:
    """The other row of an entry; 0 where an older release did not write it down."""
    key: Any = entry.data.get("asset")
    return key if isinstance(key, int) else 0


def _merged(rows: Iterable[int]) -> dict[int, set[int]]:
    """Per row what it went into, and what that went into."""
    into: dict[int, set[int]] = {pk: set() for pk in rows}
    last = {pk: pk for pk in into}
    while last:
        found = Asset.objects.filter(pk__in=last.values()).exclude(merged_into=None)
        went = dict(found.values_list("pk", "merged_into_id"))
        last = {
            pk: winner
            for pk, now in last.items()
            if (winner := went.get(now)) is not None and winner not in into[pk]
        }
        for pk, winner in last.items():
            into[pk].add(winner)
    return into
