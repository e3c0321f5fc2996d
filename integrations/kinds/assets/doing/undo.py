"""Asset rows undone: what they brought in never was, what they changed is as it was before."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assets import actions
from assets.earlier import known_before
from assets.mistakes.put_back import Past
from assets.mistakes.standing import Standing
from assets.models import Asset, Place, Product, Status
from assets.state import in_room, nowhere, with_person
from core.access import Actor, require_all
from core.problems import Problem, ProblemError, Refused
from funding import actions as money
from funding.models import Unit
from integrations.kinds.assets.doing.apply import assets_of
from integrations.kinds.assets.money.bought import (
    changed_since,
    give_back,
    take_off,
    take_units_back,
)
from integrations.kinds.assets.row import AssetChanges, AssetRow, Merged
from integrations.kinds.rows.planned import facts_of
from integrations.kinds.rows.since import first_acts, told_since
from integrations.models import ImportSession, StagedRow
from people.models import Person, Room, School


def undo(session: ImportSession, rows: Sequence[StagedRow], by: Actor) -> list[str]:
    """Undo rows: what they brought in never was, what they changed is as before. A sentence for
    each row that stands because its thing changed since."""
    assets = assets_of((r.object_id for r in rows), by)
    whys: dict[int, str] = {}
    gone: list[Asset] = []
    spoken: list[Asset] = []
    stand: list[tuple[Asset, AssetChanges]] = []
    past = known_before(first_acts(session, Asset, assets))
    units: list[Unit] = []
    did = [AssetChanges.read(r) for r in rows]
    taken = [
        (a.unit, c)
        for r, c in zip(rows, did, strict=True)
        if c.taken is not None and (a := assets.get(r.object_id or 0)) and a.unit
    ]
    other = changed_since(taken) if taken else set()
    spoke = {
        a.unit.pk: a.pk
        for r, c in zip(rows, did, strict=True)
        if (a := assets.get(r.object_id or 0)) and a.unit and _spoke(r, c)
    }
    # Acts on a unit are none on its thing.
    other |= told_since(session, Unit, spoke, *money.OF_MONEY) if spoke else set()
    back: list[tuple[Unit, AssetChanges]] = []
    for row, old in zip(rows, did, strict=True):
        asset = assets.get(row.object_id or 0)
        if asset is None:
            whys[row.pk] = _("It is not in your schools any more.")
        elif asset.version != row.applied_version:
            whys[row.pk] = _("%s changed since.") % asset.tag
        elif asset.unit_id in other:
            whys[row.pk] = _("What pays for %s changed since.") % asset.tag
        elif row.outcome == "create" or (old.status and old.status.was == Status.VOID):
            gone.append(asset)
            if row.outcome != "create":
                _void_as_before(asset, old, by)
            if old.back is not None:
                spoken.append(asset)
                continue
            if asset.unit and old.taken is not None:
                back.append((asset.unit, old))
            elif asset.unit and (row.outcome == "create" or old.unit is not None):
                units.append(asset.unit)
        else:
            _undo_changes(asset, old, by)
            stand.append((asset, old))
    reason = _("Import undone")
    _put_back(stand, past, by, reason)
    if gone:
        require_all(by, "assets.void_asset", spoken)  # what somebody had voided is void again
        actions.void_assets(gone, by=by, reason=reason, undoing=True)
        take_units_back(units, by)
        give_back(back, by)
    return [whys.get(r.pk, "") for r in rows]


def merged_before(row: StagedRow) -> dict[int, int]:
    """The version that a row found of the thing that it merged away, by its key."""
    did = AssetChanges.read(row)
    if did.merge is None or did.loser_version is None:
        return {}
    return {did.merge.was["asset"]: did.loser_version.was}


def _spoke(row: StagedRow, did: AssetChanges) -> bool:
    """Whether a row said something of the money of its thing: it brought the unit, or said what
    that cost or who pays."""
    brought = did.taken is None and (row.outcome == "create" or did.unit is not None)
    return brought or did.award_1 is not None or did.cost is not None


def _void_as_before(asset: Asset, old: AssetChanges, by: Actor) -> None:
    """What a row said of a thing that it brought back is as it was while that was void, also for
    whoever brings it back later on."""
    # Of what only undone imports spoke of, the unit that the row brought goes with the void.
    _undo_changes(asset, old, by, paid=old.back is not None or old.unit is None)
    if old.back is None:
        return
    try:
        with transaction.atomic():
            was = Standing.read(old.back.was)
            actions.put_back_assets([(asset, was)], by=by, reason=_("Import undone"))
    except (ProblemError, Room.DoesNotExist):
        # That it cannot go back to its room keeps nobody from undoing the rest: it is void.
        return


def _undo_changes(asset: Asset, old: AssetChanges, by: Actor, *, paid: bool = True) -> None:
    """What a row changed of a thing is as before; what pays for it too, unless that is undone
    otherwise (`paid`)."""
    reason = _("Import undone")
    facts = _facts(old)
    unit = asset.unit if paid else None
    if old.unit is not None and paid:
        facts["unit"] = None
    if facts:
        asset = actions.change_asset(asset, by=by, reason=reason, **facts)
    if unit is not None:
        _undo_money(unit, old, by, reason)
    if old.serial is not None or old.product is not None or old.tag is not None:
        product = None
        if old.product is not None:  # it may have been merged since
            product = Product.objects.get(pk=old.product.was).stands
        actions.correct_asset(
            asset,
            by=by,
            reason=reason,
            tag=old.tag.was if old.tag is not None else None,
            serial=old.serial.was if old.serial is not None else None,
            product=product,
            another=True,
        )
    if old.school is not None:
        school = School.objects.get(pk=old.school.was)
        actions.correct_asset(asset, by=by, reason=reason, school=school)
    if old.merge is not None:
        _two_again(old.merge.was, by, reason)


def _put_back(
    rows: Sequence[tuple[Asset, AssetChanges]], past: Past, by: Actor, reason: str
) -> None:
    """Place, person, holder, due day, status and school are as the import found them, as of every
    day; of what it merged as of today."""
    now = assets_of((a.pk for a, _old in rows), by)
    pairs = [(now[a.pk], _stood(now[a.pk], old)) for a, old in rows]
    try:
        alone = {a.pk: past[a.pk] for a, old in rows if a.pk in past and old.merge is None}
        actions.put_back_assets(pairs, by=by, reason=reason, past=alone)
    except (Person.DoesNotExist, Room.DoesNotExist) as error:
        message = _("Who had it, or the room that it was in, is not in your schools any more.")
        raise Refused(Problem("gone", message)) from error


def _stood(asset: Asset, old: AssetChanges) -> Standing:
    """How the import found it; what was applied before that was kept says it by its columns."""
    if old.stood is not None:
        return Standing.read(old.stood.was)
    was = Standing.of(asset)
    if old.holder is not None:
        holder = old.holder.was
        place = with_person(holder) if holder else nowhere(Place.UNPLACED)
        was = replace(was, holder_id=holder, **place)
        was = replace(was, status=Status.IN_USE if holder else Status.IN_STOCK)
    if old.room is not None and (room := old.room.was):
        school = Room.objects.get(pk=room).school_id
        was = replace(was, school_id=school, **in_room(room))
    return replace(was, status=old.status.was) if old.status is not None else was


def _facts(old: AssetChanges) -> dict[str, Any]:
    """What describes it as it was, a condition with the day that it was of."""
    facts = old.facts(facts_of(AssetRow))
    if old.condition is not None:
        facts["condition"] = old.condition.was
        if old.condition_on is not None:
            facts["condition_on"] = old.condition_on.was
    return facts


def _two_again(was: Merged, by: Actor, reason: str) -> None:
    """The thing that was merged away stands again as it stood."""
    loser = Asset.objects.visible_to(by).get(pk=was["asset"])
    actions.unmerge_assets(loser, by=by, reason=reason)


def _undo_money(unit: Unit, old: AssetChanges, by: Actor, reason: str) -> None:
    if old.taken is not None:
        give_back([(unit, old)], by)
    elif old.unit is not None:
        take_units_back([unit], by)
    else:
        if old.award_1 is not None:
            take_off([unit], by)
        if old.cost is not None:
            money.set_unit_cost(unit, old.cost.was, by=by, reason=reason)
