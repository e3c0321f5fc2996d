"""Which money bought a thing, put right on every day that it was there."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from assets import state, unit_past
from assets.models import Asset
from core.access import Actor
from core.time import days


def is_bought_by(
    asset: Asset,
    unit: int | None,
    *,
    by: Actor,
    kind: str = "asset.changed",
    but: Asset | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """A locked thing was bought by this money, or by none that we know, from the beginning. What
    was merged into it (all `but` a row that is that no more) had it on the days before."""
    now = days.now()
    rows = unit_past.carriers(asset, but)
    own = [s for s in asset.spans.known().in_order() if rows[0].carries(s)]
    state.change_many(
        [state.StateChange(asset, {"unit_id": unit}, data or {})],
        kind=kind,
        by=by,
        at=own[0].valid_from if own else now,
        now=now,
        write=partial(unit_past.told, but=but),
    )
    unit_past.told_of_merged(rows[1:], unit, by=by, now=now)
