"""Mistakes are acts: what was recorded wrongly is corrected or voided, with a reason."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from assets import state
from assets.catalog.actions import staying_products
from assets.custody import rules
from assets.custody.holders import holders
from assets.mistakes.rules import identity_problems, merged_problems, reason_problems
from assets.models import Asset, AssetCode, AssetSpan, Assignment, Place, Product
from assets.models.keys import code_key, tag_order
from assets.register.acquired import acquired_problems, was_there_since
from assets.target import require_target
from core.access import Actor, require
from core.journal.writing import Touched, changed, one_act, record, removed, save_changes, touched
from core.problems import Problem, fresh, refuse_if
from core.text.lookalikes import plain_code
from core.two_times import spans
from core.two_times.as_of import SpanQuerySet
from people.models import Person, Room, School
from people.rules.places import school_problems


def correct_asset(
    asset: Asset,
    *,
    by: Actor,
    reason: str,
    tag: str | None = None,
    serial: str | None = None,
    product: Product | None = None,
    acquired_on: date | None = None,
    holder: Person | None = None,
    room: Room | None = None,
    school: School | None = None,
    at: datetime | None = None,
    another: bool = False,
    version: int | None = None,
) -> Asset:
    """What the register says was wrong: tag, serial, product, acquisition date; or who held it
    and where it was, from the beginning of that or from `at` on. The old tag goes on resolving.
    What we believed before stays askable with known_at. Raises Stale where somebody changed it
    since `version`."""
    tag, serial = (text and plain_code(text) for text in (tag, serial))
    with transaction.atomic(), one_act():
        # Somebody may take it in at another desk: the second of us sees what the first did.
        asset = Asset.objects.visible_to(by).for_change(asset.pk)
        require(by, "assets.correct_asset", asset)
        fresh(asset, version)
        refuse_if(reason_problems(reason))
        if all(x is None for x in (tag, serial, product, acquired_on, holder, room, school)):
            refuse_if([Problem("nothing-to-correct", _("Say what was wrong, and what is right."))])
        refuse_if(rules.time_problems(asset, at))
        refuse_if(merged_problems(asset))
        if holder is not None or room is not None:
            refuse_if(rules.closed_problems(asset))
        product, room, school = _as_they_are(product, room, school, by)
        refuse_if(identity_problems(asset, tag, serial, product, by, another))
        if acquired_on is not None:
            refuse_if(acquired_problems(asset, acquired_on, asset.unit))
            if any(x is not None for x in (holder, room, school)):
                refuse_if(rules.acquired_later_problems(asset, acquired_on, at))
        if holder is not None:
            holder = holders([holder.pk], by)[holder.pk]
        refuse_if(_gone_problems(asset, holder, room, school))
        came = asset.acquired_on
        leaves = room is None and school is not None and school.pk != asset.school_id
        placed = spans.since(AssetSpan, asset.pk, "school_id" if leaves else "room_id")
        if at is None:
            told = placed if leaves or room is not None else None
            refuse_if(_undated_problems(asset, holder, told))
        _correct_identity(asset, by, reason, tag, serial, product, acquired_on)
        if holder is not None and holder.pk != asset.holder_id:
            _correct_holder(asset, by, reason, holder, at)
        values: dict[str, Any] = {}
        if room is not None:
            require_target(by, "assets.correct_asset", [room])
            values = {**state.in_room(room.pk), "school_id": room.school_id}
        elif leaves and school is not None:
            require_target(by, "assets.correct_asset", [school], "school")
            values = {"school_id": school.pk}
        if values:
            state.change(
                asset,
                kind="asset.corrected",
                by=by,
                at=at or placed,
                data={"reason": reason},
                **values,
            )
        if "school_id" in values and room is None:
            _leave_rooms(asset, by, reason, at or placed)
        if acquired_on is not None and acquired_on != came:
            was_there_since(asset, by=by)
    return asset


def _as_they_are(
    product: Product | None, room: Room | None, school: School | None, by: Actor
) -> tuple[Product | None, Room | None, School | None]:
    """What is right, as it is now: since somebody named it, it may have been put out of use, or
    merged into what its name means since."""
    if product is not None:
        product = staying_products([product])[product.pk]
    if room is not None:
        room = Room.objects.visible_to(by).get(pk=room.pk)
    if school is not None:
        school = School.objects.visible_to(by).get(pk=school.pk)
    return product, room, school


def _undated_problems(
    asset: Asset, holder: Person | None, told: datetime | None
) -> Iterator[Problem]:
    """Without a day it is put right from its beginning, which may be before a merge."""
    starts = [told] if told else []
    if holder is not None and holder.pk != asset.holder_id:
        loans = Assignment.objects.filter(asset=asset, closed_at=None)
        starts += loans.values_list("opened_at", flat=True)
    if starts:
        yield from rules.before_merge_problems(asset, min(starts))


def _leave_rooms(asset: Asset, by: Actor, reason: str, since: datetime) -> None:
    """It was never in the rooms of the school that was wrong: it was with whoever had it, else
    nobody knows where."""
    known = AssetSpan.objects.known().filter(asset=asset).exclude(room=None)
    astray = known.exclude(room__school_id=F("school_id"))

    def place(span: AssetSpan) -> dict[str, Any]:
        holder = span.holder_id
        return state.with_person(holder) if holder else state.nowhere(Place.UNPLACED)

    _take_back(asset, astray, place, by, reason, since)


def _gone_problems(
    asset: Asset, holder: Person | None, room: Room | None, school: School | None
) -> Iterator[Problem]:
    """The right person, room and school of a thing are none that left or are out of use."""
    if holder is not None and holder.pk != asset.holder_id:
        yield from rules.holder_problems(holder, "holder")
    if room is not None and room.pk != asset.room_id:
        yield from rules.room_problems(room)
    if school is not None and school.pk != asset.school_id:
        yield from school_problems(school)


def _correct_identity(
    asset: Asset,
    by: Actor,
    reason: str,
    tag: str | None,
    serial: str | None,
    product: Product | None,
    acquired_on: date | None,
) -> None:
    values: dict[str, Any] = {}
    codes: list[AssetCode] = []
    gone: list[Touched] = []
    if tag is not None and tag.strip() != asset.tag:
        if code_key(tag) != asset.tag_key:
            again = AssetCode.objects.filter(asset=asset, key=code_key(tag))  # its tag once more
            gone = [removed(code) for code in again]
            again.delete()
            codes.append(
                AssetCode.objects.create(
                    asset=asset, code=asset.tag, key=asset.tag_key, kind=AssetCode.Kind.OLD_TAG
                )
            )
        values |= {"tag": tag.strip(), "tag_key": code_key(tag), "tag_order": tag_order(tag)}
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
        record(
            "asset.corrected",
            asset,
            by=by,
            changes=changes,
            data={"reason": reason},
            rows=codes,
            touched=gone,
        )


def _correct_holder(
    asset: Asset, by: Actor, reason: str, holder: Person, at: datetime | None
) -> None:
    """The wrong person: the open assignment is another's, from its beginning or from `at` on."""
    open_ = Assignment.objects.filter(asset=asset, closed_at=None).first()
    if open_ is None:
        message = _("%(tag)s is not checked out; hand it out instead.")
        refuse_if([Problem("not-assigned", message % {"tag": asset.tag}, "holder")])
        raise AssertionError
    start = max(at or open_.opened_at, open_.opened_at)
    ended = touched(open_, closed_at=(None, start), closed_by_id=(None, by.pk))
    Assignment.objects.filter(pk=open_.pk).update(closed_at=start, closed_by_id=by.pk)
    opened = Assignment.objects.create(
        asset=asset,
        number=asset.version + 1,
        person=holder,
        opened_at=start,
        opened_by_id=by.pk,
        due_on=open_.due_on,
    )
    values: dict[str, Any] = {"holder_id": holder.pk}
    if AssetSpan.objects.as_of(start).filter(asset=asset, person=open_.person_id).exists():
        values |= state.with_person(holder.pk)  # it was with the wrong person, not in a room
    state.change(
        asset,
        kind="asset.corrected",
        by=by,
        at=start,
        data={"reason": reason},
        rows=[opened],
        touched=[ended],
        **values,
    )
    _was_never_with(asset, open_.person_id, holder, by, reason, start)


def _was_never_with(
    asset: Asset, wrong: int, holder: Person, by: Actor, reason: str, since: datetime
) -> None:
    """Where it was told later on, beside the loan, that it was with the wrong person, it was with
    the right one."""
    known = AssetSpan.objects.known().filter(asset=asset, person=wrong, holder=holder)
    _take_back(asset, known, lambda _span: state.with_person(holder.pk), by, reason, since)


def _take_back(
    asset: Asset,
    wrong: SpanQuerySet[AssetSpan],
    right: Callable[[AssetSpan], dict[str, Any]],
    by: Actor,
    reason: str,
    since: datetime,
) -> None:
    """Each such word was told at an instant of its own, and is taken back from then: put
    right, it is among the wrong ones no more."""
    while (span := wrong.lasting(since).in_order().first()) is not None:
        state.change(
            asset,
            kind="asset.corrected",
            by=by,
            at=max(since, span.valid_from),
            data={"reason": reason},
            **right(span),
        )
