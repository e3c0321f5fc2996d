"""Void: it never existed; and the undo of that."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from assets import state
from assets.mistakes.rules import (
    identity_problems,
    not_void_problems,
    reason_problems,
    void_problems,
)
from assets.models import Asset, AssetSpan, Disposal, Place, Status
from assets.models.status import CLOSED
from core.access import Actor, require_all
from core.journal.writing import touched
from core.problems import refuse_if
from core.time import days
from funding.models import Unit


def void_asset(asset: Asset, *, by: Actor, reason: str) -> Asset:
    """It never existed. Its tag stays used; its unit is free for the thing that does exist."""
    return void_assets([asset], by=by, reason=reason)[0]


def void_assets(assets: Sequence[Asset], *, by: Actor, reason: str) -> list[Asset]:
    """They never existed, all or none. Tags stay used; units are free for what does exist. A
    thing that was disposed before this register can be void; another is reopened first."""
    with transaction.atomic():
        # Another desk may hand one of them out: it waits and is then refused.
        rows = _rows(assets, by)
        require_all(by, "assets.void_asset", rows)
        refuse_if(reason_problems(reason))
        refuse_if(problem for asset in rows for problem in void_problems(asset))
        disposed = [a.pk for a in rows if a.status == Status.DISPOSED]
        now = days.now()
        standing = Disposal.objects.filter(asset__in=disposed, reopened_at=None)
        undone = {row.asset_id: touched(row, reopened_at=(None, now)) for row in standing}
        standing.update(reopened_at=now)
        state.change_many(
            [
                state.StateChange(
                    a,
                    {
                        "status": Status.VOID,
                        "holder_id": None,
                        "unit_id": None,
                        **state.nowhere(Place.CLOSED),
                    },
                    {"reason": reason, "unit": a.unit_id},
                    touched=[undone[a.pk]] if a.pk in undone else [],
                )
                for a in rows
            ],
            kind="asset.voided",
            by=by,
        )
    return rows


def reinstate_assets(assets: Sequence[Asset], *, by: Actor, reason: str) -> list[Asset]:
    """Undo of void: they exist after all, as they stood before, but with nobody: what a person
    had is in stock and not placed. A unit that is still free comes back with its thing."""
    with transaction.atomic():
        # Its serial may be registered anew meanwhile: the database refuses the second.
        rows = _rows(assets, by)
        require_all(by, "assets.void_asset", rows)
        refuse_if(reason_problems(reason))
        refuse_if(problem for asset in rows for problem in not_void_problems(asset))
        refuse_if(p for a in rows for p in identity_problems(a, None, a.serial, None, by))
        then = states_before(rows)
        now = days.now()
        disposals = Disposal.objects.bulk_create(
            Disposal(asset=a, method="unknown", recorded_at=now)
            for a in rows
            if then[a.pk]["status"] == Status.DISPOSED
        )
        again = {row.asset_id: row for row in disposals}
        changes = [
            state.StateChange(
                a, then[a.pk], {"reason": reason}, rows=[again[a.pk]] if a.pk in again else []
            )
            for a in rows
        ]
        state.change_many(changes, kind="asset.reinstated", by=by)
    return rows


def _rows(assets: Sequence[Asset], by: Actor) -> list[Asset]:
    pks = {a.pk for a in assets}
    rows = list(Asset.objects.visible_to(by).filter(pk__in=pks).locked())
    if len(rows) < len(pks):
        raise Asset.DoesNotExist
    return rows


def states_before(rows: Sequence[Asset]) -> dict[int, dict[str, Any]]:
    """The state that each stood in before it was voided or merged, without a holder, and with its
    unit where that is free."""
    spans = AssetSpan.objects.known().filter(asset__in=[a.pk for a in rows])
    found: dict[int, dict[str, Any]] = {}
    free = Unit.objects.filter(pk__in=spans.values("unit"), voided_at=None, asset=None)
    units = set(free.values_list("pk", flat=True))
    for span in spans.exclude(status=Status.VOID).in_order():
        values = {f: getattr(span, f) for f in AssetSpan.fields} | {"holder_id": None}
        values["unit_id"] = span.unit_id if span.unit_id in units else None
        if span.place == Place.PERSON:
            values |= state.nowhere(Place.UNPLACED)
        if span.holder_id and span.status not in CLOSED:
            values["status"] = Status.IN_STOCK
        found[span.asset_id] = values
    blank = {"status": Status.IN_STOCK, **state.nowhere(Place.UNPLACED)}
    return {a.pk: found.get(a.pk, blank) for a in rows}
