"""The asset list, its export, and labels for what matches."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET

from assets.lists import columns
from assets.lists.filters import AssetFilter, AssetFilters
from assets.lists.past import as_they_stood
from core.access import require
from core.db.paging import paginate
from core.files.tabular import csv_lines
from core.problems import Invalid, Problem
from people.web import HouseRequest

SORTS = {"tag": ["tag_order", "id"], "-tag": ["-tag_order", "-id"], "newest": ["-id"]}
COUNT_TO = 10_000


@require_GET
@login_required
def asset_list(request: HouseRequest) -> HttpResponse:
    """What matches, a page at a time, today or as of a past day."""
    require(request.user, "assets.view_asset")
    wanted = AssetFilter.parse(request.GET, request.user)
    sort = request.GET.get("sort", "tag")
    if sort not in SORTS:
        raise Invalid(Problem("sort", gettext("This order is not offered."), "sort"))
    rows = wanted.apply(request.user)
    count = rows.order_by()[: COUNT_TO + 1].count()
    page = paginate(
        rows.for_list(),
        SORTS[sort],
        after=request.GET.get("after"),
        before=request.GET.get("before"),
    )
    assets, named = as_they_stood(page.rows, wanted.as_of, request.user)
    names = columns.chosen(request.GET.getlist("columns"))
    as_of = f"?as_of={wanted.as_of}" if wanted.as_of else ""
    context = {
        "filter": wanted,
        "page": page,
        "count": count,
        "count_to": COUNT_TO,
        "sort": sort,
        "sort_url": _sorted(request.GET, "tag" if sort == "-tag" else "-tag"),
        "headers": [(n, columns.COLUMNS[n][0]) for n in names],
        "rows": columns.rows_html(assets, names, named, as_of),
        "columns": ",".join(names) if "columns" in request.GET else "",
        "all_columns": [
            (n, columns.COLUMNS[n][0], n in names)
            for n in dict.fromkeys([*names, *columns.COLUMNS])
        ],
        "selects": _selects(wanted, request.user),
        "may_register": request.user.has_perm("assets.register_asset"),
        "may_print": request.user.has_perm("assets.print_labels"),
    }
    return render(request, "assets/list.html", context)


def _sorted(data: QueryDict, sort: str) -> str:
    query = data.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    query["sort"] = sort
    return "?" + query.urlencode()


Choices = list[tuple[Any, Any]]


#: The lists by which the page is narrowed, with what each is called.
SELECTS = {
    "school": gettext_lazy("School"),
    "status": gettext_lazy("Status"),
    "category": gettext_lazy("Category"),
    "condition": gettext_lazy("Condition"),
    "queue": gettext_lazy("Queue"),
    "award": gettext_lazy("Award"),
}


def _selects(wanted: AssetFilter, by: Any) -> list[tuple[str, Any, Any, Choices]]:
    """The filter's lists: parameter, label, what is chosen, choices."""
    found = []
    for name, label in SELECTS.items():
        if name == "award" and not by.has_perm("funding.view_award"):
            continue
        chosen = getattr(wanted, name) or ""
        choices: Choices = AssetFilters.base_filters[name].page.choices(by)
        if name != "school" or len(choices) > 1:
            found.append((name, label, getattr(chosen, "pk", chosen), choices))
    return found


@require_GET
@login_required
def asset_export(request: HouseRequest) -> StreamingHttpResponse:
    """Everything that matches, as a CSV: the same filter object as the list."""
    require(request.user, "assets.view_asset")
    wanted = AssetFilter.parse(request.GET, request.user)
    asked = request.GET.getlist("columns")
    names = columns.chosen(asked) if asked else list(columns.COLUMNS)
    rows = wanted.apply(request.user).for_list().order_by("pk")

    def lines() -> Iterator[list[Any]]:
        last = 0
        while batch := list(rows.filter(pk__gt=last)[:1000]):
            last = batch[-1].pk
            then, named = as_they_stood(batch, wanted.as_of, request.user)
            for asset in then:
                yield [columns.value(asset, n, asset.pk in named) for n in names]

    response = StreamingHttpResponse(
        csv_lines([str(columns.COLUMNS[n][0]) for n in names], lines()),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = 'attachment; filename="assets.csv"'
    return response
