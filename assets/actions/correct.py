"""Mistakes are acts: correct, merge, void, each with a reason (L-12)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assets import state
from assets.models import Asset, AssetCode, Assignment, Place, Product, Status
from assets.models.asset import code_key
from assets.rules import custody as rules
from assets.rules.correct import identity_problems, merge_problems
from core.access import Actor, require
from core.journal import changed, record, save_changes
from core.problems import Problem, refuse_if
from people.models import Person, Room, School


def _need(reason: str) -> None:
    if not reason.strip():
        refuse_if([Problem("reason-missing", _("Say why."), "reason")])


def correct_asset(
    asset: Asset,
    *,
    by: Actor,
    reason: str,
    tag: str | None = None,
    serial: str | None = None,
    product: Product | None = None,
    acquired_on: Any = None,
    holder: Person | None = None,
    room: Room | None = None,
    school: School | None = None,
    at: datetime | None = None,
) -> Asset:
    """What the register says was wrong from the beginning, or from `at` on: tag, serial, product,
    acquisition date; or who held it and where it was. The old tag goes on resolving. What we
    believed before stays askable with known_at."""
    with transaction.atomic():
        asset = Asset.objects.visible_to(by).for_change(asset.pk)
        require(by, "assets.correct_asset", asset)
        _need(reason)
        refuse_if(rules.time_problems(asset, at))
        if holder is not None or room is not None:
            refuse_if(rules.closed_problems(asset))
        refuse_if(identity_problems(asset, tag, serial, product))
        values: dict[str, Any] = {}
        if tag is not None and tag.strip() != asset.tag:
            if code_key(tag) != asset.tag_key:
                AssetCode.objects.create(
                    asset=asset, code=asset.tag, key=asset.tag_key, kind=AssetCode.Kind.OLD_TAG
                )
            values |= {"tag": tag.strip(), "tag_key": code_key(tag)}
        if serial is not None:
            values |= {"serial": serial.strip(), "serial_key": code_key(serial)}
        if product is not None:
            values["product"] = product
        if acquired_on is not None:
            values["acquired_on"] = acquired_on
        changes = changed(asset, **values)
        if changes:
            asset.version += 1
            save_changes(asset, [*changes, "version"])
            shown = {k: v for k, v in changes.items() if not k.endswith("_key")}
            record("asset.corrected", asset, by=by, changes=shown, data={"reason": reason})
        spanned = _correct_custody(asset, by, holder, room, at)
        if school is not None and school.pk != asset.school_id and room is None:
            spanned["school_id"] = School.objects.visible_to(by).get(pk=school.pk).pk
        if spanned:
            state.change(
                asset, kind="asset.corrected", by=by, at=at, data={"reason": reason}, **spanned
            )
    return asset


def _correct_custody(
    asset: Asset, by: Actor, holder: Person | None, room: Room | None, at: datetime | None
) -> dict[str, Any]:
    """The wrong person or the wrong room: the open assignment is rewritten from `at` on."""
    values: dict[str, Any] = {}
    if room is not None:
        room = Room.objects.visible_to(by).get(pk=room.pk)
        values |= {**state.in_room(room.pk), "school_id": room.school_id}
    if holder is None or holder.pk == asset.holder_id:
        return values
    holder = Person.objects.visible_to(by).get(pk=holder.pk)
    open_ = Assignment.objects.filter(asset=asset, closed_at=None).first()
    if open_ is None:
        message = _("%(tag)s is not checked out; hand it out instead.")
        refuse_if([Problem("not-assigned", message % {"tag": asset.tag}, "holder")])
        raise AssertionError
    start = max(at or open_.opened_at, open_.opened_at)
    Assignment.objects.filter(pk=open_.pk).update(closed_at=start, closed_by_id=by.pk)
    Assignment.objects.create(asset=asset, person=holder, opened_at=start, opened_by_id=by.pk)
    if asset.place == Place.PERSON and room is None:
        values |= state.with_person(holder.pk)
    return {**values, "holder_id": holder.pk}


def merge_assets(loser: Asset, *, into: Asset, by: Actor, reason: str) -> Asset:
    """Two rows for one thing. The loser's codes go on resolving to the winner, both histories
    read as one; as of any time before, there are two."""
    with transaction.atomic():
        # Somebody may merge them the other way round: locks in key order, the second is refused.
        pair = Asset.objects.visible_to(by).filter(pk__in=[loser.pk, into.pk]).locked()
        rows = {a.pk: a for a in pair}
        if len(rows) < 2:
            raise Asset.DoesNotExist
        loser, into = rows[loser.pk], rows[into.pk]
        require(by, "assets.merge_asset", loser)
        require(by, "assets.merge_asset", into)
        _need(reason)
        refuse_if(merge_problems(loser, into))
        codes = list(AssetCode.objects.filter(asset=loser).values_list("pk", flat=True))
        AssetCode.objects.filter(asset=loser).update(asset=into)
        AssetCode.objects.get_or_create(
            key=loser.tag_key,
            defaults={"asset": into, "code": loser.tag, "kind": AssetCode.Kind.MERGED},
        )
        unit = loser.unit_id
        moved = unit is not None and into.unit_id is None
        data = {"into": into.pk, "reason": reason, "unit": unit, "unit_moved": moved, "codes": codes,
                "status": loser.status}  # fmt: skip
        state.change(
            loser, kind="asset.merged", by=by, data=data,
            also={"merged_into_id": into.pk}, unit_id=None if moved else unit,
            status=Status.VOID, holder_id=None, **state.nowhere(Place.CLOSED),
        )  # fmt: skip
        extra: dict[str, Any] = {}
        if not into.serial and loser.serial and loser.product_id == into.product_id:
            extra |= {"serial": loser.serial, "serial_key": loser.serial_key}
        changes = changed(into, **extra)
        into.version += 1
        save_changes(into, [*changes, "version"])
        record("asset.absorbed", into, by=by, data={"asset": loser.pk, "tag": loser.tag},
               changes={k: v for k, v in changes.items() if not k.endswith("_key")})  # fmt: skip
        if moved:
            state.change(
                into, kind="asset.unit_taken", by=by, data={"from": loser.pk}, unit_id=unit
            )
    return into


def unmerge_assets(loser: Asset, *, by: Actor, reason: str) -> Asset:
    """Undo a merge: they were two things. The loser stands again, not placed, in stock."""
    from core.models import Entry

    with transaction.atomic():
        loser = Asset.objects.visible_to(by).for_change(loser.pk)
        require(by, "assets.merge_asset", loser)
        _need(reason)
        if loser.merged_into_id is None:
            refuse_if([Problem("not-merged", _("It is not merged."))])
        entry = Entry.objects.of(loser).filter(kind="asset.merged").order_by("-pk")[:1].get()
        winner = Asset.objects.visible_to(by).for_change(loser.merged_into_id)
        AssetCode.objects.filter(asset=winner, key=loser.tag_key).delete()
        AssetCode.objects.filter(asset=winner, pk__in=entry.data["codes"]).update(asset=loser)
        unit = entry.data["unit"] if entry.data["unit_moved"] else loser.unit_id
        if winner.serial_key and winner.serial_key == loser.serial_key:
            save_changes(winner, changed(winner, serial="", serial_key=""))
        record("asset.separated", winner, by=by, data={"asset": loser.pk, "reason": reason})
        if entry.data["unit_moved"] and winner.unit_id == unit:
            state.change(winner, kind="asset.unit_given_back", by=by, unit_id=None)
        state.change(
            loser, kind="asset.unmerged", by=by, data={"reason": reason},
            also={"merged_into_id": None}, unit_id=unit, status=Status.IN_STOCK,
            **state.nowhere(Place.UNPLACED),
        )  # fmt: skip
    return loser
