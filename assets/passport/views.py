"""The asset's passport: what it is, where, with whom, paid by what, its life."""

from collections.abc import Iterable
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from assets.codes.printed import tags_opened
from assets.lists.past import veil
from assets.models import Asset, AssetCode, AssetSpan, Disposal, Status, Verification
from assets.models.keys import code_keys
from assets.passport.permitted import possible, refusals
from assets.unit_past import merged_into
from core.access import MaybeActor, inside, require, scope_of
from core.files import subjects
from core.journal import sentences
from core.models import Attachment, District, Entry
from core.time import days
from core.web.asked import day_asked
from funding import money
from funding.models import Unit, UnitShare
from people.lookup import may_open
from people.naming import names_people
from people.web import HouseRequest

COLORS = ("#0b5394", "#2b8a3e", "#9c5700", "#6b3fa0", "#0f766e", "#a61b1b")


def money_of(asset: Asset, unit: Unit | None, at: Any, by: MaybeActor) -> dict[str, Any]:
    """What paid for a thing's unit at an instant: shares with the part of the cost each is, those
    of awards that are not seen on this thing as one."""
    if unit is None:
        return {"unit": None, "shares": [], "rest": None}
    cost = unit.cost
    rows = UnitShare.objects.as_of(at).filter(unit=unit).values_list("award", "amount")
    paying = list(rows)
    shares: list[dict[str, Any]] = []
    start = Decimal(0)
    seen = money.awards_at(asset.school_id, (pk for pk, _amount in paying), by)
    for i, share in enumerate(money.parts(paying, seen)):
        width = share.amount / cost * 100 if cost else Decimal(0)
        shares.append(
            {"share": share, "percent": width, "x": start, "color": COLORS[i % len(COLORS)]}
        )
        start += width
    paid = sum((s["share"].amount for s in shares), Decimal(0))
    return {
        "unit": unit,
        "cost": cost,
        "shares": shares,
        "rest": None if cost is None else cost - paid,
    }


def _is_picture(attached: Attachment) -> bool:
    return attached.kind == "photo" and attached.file.content_type.startswith("image/")


def _seen(asset: Asset, at: Any, by: MaybeActor) -> list[Verification]:
    """The last times it, or what was merged into it, was seen, those in rooms of others without
    the room."""
    things = [asset.pk, *(row.pk for row, _into in merged_into([asset]))]
    seen = Verification.objects.filter(asset__in=things, seen_at__lte=at)
    rows = list(seen.select_related("room").order_by("-seen_at")[:5])
    then = copy(asset)
    for row in rows:
        if row.room is not None:
            then.school_id = row.room.school_id
            if not inside(scope_of(by, "assets.view_asset"), [then])[0]:
                row.room = None
    return rows


def _disposals(asset: Asset, span: AssetSpan | None, day: date | None) -> Iterable[Disposal]:
    """How it left, each time; on a past day, as it stood then."""
    if day is None:
        return Disposal.objects.filter(asset=asset)
    if span is None or span.status != Status.DISPOSED:
        return ()
    return Disposal.objects.filter(asset=asset).stood(day)


@require_GET
@login_required
def asset_detail(request: HouseRequest, pk: int) -> HttpResponse:
    """The passport, today or as of a past day. What is seen by an award no more since it was merged
    leads to what it is now."""
    visible = Asset.objects.visible_to(request.user)
    rows = visible.for_list().select_related(
        "unit__line__purchase__vendor", "home_room", "merged_into", "container"
    )
    asset = rows.filter(pk=pk).first()
    if asset is None:
        merged_to = Asset.objects.filter(pk=pk).values("merged_into")
        return redirect("asset", pk=visible.get(pk__in=merged_to).pk)
    require(request.user, "assets.view_asset", asset)
    as_of = request.GET.get("as_of", "")
    at, span, day, state = days.now(), None, day_asked(as_of, "as_of"), copy(asset)
    if day is not None:
        at = days.end_of_day(day)
        span = (
            AssetSpan.objects.as_of(at)
            .filter(asset=asset)
            .select_related(
                "school", "room", "person", "holder", "home_room", "unit__line__purchase__vendor"
            )
            .first()
        )
        if span is not None:
            state.school_id = span.school_id
            if not inside(scope_of(request.user, "assets.view_asset"), [state])[0]:
                veil(span)
    merged = Asset.objects.filter(merged_into=asset).values_list("pk", flat=True)
    entries = (
        Entry.objects.filter(
            Q(subject_type="assets.asset", subject_id__in=[asset.pk, *merged])
            | Q(subject_type="funding.unit", subject_id=asset.unit_id or 0)
        )
        .filter(effective_at__lte=at)
        .order_by("-effective_at", "-pk")[:100]
    )
    see_money = request.user.has_perm("funding.view_cost", asset)
    told = span if day else asset
    acts = [] if as_of else possible(asset, request.user)
    files = subjects.attached(request, asset)
    context = files | {
        "asset": asset,
        "span": span,
        "as_of": as_of,
        "as_of_day": day,
        "state": span or asset,
        "see_money": see_money,
        "named": all(names_people(request.user, then) for then in (asset, state)),
        "may_open_holder": may_open((span or asset).holder, request.user),
        "acts": acts,
        "refused": refusals(acts),
        "merged": visible.filter(merged_into=asset),
        "into": visible.filter(pk=asset.merged_into_id or 0).first(),
        "first_act": next((a.name for a in acts if a.problem is None), ""),
        "picture": next((f for f in reversed(files["attachments"]) if _is_picture(f)), None),
        "money": money_of(asset, told.unit, at, request.user) if see_money and told else None,
        "rows": sentences.tell_all(entries, request.user, about=asset),
        "may_print": asset.status != Status.VOID
        and request.user.has_perm("assets.print_labels", asset),
        "may_merge": request.user.has_perm("assets.merge_asset", asset),
        "codes": asset.codes.all(),
        "disposals": _disposals(asset, span, day),
        "verifications": _seen(asset, at, request.user),
    }
    return render(request, "assets/detail.html", context)


def _tagged(tag: str, by: MaybeActor) -> Asset | None:
    """The thing that has this as its tag or as another code."""
    keys, visible = code_keys(tag), Asset.objects.visible_to(by)
    codes = AssetCode.objects.filter(key__in=keys).values("asset")
    return visible.filter(tag_key__in=keys).first() or visible.filter(pk__in=codes).first()


@require_GET
def tag_landing(request: HouseRequest, tag: str) -> HttpResponse:
    """Where the printed code leads: the passport, or how to return a found thing."""
    if request.user.is_authenticated:
        found = [
            asset
            for text in tags_opened(tag, request.META.get("QUERY_STRING", ""))
            if (asset := _tagged(text, request.user))
        ]
        if not found:
            raise Asset.DoesNotExist
        return redirect("asset", pk=found[0].merged_into_id or found[0].pk)
    # Whoever finds a thing learns how to return it, and nothing else: not even whether it exists.
    return render(request, "assets/found_item.html", {"district": District.current()})
