"""What a code leads to among things: tags, old tags and aliases, serials; and how a thing reads
where another is taken for it."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from assets.models import Asset, AssetCode
from assets.models.keys import code_key
from core.access import MaybeActor
from core.text.alike import all_written_otherwise
from people.naming import called


def winner_of(asset: Asset | None, by: MaybeActor) -> Asset | None:
    """The thing that a merged row became, however often; None where it is not visible."""
    visible = Asset.objects.visible_to(by).for_list()
    while asset is not None and asset.merged_into_id:  # the winner may have lost later on
        asset = visible.filter(pk=asset.merged_into_id).first()
    return asset


def tags_with(codes: Collection[str], by: MaybeActor) -> dict[str, str]:
    """The codes that are also a tag or another code of a thing: what else a person's id may be."""
    keys = {code_key(c) for c in codes}
    visible = Asset.objects.visible_to(by)
    message = _("%(code)s is also the tag of %(thing)s: a scan of it asks which is meant.")
    found = {
        a.tag_key: message % {"code": a.tag, "thing": a.product}
        for a in visible.filter(tag_key__in=keys).select_related("product__category")
    }
    message = _("%(code)s is also a code of %(tag)s: a scan of it asks which is meant.")
    codes_of = AssetCode.objects.filter(key__in=keys - set(found)).select_related("asset")
    theirs = set(visible.filter(pk__in={c.asset_id for c in codes_of}).values_list("pk", flat=True))
    return found | {
        c.key: message % {"code": c.code, "tag": c.asset.tag}
        for c in codes_of
        if c.asset_id in theirs
    }


def alike(keys: Iterable[str]) -> dict[str, str]:
    """Tags of the district that are these keys but for leading zeros, or for the signs between
    letters and numbers: key -> the tag there."""
    others = all_written_otherwise(keys)
    found: dict[str, str] = {}
    wanted = sorted(others)
    for i in range(0, len(wanted), 5000):
        part = wanted[i : i + 5000]
        there = list(Asset.objects.filter(tag_key__in=part).values_list("tag_key", "tag"))
        there += AssetCode.objects.filter(key__in=part).values_list("key", "code")
        for key, tag in there:
            for of in others[key]:
                found.setdefault(of, tag)
    return found


def described(asset: Asset, by: MaybeActor) -> str:
    """A thing where it is taken for another: tag, what it is, serial, and who has it or where.
    Who has it shows as names show to `by`."""
    parts = [str(asset.product)]
    if asset.serial:
        parts.append(_("serial %s") % asset.serial)
    if asset.holder is not None:
        who = called(asset.holder, asset, by, "local_id")
        parts.append(_("with %s") % who)
    elif asset.room is not None:
        parts.append(_("in %s") % asset.room)
    parts.append(asset.get_status_display().lower())
    parts.append(str(asset.school))
    return f"{asset.tag} ({', '.join(parts)})"
