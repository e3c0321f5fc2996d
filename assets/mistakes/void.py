"""Void: it never existed; and the undo of that."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Any

from django.db import transaction

from assets import state, unit_past
from assets.earlier import known_before
from assets.mistakes import again
from assets.mistakes.rules import (
    identity_problems,
    not_void_problems,
    reason_problems,
    void_problems,
)
from assets.models import Asset, AssetSpan, Disposal, Place, Status
from assets.models.status import CLOSED
from assets.register.acquired import (
    began_by_unit,
    came_otherwise,
    let_go,
    paid_as_it_was_there,
    was_there_since,
)
from core.access import Actor, require_all
from core.journal.writing import one_act, touched
from core.models import Entry
from core.problems import refuse_if
from core.time import days
from core.two_times import retold
from funding.models import Unit

#: The entry of what was merged into a void thing, and that of its undoing.
NEVER_WAS, WAS_AFTER_ALL = "asset.never_was", "asset.was_after_all"
_VOID: dict[str, Any] = {
    "status": Status.VOID,
    "holder_id": None,
    "unit_id": None,
    **state.nowhere(Place.CLOSED),
}


def void_asset(asset: Asset, *, by: Actor, reason: str) -> Asset:
    """It never existed. Its tag stays used; its unit is free for the thing that does exist."""
    return void_assets([asset], by=by, reason=reason)[0]


def void_assets(
    assets: Sequence[Asset], *, by: Actor, reason: str, undoing: bool = False
) -> list[Asset]:
    """They never existed, all or none, nor did what was merged into them: as known from now on, on
    no day; as known before, as they stood. Tags stay used; units are free for what does exist,
    also on past days. A thing that was disposed before this register can be void; another is
    reopened first. `undoing`: an import takes back what it brought, also what somebody has; needs
    the rights to register and to check in, and not that to void."""
    with transaction.atomic():
        # Another desk may hand one of them out: it waits and is then refused.
        rows = _rows(assets, by)
        require_all(by, "assets.register_asset" if undoing else "assets.void_asset", rows)
        refuse_if(reason_problems(reason))
        refuse_if(problem for asset in rows for problem in void_problems(asset, lent=undoing))
        disposed = [a.pk for a in rows if a.status == Status.DISPOSED]
        freed = began_by_unit(rows)
        merged = list(unit_past.merged_into(rows))
        now = days.now()
        standing = Disposal.objects.filter(asset__in=disposed, reopened_at=None)
        undone = {row.asset_id: touched(row, reopened_at=(None, now)) for row in standing}
        standing.update(reopened_at=now)
        loans = again.end_loans([a for a in rows if a.holder_id], by, now)
        never_was = partial(retold.never_was, AssetSpan)
        told = {"undone": True} if undoing else {}
        state.change_many(
            [
                state.StateChange(
                    a,
                    _VOID,
                    {"reason": reason, "unit": a.unit_id} | told,
                    touched=[ends[a.pk] for ends in (undone, loans) if a.pk in ends],
                )
                for a in rows
            ],
            kind="asset.voided",
            by=by,
            now=now,
            write=never_was,
        )
        state.change_many(
            [state.StateChange(a, _VOID, {"into": b.pk, "reason": reason}) for a, b in merged],
            kind=NEVER_WAS,
            by=by,
            now=now,
            write=never_was,
        )
        let_go(freed, by=by)
    return rows


def reinstate_assets(
    assets: Sequence[Asset],
    *,
    by: Actor,
    reason: str,
    said: Mapping[int, again.Lent] = MappingProxyType({}),
    bare: Container[int] = frozenset(),
    undone: Container[int] = frozenset(),
) -> list[Asset]:
    """Undo of void: they exist after all, on each day as they stood before, but now with nobody:
    what a person had is in stock and not placed. A unit that is still free comes back with its
    thing, and what was merged into it was there before. `said`: what a list says anew of who has
    them, by thing; `bare`: of which it names another unit; `undone`: of which only imports spoke
    that were undone: who may register them may bring them again."""
    with transaction.atomic(), one_act():
        # Its serial may be registered anew meanwhile: the database refuses the second.
        rows = _rows(assets, by)
        require_all(by, "assets.void_asset", [a for a in rows if a.pk not in undone])
        require_all(by, "assets.register_asset", [a for a in rows if a.pk in undone])
        refuse_if(reason_problems(reason))
        refuse_if(problem for asset in rows for problem in not_void_problems(asset))
        refuse_if(p for a in rows for p in identity_problems(a, None, a.serial, None, by))
        since = again.voided_at(a.pk for a in rows)
        loans = again.voided_loans(since)
        past = was_before_void(rows, loans, bare)
        parts = {a.pk: again.Parts() for a in rows}
        again.lent_again(past, loans, said, by, parts)
        then = _last(rows, past)
        now = days.now()
        left = [a for a in rows if then[a.pk]["status"] == Status.DISPOSED]
        again.disposed_again(left, since, now, parts)
        changes = [
            state.StateChange(
                a,
                then[a.pk],
                {"reason": reason},
                rows=parts[a.pk].rows,
                touched=parts[a.pk].touched,
            )
            for a in rows
        ]
        write = retold.after_all(AssetSpan, past)
        state.change_many(changes, kind="asset.reinstated", by=by, now=now, write=write)
        merged_again(rows, reason, by, now)
        paid_as_it_was_there([a for a in rows if a.pk in past], by=by)
        for asset in rows:  # its acquired day may have been put right while it was void
            if asset.pk in past and came_otherwise(asset, past[asset.pk][0][0].valid_from):
                was_there_since(asset, by=by)
    return rows


def merged_again(
    rows: Sequence[Asset],
    reason: str,
    by: Actor,
    now: datetime,
    was: Mapping[int, again.Was] | None = None,
) -> None:
    """What was merged into these was there after all too, on the days before with their money.
    `was`: how it was, where that is not what their void ended."""
    merged = dict(unit_past.merged_into(rows))
    winners = {b.pk: b for b in merged.values()}
    paid = {pk: unit_past.carriers(b)[1:] for pk, b in winners.items()}
    carrier = {row.asset.pk: row for rows_ in paid.values() for row in rows_}
    past = dict(was_before_void(list(merged)) if was is None else was)
    for asset, winner in merged.items():
        for span, values in past.get(asset.pk, ()):
            carries = asset.pk in carrier and carrier[asset.pk].carries(span)
            values["unit_id"] = winner.unit_id if carries else None
    state.change_many(
        [
            state.StateChange(a, past[a.pk][-1][1], {"into": b.pk, "reason": reason})
            for a, b in merged.items()
            if a.pk in past
        ],
        kind=WAS_AFTER_ALL,
        by=by,
        now=now,
        write=retold.after_all(AssetSpan, past),
    )
    for pk, asset in winners.items():  # those that an older release left
        unit_past.told_of_merged(paid[pk], asset.unit_id, by=by, now=now)


def was_before_void(
    rows: Sequence[Asset],
    lent: Container[int] = frozenset(),
    bare: Container[int] = frozenset(),
) -> dict[int, again.Was]:
    """By thing the spans that its void, or that of what it was merged into, said were not true,
    each with the state that it stands in again; the last with nobody, unless the void ended a loan
    (`lent`), and without the unit that it had where another is named for it (`bare`). None for what
    is not void so, and for what an older release voided: its past was left as it was."""
    kinds = ("asset.voided", NEVER_WAS, WAS_AFTER_ALL, "asset.merged")
    entries = Entry.objects.filter(
        subject_type="assets.asset", subject_id__in=[a.pk for a in rows], kind__in=kinds
    )
    last = {entry.subject_id: entry for entry in entries.order_by("pk")}
    voids = {
        pk: entry.pk
        for pk, entry in last.items()
        if entry.kind in kinds[:2] and any("known_to" in told for told in _touched(entry))
    }
    kept = known_before(voids)
    free = free_units(span.unit_id for spans_ in kept.values() for span in spans_)
    return {
        pk: [
            (span, stands(span, units, last=span is spans_[-1] and pk not in lent))
            for span in spans_
        ]
        for pk, spans_ in kept.items()
        for units in [set() if pk in bare else free]
    }


def stands_again(
    rows: Sequence[Asset], said: Mapping[int, again.Lent]
) -> dict[int, dict[str, Any]]:
    """The state that each would stand in once it is reinstated, by its key; nothing is written."""
    loans = again.voided_loans(again.voided_at(a.pk for a in rows))
    past = was_before_void(rows, loans)
    again.as_lent(past, loans, said)
    return _last(rows, past)


def _last(rows: Sequence[Asset], past: Mapping[int, again.Was]) -> dict[int, dict[str, Any]]:
    """The last state of each of these that it was in before its void (`past`), or that an older
    release left."""
    legacy = _states_before([a for a in rows if a.pk not in past])
    return {pk: was[-1][1] for pk, was in past.items()} | legacy


def _touched(entry: Entry) -> list[dict[str, Any]]:
    """What an entry says of spans that were there."""
    found: list[dict[str, Any]] = entry.data.get("touched", {}).get("assets.assetspan", [])
    return found


def free_units(units: Iterable[int | None]) -> set[int]:
    """Which of these units nothing else stands for meanwhile."""
    wanted = {pk for pk in units if pk}
    found = Unit.objects.filter(pk__in=wanted, voided_at=None, asset=None)
    return set(found.values_list("pk", flat=True))


def stands(span: AssetSpan, free: set[int], *, last: bool) -> dict[str, Any]:
    """A span's state as it holds again: with its unit where that is free, and today with nobody."""
    values = {f: getattr(span, f) for f in AssetSpan.fields}
    values["unit_id"] = span.unit_id if span.unit_id in free else None
    if last:
        if span.place == Place.PERSON:
            values |= state.nowhere(Place.UNPLACED)
        if span.holder_id and span.status not in CLOSED:
            values["status"] = Status.IN_STOCK
        values["holder_id"] = None
    return values


def _rows(assets: Sequence[Asset], by: Actor) -> list[Asset]:
    pks = {a.pk for a in assets}
    # What a desk does with one of them this moment waits for us, or we see what it did.
    rows = list(Asset.objects.visible_to(by).filter(pk__in=pks).locked())
    if len(rows) < len(pks):
        raise Asset.DoesNotExist
    return rows


def _states_before(rows: Sequence[Asset]) -> dict[int, dict[str, Any]]:
    """The state that each stood in before it was voided or merged, without a holder, and with its
    unit where that is free."""
    known = AssetSpan.objects.known().filter(asset__in=[a.pk for a in rows])
    was = list(known.exclude(status=Status.VOID).in_order())
    free = free_units(span.unit_id for span in was)
    found = {span.asset_id: stands(span, free, last=True) for span in was}
    blank = {"status": Status.IN_STOCK, **state.nowhere(Place.UNPLACED)}
    return {a.pk: found.get(a.pk, blank) for a in rows}
