"""Registering: things enter the register, new ones as received and tagged, old ones as they are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Model

from assets import state, unit_past
from assets.catalog.actions import staying_products
from assets.codes.tags import take_tags
from assets.custody.holders import holders
from assets.models import (
    Asset,
    AssetSpan,
    Assignment,
    Disposal,
    Place,
    Status,
    Verification,
)
from assets.models.keys import code_key, tag_order
from assets.models.status import CLOSED
from assets.register.beginnings import Times, beginnings
from assets.register.draft import AssetDraft
from assets.register.rules import registration_problems
from core.access import SYSTEM, Actor, require_all
from core.db import bulk
from core.facts.salts import new_salt
from core.journal.writing import EntryDraft, record_many
from core.problems import refuse_if
from core.time import days
from core.two_times import first_spans
from funding.actions import paid_from
from funding.actions.thing_moves import refuse_other_money
from funding.models import Unit
from people.models import Room, School


def register_asset(*, by: Actor, **values: object) -> Asset:
    """Register one thing; the same as `register_assets` with one draft."""
    # The draft says what it takes.
    return register_assets([AssetDraft(**values)], by=by)[0]  # type: ignore[arg-type]


def register_assets(drafts: Sequence[AssetDraft], *, by: Actor) -> list[Asset]:
    """Register many things at once: all or none. Raises Refused with `rows.N.field` problems;
    tags are unique for ever, serials per make and model."""
    try:
        return _register(drafts, by=by)
    except IntegrityError:
        # Two desks took the same tag, serial or unit in the same moment: the second is told which.
        refuse_if(registration_problems(drafts, by))
        raise


def register_numbered(drafts: Sequence[AssetDraft], *, by: Actor) -> list[Asset]:
    """`register_assets`, where a draft with an empty tag takes the district's next free number
    that no other draft bears. What is refused takes none."""
    with transaction.atomic():
        # Two may register at once: `take_tags` lets one wait for the other's numbers.
        wanting = sum(not d.tag for d in drafts)
        tags = iter(take_tags(wanting, by=by, but=(d.tag for d in drafts)) if wanting else ())
        return register_assets([d if d.tag else replace(d, tag=next(tags)) for d in drafts], by=by)


def _register(drafts: Sequence[AssetDraft], *, by: Actor) -> list[Asset]:
    with transaction.atomic():
        require_all(by, "assets.register_asset", {d.school.pk: d for d in drafts}.values())
        # A unit could be voided this moment: its voider waits and is refused, or we see it void.
        units = sorted(d.unit.pk for d in drafts if d.unit is not None)
        list(Unit.objects.select_for_update().filter(pk__among=units).order_by("pk").values("pk"))
        held = {d.holder.pk for d in drafts if d.holder is not None}
        if held:
            people = holders(held, SYSTEM)  # whether `by` sees them was asked where they were named
            drafts = [replace(d, holder=people[d.holder.pk]) if d.holder else d for d in drafts]
        drafts = _as_they_are(drafts)
        refuse_if(registration_problems(drafts, by))
        now = days.now()
        assets = [_asset(d, now) for d in drafts]
        bulk.create(assets)
        pairs = list(zip(drafts, assets, strict=True))
        times = [Times.of(d, now) for d in drafts]
        begun = first_spans.begin(
            AssetSpan,
            [x for (d, a), t in zip(pairs, times, strict=True) for x in beginnings(d, a, t)],
            now,
        )
        bought = {a.pk: (i, a, d.unit) for i, (d, a) in enumerate(pairs) if d.unit}
        stood = unit_past.stood_before(a for _i, a, _unit in bought.values())
        for pk, earlier in stood.items():
            i, _thing, unit = bought[pk]
            at = f"rows.{i}.unit" if len(drafts) > 1 else "unit"
            refuse_other_money(unit, earlier, by, at)
        took = {d.unit.pk: a.pk for d, a in pairs if d.unit}
        had = unit_past.is_of_these_alone(took, by=by, now=now) if took else {}
        # The money was there as long as the thing.
        starts = {d.unit: t.began for d, t in zip(drafts, times, strict=True) if d.unit}
        paid_from(starts, by=by, before=had)
        assignments = [
            Assignment(
                asset=a,
                number=a.version,
                person=d.holder,
                opened_at=t.loaned,
                opened_by_id=by.pk,
            )
            for (d, a), t in zip(pairs, times, strict=True)
            if d.holder and a.status not in CLOSED
        ]
        disposals = [
            Disposal(
                asset=a,
                disposed_on=d.disposed_on,
                method=d.disposal_method or "unknown",
                recorded_at=now,
            )
            for d, a in pairs
            if a.status == Status.DISPOSED
        ]
        sightings = [_sighting(d, a, by, now) for d, a in pairs if d.seen or d.last_verified_on]
        rows: dict[int, list[Model]] = {pk: list(spans_) for pk, spans_ in begun.items()}
        for part in (assignments, disposals, sightings):
            bulk.append(part)
            for row in part:
                rows[row.asset_id].append(row)
        record_many(
            EntryDraft(
                "asset.initialized" if d.legacy else "asset.registered",
                a,
                by,
                school_id=a.school_id,
                at=t.began,
                created=True,
                rows=rows[a.pk],
            )
            for (d, a), t in zip(pairs, times, strict=True)
        )
    return assets


def _as_they_are(drafts: Sequence[AssetDraft]) -> list[AssetDraft]:
    """Drafts with their schools, rooms and products as they are now: since somebody named them one
    may have been put out of use, or merged, which goes on meaning the one that stayed."""
    schools = School.objects.in_bulk({d.school.pk for d in drafts})
    named = {room.pk for d in drafts for room in (d.room, d.home_room) if room is not None}
    rooms = Room.objects.in_bulk(named) if named else {}
    products = staying_products(d.product for d in drafts)
    return [
        replace(
            d,
            school=schools[d.school.pk],
            room=d.room and rooms[d.room.pk],
            home_room=d.home_room and rooms[d.home_room.pk],
            product=products[d.product.pk],
        )
        for d in drafts
    ]


def _sighting(draft: AssetDraft, asset: Asset, by: Actor, now: datetime) -> Verification:
    """That of the person who registers it, else the one that its source tells of."""
    if draft.seen or draft.last_verified_on is None:
        return Verification(
            asset=asset, seen_at=now, recorded_at=now, room=draft.room, by_id=by.pk, method="scan"
        )
    return Verification(
        asset=asset,
        seen_at=days.start_of_day(draft.last_verified_on),
        recorded_at=now,
        method="source",
    )


def _asset(draft: AssetDraft, now: datetime) -> Asset:
    closed = draft.status in CLOSED
    if closed:
        place = state.nowhere(Place.CLOSED)
    elif draft.room is not None:
        place = state.in_room(draft.room.pk)
    elif draft.holder is not None:
        place = state.with_person(draft.holder.pk)
    else:
        place = state.nowhere(Place.UNPLACED)
    status = draft.status
    if draft.holder is not None and status in (Status.IN_STOCK, Status.RECEIVED):
        status = Status.IN_USE
    return Asset(
        tag=draft.tag.strip(),
        tag_key=code_key(draft.tag),
        tag_order=tag_order(draft.tag),
        serial=draft.serial.strip(),
        serial_key=code_key(draft.serial),
        product=draft.product,
        description=draft.description.strip(),
        salt=new_salt() if draft.description.strip() else "",
        school=draft.school,
        status=status,
        **place,
        holder=None if closed else draft.holder,
        home_room=draft.home_room,
        condition=draft.condition,
        condition_on=draft.condition_on,
        acquired_on=draft.acquired_on,
        unit=draft.unit,
        title_holder=draft.title_holder,
        use=draft.use,
        last_verified_on=days.local_date(now) if draft.seen else draft.last_verified_on,
        registered_at=now,
        legacy=draft.legacy,
        source_key=draft.source_key,
    )
