"""A print page of labels for what matches a filter: vectors in the browser, no worker needed."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assets.codes.printed import address_of
from assets.labels.actions import record_labels
from assets.labels.draw import Label, page
from assets.labels.sheets import SHEETS
from assets.lists.filters import AssetFilter
from assets.models import Asset
from core.access import MaybeActor, require, scope_of
from core.models import District
from core.problems import Invalid, Problem
from core.web.asked import number_asked
from funding.models import UnitShare
from people.web import HouseRequest

AT_MOST = 600


@require_http_methods(["GET", "POST"])
@login_required
def labels(request: HouseRequest) -> HttpResponse:
    """Choose a sheet and the first free cell (GET); the sheets, recorded as printed (POST)."""
    require(request.user, "assets.print_labels")
    data = request.GET
    wanted = AssetFilter.parse(data, request.user)
    sheet = SHEETS.get(request.POST.get("sheet", data.get("sheet", "5160")))
    start = number_asked(request.POST.get("start", "1"))
    if sheet is None or start is None or not 1 <= start <= sheet.count:
        raise Invalid(Problem("sheet", _("Choose a sheet and a first label on it."), "start"))
    rows = wanted.apply(request.user).exclude(status="void")
    assets = list(
        rows.select_related("product", "school").order_by("tag_order", "pk")[: AT_MOST + 1]
    )
    if len(assets) > AT_MOST:
        message = _("Narrow the list to at most %s labels at a time.") % AT_MOST
        raise Invalid(Problem("too-many", message))
    context = {
        "filter": wanted,
        "count": len(assets),
        "sheets": SHEETS,
        "cells": range(1, sheet.count + 1),
    }
    if request.method == "POST":
        funding = _funding(assets, request.user) if "funding" in request.POST else {}
        district = District.objects.get()
        drawn = [
            Label(
                a.tag,
                address_of(a.tag, district.public_address),
                tuple(
                    x for x in (district.name, str(a.product), funding.get(a.unit_id or 0, "")) if x
                ),
            )
            for a in assets
        ]
        first = start - 1
        pages = []
        while drawn:
            now, drawn = drawn[: sheet.count - first], drawn[sheet.count - first :]
            pages.append(SafeString(page(sheet, now, first)))
            first = 0
        record_labels(assets, by=request.user, sheet=sheet.name)
        context["pages"] = pages
        return render(request, "assets/label_sheets.html", context)
    return render(request, "assets/labels.html", context)


def _funding(assets: Sequence[Asset], by: MaybeActor) -> dict[int, str]:
    """Per unit what pays for it, of the awards that `by` sees there."""
    units = [a.unit_id for a in assets if a.unit_id]
    shares = UnitShare.objects.standing().filter(unit__in=units)
    shares = shares.told(scope_of(by, "funding.view_award"))
    names: dict[int, str] = {}
    for unit, program in shares.values_list("unit", "award__program__name"):
        names[unit] = f"{names[unit]} / {program}" if unit in names else program
    return names
