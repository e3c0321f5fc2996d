"""Categories, products and tag ranges."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from assets.catalog import actions
from assets.catalog.forms import CategoryForm, ProductForm, TagRangeForm
from assets.catalog.reference import USUAL_CATEGORIES
from assets.codes.ranges import Codes
from assets.codes.tags import reserve_tags
from assets.models import Category, Product, TagRange
from core.access import require
from core.db.paging import paginate
from core.problems import ProblemError
from core.web.forms import HouseForm
from core.web.once import adds
from people.models import School
from people.web import HouseRequest


@require_http_methods(["GET", "POST"])
@login_required
@adds
def catalog(request: HouseRequest) -> HttpResponse:
    """Categories and products; a new category."""
    require(request.user, "assets.view_asset")
    form = CategoryForm(request.POST or None).adds()
    if request.method == "POST":
        require(request.user, "assets.change_catalog")
        if form.is_valid():
            values = dict(form.cleaned_data)
            try:
                actions.create_category(values.pop("name"), by=request.user, **values)
            except ProblemError as error:
                form.take(error)
            else:
                messages.success(request, _("The category is added."))
                return redirect("catalog")
    products = Product.objects.seen_by(request.user)
    listed = products.filter(merged_into=None).select_related("category")
    page = paginate(
        listed,
        ["make", "model", "id"],
        after=request.GET.get("after"),
        before=request.GET.get("before"),
    )
    counts = dict(products.order_by().values_list("category").annotate(Count("pk")))
    categories = list(Category.objects.seen_by(request.user))
    known = {category.name.lower() for category in categories}
    context = {
        "form": form,
        "page": page,
        "categories": [(c, counts.get(c.pk, 0)) for c in categories],
        "usual": [name for name in USUAL_CATEGORIES if name.lower() not in known],
        "may_change": request.user.has_perm("assets.change_catalog"),
    }
    return render(request, "assets/catalog.html", context)


def _edit(
    request: HouseRequest,
    row: Category | Product,
    kind: type[HouseForm],
    change: Callable[..., object],
) -> HttpResponse:
    """A form that changes a row of the catalog and leads back to it."""
    require(request.user, "assets.change_catalog")
    title = str(row)
    initial = {f: getattr(row, f) for f in kind.base_fields}
    form = kind(request.POST or None, initial=initial).edits(row)
    if request.method == "POST" and form.is_valid():
        try:
            change(row, by=request.user, version=row.version, **form.cleaned_data)
        except ProblemError as error:
            form.take(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("catalog")
    context = {
        "form": form,
        "title": title,
        "back": reverse("catalog"),
        "explanation": _(
            "Reports that were made stay as they were; the next ones say it like this."
        ),
    }
    return render(request, "components/form_page.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def category_edit(request: HouseRequest, pk: int) -> HttpResponse:
    """What a category is called, its class and useful life."""
    return _edit(request, Category.objects.get(pk=pk), CategoryForm, actions.change_category)


@require_http_methods(["GET", "POST"])
@login_required
def product_edit(request: HouseRequest, pk: int) -> HttpResponse:
    """Make, model and category of a product."""
    return _edit(request, Product.objects.get(pk=pk), ProductForm, actions.change_product)


@require_POST
@login_required
def usual(request: HouseRequest) -> HttpResponse:
    """Start with the categories that most districts have."""
    added = actions.add_usual_categories(by=request.user)
    message = ngettext("%s category was added.", "%s categories were added.", len(added))
    messages.success(request, message % len(added))
    return redirect("catalog")


def _ranges(by: Any) -> QuerySet[TagRange]:
    """The district's ranges, and those of the schools that somebody sees."""
    ours = Q(school=None) | Q(school__in=list(School.objects.visible_to(by)))
    return TagRange.objects.filter(ours).select_related("school").order_by("pk")


@require_http_methods(["GET", "POST"])
@login_required
@adds
def tag_ranges(request: HouseRequest) -> HttpResponse:
    """Reserved tag numbers; reserving more."""
    require(request.user, "assets.print_labels")
    form = TagRangeForm(request.POST or None).adds()
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            row = reserve_tags(
                values.pop("name"),
                values.pop("first"),
                values.pop("last"),
                by=request.user,
                **values,
            )
        except ProblemError as error:
            form.take(error)
        else:
            if used := Codes.left(row).used():
                message = ngettext(
                    "Reserved. %(n)s of these numbers leads to an item already, %(code)s: print no "
                    "label of it.",
                    "Reserved. %(n)s of these numbers lead to items already, %(code)s and others: "
                    "print no labels of those.",
                    len(used),
                )
                messages.warning(request, message % {"n": len(used), "code": used[0]})
            return redirect("tag-ranges")
    context = {"form": form, "ranges": _ranges(request.user), "title": _("Tag ranges")}
    return render(request, "assets/tag_ranges.html", context)
