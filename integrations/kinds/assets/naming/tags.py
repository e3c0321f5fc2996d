"""Which things the tags of a batch mean, and which of the tags are nearly those of others."""

from django.db.models import QuerySet

from assets.models import Asset, AssetCode
from core.text.alike import all_written_otherwise


class TagsHere:
    """`by_tag`: the importer's things; `taken`: tags that are, or were, somebody's; `alike`: those
    of the others that differ by zeros, spaces or hyphens alone from one that is or was a thing's
    of the importer; `elsewhere`: from one of another's."""

    def __init__(self, tags: set[str], visible: QuerySet[Asset]) -> None:
        self.by_tag: dict[str, Asset] = {}
        self.taken: set[str] = set()
        self.alike: dict[str, Asset] = {}
        self.elsewhere: set[str] = set()
        if not tags:
            return
        others = all_written_otherwise(tags)
        # Of a file of new things nothing is here: that is asked first, of the tags alone.
        every = Asset.objects.filter(tag_key__among={*tags, *others}).order_by()
        here = set(every.values_list("tag_key", flat=True))
        codes = list(AssetCode.objects.filter(key__among={*tags, *others}).order_by("pk"))
        same = [c for c in codes if c.key in tags]
        old = {c.asset_id: c.key for c in same if c.kind != AssetCode.Kind.ALIAS}
        if old:
            self.by_tag = {old[a.pk]: a for a in visible.filter(pk__among=old)}
        self.taken = here & tags
        if self.taken:
            self.by_tag |= {a.tag_key: a for a in visible.filter(tag_key__among=self.taken)}
        self.taken |= {c.key for c in same}
        nearly = {c.key: c.asset_id for c in codes if c.key in others}
        if similar := here & others.keys():
            stay = Asset.objects.filter(tag_key__among=similar, merged_into=None)
            nearly |= dict(stay.values_list("tag_key", "pk"))
        seen = visible.in_bulk(set(nearly.values())) if nearly else {}
        for key, pk in nearly.items():
            new = others[key] - self.taken
            if pk in seen:
                self.alike |= dict.fromkeys(new, seen[pk])
                self.by_tag.setdefault(seen[pk].tag_key, seen[pk])
            else:
                self.elsewhere |= new
