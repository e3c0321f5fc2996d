"""Leaving the register for good, and the act that undoes a mistake."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assets import state
from assets.leaving import rules
from assets.life import DIRECT_DISPOSAL, LIFE, Edge
from assets.models import Asset, AssetSpan, Disposal, Place, Status
from core.access import Actor, require
from core.journal.writing import touched
from core.problems import Problem, refuse_if
from core.time import days, spans
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
    """Record how and when an asset left (2 CFR 200.313(d)(1): date of disposal and sale price).

    From awaiting disposal by any method; straight from received only back to the vendor, from
    repair only for parts. Refused while it is out to a person."""
    with transaction.atomic():
        # Somebody may hand it out this moment: the second of us waits and is then refused.
        asset = Asset.objects.visible_to(by).for_change(asset.pk)
        require(by, "assets.dispose_asset", asset)
        refuse_if(rules.disposal_problems(asset))
        allowed = DIRECT_DISPOSAL.get(Status(asset.status))
        if allowed is not None and method not in allowed:
            message = _("From %(status)s this method is not possible; request its disposal first.")
            words = {"status": Status(asset.status).words}
            refuse_if([Problem("illegal-move", message % words, "method")])
        order = Chronology(
            today=days.today(), acquired_on=asset.acquired_on, disposed_on=disposed_on
        )
        refuse_if(chronology_problems(order))
        if sale_price is not None and sale_price < 0:
            refuse_if([Problem("amount-negative", _("A price is not negative."), "sale_price")])
        at = min(days.start_of_day(disposed_on), days.now())
        at = days.now() if disposed_on == days.today() else at
        # The paper may say a day before the request was recorded; the disposal keeps that day,
        # and the state closes with the last thing that was recorded.
        last = (
            AssetSpan.objects.known().filter(asset=asset).aggregate(last=Max("valid_from"))["last"]
        )
        at = max(at, last) if last else at
        disposal = Disposal.objects.create(
            asset=asset,
            disposed_on=disposed_on,
            method=method,
            sale_price=sale_price,
            fair_market_value=fair_market_value,
            recipient=recipient,
            reason=reason,
            recorded_at=days.now(),
        )
        state.change(
            asset,
            kind="asset.disposed",
            by=by,
            at=at,
            status=Status.DISPOSED,
            holder_id=None,
            data={
                "method": method,
                "sale_price": sale_price,
                "disposal": disposal.pk,
                "reason": reason,
            },
            rows=[disposal],
            **state.nowhere(Place.CLOSED),
        )
    return disposal


def reopen_disposal(asset: Asset, *, by: Actor, reason: str, to: str = Status.SURPLUS) -> Asset:
    """The disposal was recorded by mistake: the thing is here, and was since that began. Its own
    permission and a reason. As known before, it was disposed."""
    with transaction.atomic():
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
        undone = [touched(row, reopened_at=(None, now)) for row in standing]
        standing.update(reopened_at=now)
        state.change(
            asset,
            kind="asset.reopened",
            by=by,
            at=spans.since(AssetSpan, asset.pk, "status"),
            now=now,
            data={"reason": reason},
            status=to,
            touched=undone,
            **state.nowhere(Place.UNPLACED),
        )
    return asset
