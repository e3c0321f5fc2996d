"""The asset list, its export, and labels for what matches."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from assets import columns
from assets.filters import QUEUES, AssetFilter
from assets.models import Asset, AssetSpan, Category, Condition, Status
from core import days
from core.access import require, scope_of
from core.paging import paginate
from core.problems import Invalid, Problem
from core.tabular import csv_lines
from funding.models import Award
from people.models import School

SORTS = {"tag": ["tag_key", "id"], "-tag": ["-tag_key", "-id"], "newest": ["-id"]}
COUNT_TO = 10_000


@require_GET
@login_required
def asset_list(request: HttpRequest) -> HttpResponse:
    """What matches, a page at a time, today or as of a past day."""
    require(request.user, "assets.view_asset")
    wanted = AssetFilter.parse(request.GET, request.user)
    sort = request.GET.get("sort", "tag")
    if sort not in SORTS:
        raise Invalid(Problem("sort", _("This order is not offered."), "sort"))
    rows = wanted.apply(request.user)
    count = rows.order_by()[: COUNT_TO + 1].count()
    page = paginate(rows.for_list(), SORTS[sort], after=request.GET.get("after"),
                    before=request.GET.get("before"))  # fmt: skip
    assets = as_of_state(list(page.rows), wanted)
    names = columns.chosen(request.GET.get("columns", ""))
    hide = scope_of(request.user).pseudonyms
    context = {
        "filter": wanted, "page": page, "count": count, "count_to": COUNT_TO, "sort": sort,
        "headers": [(n, columns.COLUMNS[n][0]) for n in names],
        "rows": [(a, [_value(a, n, hide) for n in names]) for a in assets],
        "all_columns": [(n, label, n in names) for n, (label, _get) in columns.COLUMNS.items()],
        "schools": School.objects.visible_to(request.user), "statuses": Status.choices,
        "categories": Category.objects.all(), "conditions": Condition.choices,
        "awards": Award.objects.visible_to(request.user), "queues": QUEUES,
        "may_register": request.user.has_perm("assets.register_asset"),
        "may_print": request.user.has_perm("assets.print_labels"),
    }  # fmt: skip
    return render(request, "assets/list.html", context)


def _value(asset: Asset, name: str, hide: bool) -> Any:
    if hide and asset.holder and name == "holder":
        return asset.holder.pseudonym
    if hide and asset.person and name == "place":
        return asset.person.pseudonym
    return columns.COLUMNS[name][1](asset)


def as_of_state(assets: list[Asset], wanted: AssetFilter) -> list[Asset]:
    """The assets with the state they had at the end of the filter's day (never saved)."""
    if wanted.as_of is None:
        return assets
    at = days.end_of_day(wanted.as_of)
    spans = {
        s.asset_id: s
        for s in AssetSpan.objects.as_of(at)
        .filter(asset__in=[a.pk for a in assets])
        .select_related("school", "room", "person", "holder")
    }
    for asset in assets:
        if span := spans.get(asset.pk):
            for name in AssetSpan.fields:
                setattr(asset, name, getattr(span, name))
            asset.school, asset.room = span.school, span.room
            asset.person, asset.holder = span.person, span.holder
    return assets


@require_GET
@login_required
def asset_export(request: HttpRequest) -> StreamingHttpResponse:
    """Everything that matches, as a CSV: the same filter object as the list."""
    require(request.user, "assets.view_asset")
    wanted = AssetFilter.parse(request.GET, request.user)
    names = list(columns.COLUMNS)
    hide = scope_of(request.user).pseudonyms
    rows = wanted.apply(request.user).for_list().order_by("pk")

    def lines() -> Iterator[list[Any]]:
        last = 0
        while batch := list(rows.filter(pk__gt=last)[:1000]):
            last = batch[-1].pk
            for asset in as_of_state(batch, wanted):
                yield [_value(asset, n, hide) for n in names]

    response = StreamingHttpResponse(
        csv_lines([str(columns.COLUMNS[n][0]) for n in names], lines()),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = 'attachment; filename="assets.csv"'
    return response
