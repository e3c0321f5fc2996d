"""Sentences for a tag or a serial that is another thing's: the other one is named, and what can be
done is said."""

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext as _

from assets.codes.meanings import described, winner_of
from assets.models import Asset, AssetCode, Status
from assets.models.keys import code_key
from core.access import MaybeActor
from funding.models import Unit


def taken_sentence(tag: str, by: MaybeActor) -> str:
    """A tag that is there; whose, where `by` may see it."""
    key = code_key(tag)
    visible = Asset.objects.visible_to(by).for_list()
    asset = visible.filter(tag_key=key).first()
    if asset is None:
        codes = list(AssetCode.objects.filter(key=key).values_list("asset", flat=True))
        asset = visible.filter(pk__in=codes).first()
    asset = winner_of(asset, by)
    if asset is None:
        return _("The tag %(tag)s is taken; a tag is never used twice.") % {"tag": tag.strip()}
    message = _(
        "The tag %(tag)s is taken; a tag is never used twice. It belongs to %(thing)s: correct "
        "that one, give this another tag, or, if they are one, change that one."
    )
    return message % {"tag": tag.strip(), "thing": described(asset, by)}


def alike_sentence(tag: str, other: str, by: MaybeActor) -> str:
    """A tag that is there with other zeros or signs; which, where `by` may see its thing."""
    key = code_key(other)
    codes = AssetCode.objects.filter(key=key).values("asset")
    if not Asset.objects.visible_to(by).filter(Q(tag_key=key) | Q(pk__in=codes)).exists():
        message = _(
            "The tag %(tag)s looks like one that is here, with other zeros or signs. If it is "
            "another item, say so."
        )
        return message % {"tag": tag.strip()}
    message = _(
        "The tag %(tag)s looks like %(other)s, which is here, with other zeros or signs. If it is "
        "another item, say so."
    )
    return message % {"tag": tag.strip(), "other": other}


def serial_sentence(product_id: int, serial: str, by: MaybeActor, but: Collection[int] = ()) -> str:
    """A serial of a make and model that is there, of another than `but`; whose, where `by` may see
    it."""
    same = (
        Asset.objects.visible_to(by)
        .for_list()
        .filter(product=product_id, serial_key=code_key(serial), merged_into=None)
    )
    asset = same.exclude(status=Status.VOID).exclude(pk__in=list(but)).first()
    if asset is None:
        return serial_unseen(serial)
    message = _(
        "Serial %(serial)s of this make and model is registered already, as %(thing)s: correct "
        "that one, or merge the two."
    )
    return message % {"serial": serial, "thing": described(asset, by)}


def serial_unseen(serial: str) -> str:
    """The same of a thing that is not told of."""
    message = _("Serial %(serial)s of this make and model is registered already.")
    return message % {"serial": serial}


def serial_alike_sentence(serial: str, others: Collection[int], by: MaybeActor) -> str:
    """A serial number that may be another thing's (one of these keys); whose, where `by` may see
    it."""
    asset = Asset.objects.visible_to(by).for_list().filter(pk__in=others).first()
    if asset is None:
        message = _(
            "The serial number %(serial)s looks like one that is here, with other zeros or signs, "
            "or O for 0. If it is another item, say so."
        )
        return message % {"serial": serial}
    message = _(
        "The serial number %(serial)s looks like %(other)s, with other zeros or signs, or O for 0: "
        "that of %(thing)s. If it is another item, say so."
    )
    return message % {"serial": serial, "other": asset.serial, "thing": described(asset, by)}


def unit_sentence(unit: Unit, by: MaybeActor) -> str:
    """A unit that is a thing already; which, where `by` may see it."""
    asset = Asset.objects.visible_to(by).filter(unit=unit).first()
    if asset is None:
        return _("This unit of the purchase is tagged already.")
    return _("This unit is %(tag)s already.") % {"tag": asset.tag}
