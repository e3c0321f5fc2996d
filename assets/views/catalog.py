"""Categories, products and tag ranges."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from assets import actions
from assets.forms import CategoryForm, TagRangeForm
from assets.models import Category, Product, TagRange
from assets.reference import USUAL_CATEGORIES
from core.access import require
from core.paging import paginate
from core.problems import ProblemError


@require_http_methods(["GET", "POST"])
@login_required
def catalog(request: HttpRequest) -> HttpResponse:
    """Categories and products; a new category."""
    require(request.user, "assets.view_asset")
    form = CategoryForm(request.POST or None)
    if request.method == "POST":
        require(request.user, "assets.change_catalog")
        if form.is_valid():
            values = dict(form.cleaned_data)
            try:
                actions.create_category(values.pop("name"), by=request.user, **values)  # type: ignore[arg-type]
            except ProblemError as error:
                form.take(error)
            else:
                messages.success(request, _("The category is added."))
                return redirect("catalog")
    products = Product.objects.filter(merged_into=None).select_related("category")
    page = paginate(products, ["make", "model", "id"], after=request.GET.get("after"),
                    before=request.GET.get("before"))  # fmt: skip
    categories = list(Category.objects.annotate(products_count=Count("products")))
    known = {category.name.lower() for category in categories}
    context = {
        "form": form, "page": page, "categories": categories,
        "usual": [name for name in USUAL_CATEGORIES if name.lower() not in known],
        "may_change": request.user.has_perm("assets.change_catalog"),
    }  # fmt: skip
    return render(request, "assets/catalog.html", context)


@require_POST
@login_required
def usual(request: HttpRequest) -> HttpResponse:
    """Start with the categories that most districts have."""
    added = actions.add_usual_categories(by=request.user)  # type: ignore[arg-type]
    message = ngettext("%s category was added.", "%s categories were added.", len(added))
    messages.success(request, message % len(added))
    return redirect("catalog")


@require_http_methods(["GET", "POST"])
@login_required
def tag_ranges(request: HttpRequest) -> HttpResponse:
    """Reserved tag numbers; reserving more."""
    require(request.user, "assets.print_labels")
    form = TagRangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            actions.reserve_tags(values.pop("name"), values.pop("first"), values.pop("last"),
                                 by=request.user, **values)  # type: ignore[arg-type]  # fmt: skip
        except ProblemError as error:
            form.take(error)
        else:
            return redirect("tag-ranges")
    context = {"form": form, "ranges": TagRange.objects.select_related("school").order_by("pk"),
               "title": _("Tag ranges")}  # fmt: skip
    return render(request, "assets/tag_ranges.html", context)
