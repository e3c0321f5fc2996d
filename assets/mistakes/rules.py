"""Why an identity cannot be corrected so, or two rows not be merged."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from assets.codes.meanings import alike
from assets.codes.serials import loose_serial, things_spelled_so
from assets.codes.shape import serial_problems, tag_problems
from assets.codes.taken import (
    alike_sentence,
    serial_alike_sentence,
    serial_sentence,
    taken_sentence,
)
from assets.custody.rules import closed_problems, out_problems
from assets.earlier import earlier_serials
from assets.mistakes.gone import gone_problems
from assets.models import Asset, AssetCode, AssetSpan, Product, Status
from assets.models.keys import code_key
from core.access import MaybeActor
from core.problems import Problem
from core.text.alike import written_otherwise
from funding.models import Unit, UnitShare


def identity_problems(
    asset: Asset,
    tag: str | None,
    serial: str | None,
    product: Product | None,
    by: MaybeActor = None,
    another: bool = False,
) -> Iterator[Problem]:
    """A tag or a (product, serial) that belongs to another thing; `another`: somebody said that
    it is not the thing with the similar tag or serial."""
    own = Q(asset=asset, kind=AssetCode.Kind.OLD_TAG)
    if tag is not None:
        key = code_key(tag)
        shape = [] if key == asset.tag_key else list(tag_problems(tag))
        if shape and not AssetCode.objects.filter(own, key=key).exists():  # what it had is a tag
            yield from shape
        elif key != asset.tag_key and (
            Asset.objects.filter(tag_key=key).exists()
            or AssetCode.objects.filter(key=key).exclude(own).exists()
        ):
            yield Problem("tag-taken", taken_sentence(tag, by), "tag")
        elif (
            key not in (asset.tag_key, *written_otherwise(asset.tag_key))
            and not another
            and (other := alike([key]).get(key))
        ):
            yield Problem("tag-alike", alike_sentence(tag, other, by), "tag")
    serial_key = asset.serial_key if serial is None else code_key(serial)
    if serial is not None and serial_key != asset.serial_key:
        shape = list(serial_problems(serial))
        if shape and serial_key not in earlier_serials(asset):  # what it had is a serial number
            yield from shape
    if serial_key and (serial is not None or product is not None):
        its = product or asset.product
        taken = list(_serial_problems(its.pk, serial or asset.serial, [asset.pk], by))
        yield from taken
        if not (taken or another):
            yield from _alike_problems(asset, serial or asset.serial, its, by)


def _alike_problems(
    asset: Asset, serial: str, product: Product, by: MaybeActor
) -> Iterator[Problem]:
    """The serial number may be that of another thing, and was not so before."""
    if product.pk == asset.product_id and loose_serial(serial) == loose_serial(asset.serial):
        return
    others = things_spelled_so([(product, serial)]).get((product.pk, code_key(serial)), [])
    if others := [pk for pk in others if pk != asset.pk]:
        yield Problem("serial-alike", serial_alike_sentence(serial, others, by), "serial")


def _serial_problems(
    product_id: int, serial: str, but: list[int], by: MaybeActor
) -> Iterator[Problem]:
    others = Asset.objects.filter(
        product=product_id, serial_key=code_key(serial), merged_into=None
    ).exclude(status=Status.VOID)
    if others.exclude(pk__in=list(but)).exists():
        sentence = serial_sentence(product_id, serial, by, but)
        yield Problem("serial-taken", sentence, "serial")


def reason_problems(reason: str) -> Iterator[Problem]:
    """A mistake is put right with a reason."""
    if not reason.strip():
        yield Problem("reason-missing", _("Say why."), "reason")


def moves_money(asset: Asset, unit: Unit | None) -> bool:
    """Whether awards pay, or paid, for a unit that a thing gives up, or for one that was another
    thing's before and that it takes. To give an untagged unit to a thing that has none is to tag
    it, and moves nothing."""
    new = unit.pk if unit else None
    if new == asset.unit_id:
        return False
    moved = {asset.unit_id} - {None}
    if new and AssetSpan.objects.filter(unit=new).exclude(asset=asset).exists():
        moved.add(new)
    return bool(moved) and UnitShare.objects.known().filter(unit__in=moved).exists()


def merged_problems(asset: Asset) -> Iterator[Problem]:
    """A merged row is the winner's: whatever was wrong is put right there."""
    if asset.merged_into_id:
        message = _("%(tag)s was merged into another asset; use that one.")
        yield Problem("merged", message % {"tag": asset.tag})


def void_problems(asset: Asset, *, lent: bool = False) -> Iterator[Problem]:
    """Why a thing cannot be void: it is already, somebody has it (unless it may be `lent`), or it
    was here and left."""
    if (
        asset.merged_into_id
        or asset.status == Status.VOID
        or (asset.status == Status.DISPOSED and not asset.legacy)
    ):
        yield from closed_problems(asset)
    elif not lent:
        yield from out_problems(asset)


def not_void_problems(asset: Asset) -> Iterator[Problem]:
    """Only what is void stands again by the undo of that."""
    if asset.status != Status.VOID or asset.merged_into_id:
        yield Problem("not-void", _("%(tag)s is not void.") % {"tag": asset.tag})


def not_merged_problems(asset: Asset) -> Iterator[Problem]:
    """Only what was merged is two things again."""
    if asset.merged_into_id is None:
        yield Problem("not-merged", _("It is not merged."))


def loser_problems(loser: Asset) -> Iterator[Problem]:
    """Why a row cannot go into another, whichever that is."""
    yield from _over_problems(loser)
    yield from out_problems(loser)


def _over_problems(asset: Asset) -> Iterator[Problem]:
    if asset.merged_into_id or asset.status == Status.VOID:
        message = _("%(tag)s was merged or voided already.")
        yield Problem("merged", message % {"tag": asset.tag}, "into")


def merge_problems(loser: Asset, into: Asset) -> Iterator[Problem]:
    """Why two rows cannot become one."""
    if loser.pk == into.pk:
        yield Problem("merge-itself", _("This is the asset itself. Choose another one."), "into")
        return
    yield from loser_problems(loser)
    yield from _over_problems(into)
    yield from gone_problems(loser, into)
    if loser.unit_id and into.unit_id:
        yield Problem("both-paid", _("Money hangs on both; void one unit first."), "into")


def unmerge_problems(
    loser: Asset, winner: Asset, serial_comes_back: bool, by: MaybeActor
) -> Iterator[Problem]:
    """Why a merge cannot be undone."""
    if problems := list(not_merged_problems(loser)):
        yield from problems
        return
    if winner.merged_into_id:
        message = _("%(tag)s was merged itself since; undo that first.")
        yield Problem("merged", message % {"tag": winner.tag})
        return
    if loser.serial_key:
        given = serial_comes_back and winner.serial_key == loser.serial_key
        but = [loser.pk, winner.pk] if given else [loser.pk]
        yield from _serial_problems(loser.product_id, loser.serial, but, by)
