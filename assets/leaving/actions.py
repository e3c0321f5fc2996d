"""Leaving the register for good, and the act that undoes a mistake."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from assets import state
from assets.custody.known import known_days, there_since
from assets.custody.rules import before_merge_problems
from assets.leaving import rules, since
from assets.life import DIRECT_DISPOSAL, LIFE, Edge
from assets.models import Asset, AssetSpan, Disposal, Place, Status
from assets.unit_past import rows_of
from core.access import Actor, require
from core.journal.writing import touched
from core.problems import Problem, refuse_if
from core.time import days
from core.two_times import spans
from funding.rules.chronology import Chronology, chronology_problems


def dispose_asset(
    asset: Asset,
    *,
    by: Actor,
    method: str,
    disposed_on: date,
    sale_price: Decimal | None = None,
    fair_market_value: Decimal | None = None,
    recipient: str = "",
    reason: str = "",
) -> Disposal:
    """Record how and when an asset left (2 CFR 200.313(d)(1): date of disposal and sale price). It
    is disposed since that day: what its papers say of later days is true no more.

    From awaiting disposal by any method; straight from received only back to the vendor, from
    repair only for parts. Refused while it is out to a person."""
    with transaction.atomic():
        # Somebody may hand it out this moment: the second of us waits and is then refused.
        asset = Asset.objects.visible_to(by).for_change(asset.pk)
        require(by, "assets.dispose_asset", asset)
        refuse_if(rules.disposal_problems(asset))
        allowed = DIRECT_DISPOSAL.get(Status(asset.status))
        if allowed is not None and method not in allowed:
            message = _(
                "From %(status)s this method is not possible. Bring it first by Change status to "
                "awaiting disposal."
            )
            words = {"status": Status(asset.status).words}
            refuse_if([Problem("illegal-move", message % words, "method")])
        refuse_if(_order_problems(asset, disposed_on))
        left = days.start_of_day(disposed_on)
        refuse_if(before_merge_problems(asset, left, "disposed_on"))
        refuse_if(_amount_problems(sale_price=sale_price, fair_market_value=fair_market_value))
        now = days.now()
        disposal = Disposal.objects.create(
            asset=asset,
            disposed_on=disposed_on,
            method=method,
            sale_price=sale_price,
            fair_market_value=fair_market_value,
            recipient=recipient,
            reason=reason,
            recorded_at=now,
        )
        values = {"status": Status.DISPOSED, "holder_id": None, **state.nowhere(Place.CLOSED)}
        data = {
            "method": method,
            "sale_price": sale_price,
            "disposal": disposal.pk,
            "reason": reason,
        }
        state.change_many(
            [state.StateChange(asset, values, data, rows=[disposal])],
            kind="asset.disposed",
            by=by,
            at=since.left_at(asset, disposed_on),
            now=now,
            write=since.disposed,
        )
    return disposal


def _amount_problems(**amounts: Decimal | None) -> Iterator[Problem]:
    """Neither what was paid for it nor what it was worth is below zero."""
    for field, amount in amounts.items():
        if amount is not None and amount < 0:
            yield Problem("amount-negative", _("An amount is not negative."), field)


def _order_problems(asset: Asset, disposed_on: date) -> Iterator[Problem]:
    """A thing was there before it left, and nobody came to it after that."""
    first, known = there_since(asset), known_days(rows_of(asset))
    last = {name: day for name, day in known.items() if name.startswith("last_")}
    yield from chronology_problems(
        Chronology(
            today=days.today(),
            acquired_on=asset.acquired_on,
            there_since=days.local_date(first) if first else None,
            disposed_on=disposed_on,
            **last,
        )
    )


def reopen_disposal(asset: Asset, *, by: Actor, reason: str, to: str = Status.SURPLUS) -> Asset:
    """The disposal was recorded by mistake: the thing is here, and was since that began; what it
    said was not true was so. Its own permission and a reason. As known before, it was disposed."""
    with transaction.atomic():
        # Two may reopen it: the second waits, and finds that it is not disposed any more.
        asset = Asset.objects.visible_to(by).for_change(asset.pk)
        require(by, "assets.reopen_asset", asset)
        refuse_if(rules.reopen_problems(asset))
        if not reason.strip():
            refuse_if([Problem("reason-missing", _("Say why."), "reason")])
        if LIFE[Status.DISPOSED].get(Status(to)) is not Edge.REOPEN:
            message = _("%(tag)s can be reopened as surplus or in stock.")
            refuse_if([Problem("illegal-move", message % {"tag": asset.tag}, "status")])
        now = days.now()
        standing = Disposal.objects.filter(asset=asset, reopened_at=None)
        at = spans.since(AssetSpan, asset.pk, "status")
        before = since.told_before(asset, standing.first(), at)
        at = max([at, *(told.at for told in before)])
        undone = [touched(row, reopened_at=(None, now)) for row in standing]
        standing.update(reopened_at=now)
        values = {"status": to, **state.nowhere(Place.UNPLACED)}
        state.change_many(
            [state.StateChange(asset, values, {"reason": reason}, touched=undone)],
            kind="asset.reopened",
            by=by,
            at=at,
            now=now,
            write=since.reopened(before),
        )
    return asset
