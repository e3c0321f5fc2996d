"""Seen: somebody had the thing before their eyes."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from assets import state
from assets.custody import rules
from assets.many import of_rows
from assets.models import Asset, Verification
from assets.places.actions import find_again
from core.access import Actor, System, require_all
from core.journal.writing import EntryDraft, changed, one_act, record_many
from core.problems import Problem, refuse_if
from core.time import days
from funding.models import Unit
from funding.rules.chronology import Chronology, chronology_problems
from people.models import Room


def verify_asset(
    asset: Asset,
    *,
    by: Actor,
    room: Room | None = None,
    condition: str | None = None,
    at: datetime | None = None,
) -> Asset:
    """Record that an asset was seen, where and by whom; resets its verification date
    (2 CFR 200.313(d)(2) wants the inventory, so this resets nothing but this thing)."""
    return verify_assets([asset], by=by, room=room, condition=condition, at=at)[0]


def find_and_verify(asset: Asset, *, by: Actor, room: Room | None = None) -> Asset:
    """Somebody who looks for what is there has a missing, lost or stolen thing before their eyes:
    found again and seen, in one act."""
    with transaction.atomic(), one_act():
        find_again(asset, by=by, room=room)
        return verify_asset(asset, by=by, room=room)


def verify_assets(
    assets: Sequence[Asset],
    *,
    by: Actor,
    room: Room | None = None,
    condition: str | None = None,
    at: datetime | None = None,
    method: str = "scan",
) -> list[Asset]:
    """Record that many were seen, all or none. Problems name their row: `rows.3.asset`."""
    with transaction.atomic():
        pks = {a.pk for a in assets}
        # Somebody may dispose of one this moment: that waits, or we see that it left.
        rows = list(Asset.objects.visible_to(by).filter(pk__in=pks).locked())
        if len(rows) < len(pks):
            raise Asset.DoesNotExist
        if room is not None:
            room = Room.objects.visible_to(by).get(pk=room.pk)
        require_all(by, "assets.verify_asset", rows)
        order = {asset.pk: i for i, asset in enumerate(assets)}
        received = _received(rows) if at is not None else {}
        out_of_use = list(rules.room_problems(room)) if room is not None else []
        found = (
            (
                order[a.pk],
                (
                    *rules.closed_problems(a),
                    *rules.seen_problems(a, condition, at),
                    *_order_problems(a, at, received.get(a.unit_id or 0)),
                    # What stands in a room that is out of use is seen there, and carried away then.
                    *(out_of_use if room is None or a.room_id != room.pk else ()),
                ),
            )
            for a in rows
        )
        refuse_if(of_rows(found, len(assets) > 1))
        now = days.now()
        when = at or now
        day = days.local_date(when)
        sightings = Verification.objects.bulk_create(
            Verification(
                asset=a,
                seen_at=when,
                recorded_at=now,
                room=room,
                method=method,
                by_id=None if isinstance(by, System) else by.pk,
            )
            for a in rows
        )
        data = {"room": room.pk if room else None, "method": method, "condition": condition}
        # An older sighting that is recorded late does not push the date back.
        newest = {a.pk: max(a.last_verified_on or day, day) for a in rows}
        seen = list(zip(rows, sightings, strict=True))
        if condition is not None:
            state.change_many(
                [
                    state.StateChange(
                        a,
                        {"condition": condition},
                        data,
                        rows=[sighting],
                        also={"condition_on": day, "last_verified_on": newest[a.pk]},
                    )
                    for a, sighting in seen
                ],
                kind="asset.verified",
                by=by,
                at=at,
            )
            return rows
        Asset.objects.filter(
            Q(last_verified_on=None) | Q(last_verified_on__lt=day), pk__in=pks
        ).update(last_verified_on=day)
        record_many(
            EntryDraft(
                "asset.verified",
                a,
                by,
                school_id=a.school_id,
                at=when,
                rows=[sighting],
                changes=changed(a, last_verified_on=newest[a.pk]),
                data=data,
            )
            for a, sighting in seen
        )
    return rows


def _received(assets: Sequence[Asset]) -> dict[int, date]:
    """Per unit of these the day on which somebody received it."""
    units = Unit.objects.filter(pk__in=[a.unit_id for a in assets if a.unit_id], listed_on=None)
    return dict(units.values_list("pk", "received_on"))


def _order_problems(
    asset: Asset, at: datetime | None, received_on: date | None
) -> Iterator[Problem]:
    """A thing is seen after it was acquired and received."""
    if at is not None and at <= days.now():
        yield from chronology_problems(
            Chronology(
                today=days.today(),
                acquired_on=asset.acquired_on,
                received_on=received_on,
                seen_on=days.local_date(at),
            )
        )
