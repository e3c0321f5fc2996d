"""Handing out and checking in."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assets import state
from assets.custody import rules
from assets.custody.holders import holders
from assets.many import of_rows
from assets.models import Asset, Assignment, Status
from assets.target import require_target
from core.access import Actor, require, require_all
from core.db import bulk
from core.db.statements import insert, together
from core.journal.writing import touched
from core.problems import Problem, refuse_if
from core.time import days
from people.models import Person, Room


def assign_asset(
    asset: Asset, *, to: Person, by: Actor, at: datetime | None = None, due_on: date | None = None
) -> None:
    """Hand an asset to a person. An asset has at most one open assignment.

    `at` (instant) may lie in the past. Raises Refused when it is out already or not available,
    NotPermitted, DoesNotExist outside your schools."""
    with transaction.atomic():
        # Two desks may scan the same device: the second waits here and is then refused.
        asset = Asset.objects.visible_to(by).for_change(asset.pk)
        to = holders([to.pk], by)[to.pk]
        require(by, "assets.assign_asset", asset)
        refuse_if(rules.assignment_problems(asset, to, at))
        now = days.now()
        opened = Assignment(
            asset=asset,
            number=asset.version + 1,
            person=to,
            opened_at=at or now,
            due_on=due_on,
            opened_by_id=by.pk,
        )
        with together():
            insert([opened])
            state.change(
                asset,
                kind="asset.assigned",
                by=by,
                at=at,
                status=Status.IN_USE,
                holder_id=to.pk,
                rows=[opened],
                now=now,
                **state.with_person(to.pk),
            )


def assign_assets(
    pairs: Sequence[tuple[Asset, Person]],
    *,
    by: Actor,
    at: datetime | None = None,
    due_on: date | None = None,
) -> None:
    """Hand out many at once, all or none, for journeys that bring a list (import, REST).
    Problems name their row: `rows.3.asset`."""
    with transaction.atomic():
        wanted = {asset.pk: to.pk for asset, to in pairs}
        # Another desk may hold some of these: locks are taken in key order, nobody deadlocks.
        assets = list(Asset.objects.visible_to(by).filter(pk__in=wanted).locked())
        people = holders(wanted.values(), by)
        if len(assets) < len(wanted):
            raise Asset.DoesNotExist
        require_all(by, "assets.assign_asset", assets)
        order = {asset.pk: i for i, (asset, _to) in enumerate(pairs)}
        refuse_if(
            of_rows(
                (
                    (order[a.pk], rules.assignment_problems(a, people[wanted[a.pk]], at))
                    for a in assets
                ),
                len(pairs) > 1,
            )
        )
        now = days.now()
        assignments = [
            Assignment(
                asset=a,
                number=a.version + 1,
                person_id=wanted[a.pk],
                opened_at=at or now,
                due_on=due_on,
                opened_by_id=by.pk,
            )
            for a in assets
        ]
        bulk.append(assignments)
        state.change_many(
            [
                state.StateChange(
                    a,
                    {
                        "status": Status.IN_USE,
                        "holder_id": wanted[a.pk],
                        **state.with_person(wanted[a.pk]),
                    },
                    rows=[opened],
                )
                for a, opened in zip(assets, assignments, strict=True)
            ],
            kind="asset.assigned",
            by=by,
            at=at,
            now=now,
        )


def hand_over_asset(asset: Asset, *, to: Person, by: Actor) -> None:
    """From the person who has it to another: a return and a hand-out, both or none."""
    with transaction.atomic():
        # A third desk may take it in between the two: both stand on the lock of the first.
        return_asset(asset, by=by, onward=True)
        assign_asset(asset, to=to, by=by)


def return_asset(
    asset: Asset,
    *,
    by: Actor,
    room: Room | None = None,
    condition: str | None = None,
    at: datetime | None = None,
    onward: bool = False,
) -> Asset:
    """Check an asset in: to a room, else to its home room, else not placed. In stock again, and of
    the school of that room, where `by` may check in, too. `onward`: the next act says where it
    goes, so its home room is not asked."""
    one = [asset]
    return return_assets(one, by=by, room=room, condition=condition, at=at, onward=onward)[0]


def return_assets(
    assets: Sequence[Asset],
    *,
    by: Actor,
    room: Room | None = None,
    condition: str | None = None,
    at: datetime | None = None,
    onward: bool = False,
) -> list[Asset]:
    """Check in many at once, all or none. Problems name their row: `rows.3.asset`."""
    with transaction.atomic():
        pks = {a.pk for a in assets}
        # A hand-out at another desk may be under way: it waits for us or we for it.
        rows = list(Asset.objects.visible_to(by).filter(pk__in=pks).locked())
        if len(rows) < len(pks):
            raise Asset.DoesNotExist
        if room is not None:
            room = Room.objects.visible_to(by).get(pk=room.pk)
        goes = {} if onward and room is None else _targets(rows, room)
        require_all(by, "assets.return_asset", rows)
        require_target(
            by,
            "assets.return_asset",
            goes.values(),
            sentence=""
            if room is not None
            else _(
                "Its home room is in a school where your role does not allow this. Choose "
                "another room."
            ),
        )
        open_ = rules.open_loans(rows)
        order = {asset.pk: i for i, asset in enumerate(assets)}
        refuse_if(
            of_rows(
                (
                    (
                        order[a.pk],
                        (
                            *rules.return_problems(a, open_.get(a.pk), at),
                            *_target_problems(a, goes.get(a.pk), chosen=room is not None),
                        ),
                    )
                    for a in rows
                ),
                len(assets) > 1,
            )
        )
        now = days.now()
        when = at or now
        Assignment.objects.filter(pk__in=[x.pk for x in open_.values()]).update(
            closed_at=when, closed_by_id=by.pk
        )
        changes = []
        ends = {"closed_at": (None, when), "closed_by_id": (None, by.pk)}
        for asset in rows:
            ended = open_.get(asset.pk)
            target = goes.get(asset.pk)
            place = state.in_room(target.pk) if target else state.nowhere("unplaced")
            values = {"status": Status.IN_STOCK, "holder_id": None, **place}
            if target is not None:
                values["school_id"] = target.school_id
            if condition is not None:
                values["condition"] = condition
            changes.append(
                state.StateChange(
                    asset,
                    values,
                    {"person": asset.holder_id},
                    touched=[touched(ended, **ends)] if ended else [],
                )
            )
        also = {"condition_on": days.local_date(when)} if condition is not None else None
        state.change_many(changes, kind="asset.returned", by=by, at=at, also=also, now=now)
    return rows


def _targets(assets: Sequence[Asset], room: Room | None) -> dict[int, Room]:
    """Where each goes: the room that was chosen, else its home room (all in one query)."""
    if room is not None:
        return {a.pk: room for a in assets}
    homes = {a.pk: a.home_room_id for a in assets if a.home_room_id}
    found = Room.objects.select_related("school").in_bulk(set(homes.values())) if homes else {}
    return {pk: found[home] for pk, home in homes.items()}


def _target_problems(asset: Asset, room: Room | None, *, chosen: bool) -> Iterator[Problem]:
    """Where it would go is in use: the room that was chosen, else its home room."""
    if room is None:
        return
    if chosen:
        yield from rules.place_problems(asset, room)
        return
    for problem in rules.room_problems(room):
        message = _("Its home room %(room)s is no longer in use. Choose another room.")
        yield replace(problem, message=message % {"room": room})
