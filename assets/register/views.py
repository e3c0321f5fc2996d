"""The page that registers one thing, ready for the next like it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assets.catalog.actions import ensure_products
from assets.codes.tags import next_tag
from assets.models import Asset, Category, Product, Status
from assets.register.actions import register_asset
from assets.register.forms import RegisterForm
from core.access import require
from core.problems import ProblemError
from core.web.asked import number_asked
from core.web.once import adds
from people.codes import code_notices
from people.web import HouseRequest

#: What somebody may have in their hand.
PRESENT = (Status.RECEIVED, Status.IN_STOCK, Status.IN_USE, Status.IN_REPAIR, Status.SURPLUS)


def _offered(request: HouseRequest) -> dict[str, Any]:
    """What the empty form of a new asset proposes: the next tag or the scanned code, and the facts
    of the thing before it (`like`), so that a stack of the same takes two scans each."""
    code = request.GET.get("code", "")[:64]
    offered: dict[str, Any] = {
        "tag": code or next_tag(),
        "status": "in_stock",
        "scanned": bool(code),
        "line": request.GET.get("line"),
    }
    before = (
        Asset.objects.visible_to(request.user)
        .for_list()
        .filter(pk=number_asked(request.GET.get("like")) or 0)
        .select_related("unit")
        .first()
    )
    if before is not None:
        offered |= {
            "category": before.product.category_id,
            "make": before.product.make,
            "model": before.product.model,
            "school": before.school_id,
            "room": before.room_id,
            "description": before.description,
            "condition": before.condition,
            "acquired_on": before.acquired_on,
            "title_holder": before.title_holder,
            "line": before.unit.line_id if before.unit else None,
        }
    return offered


@require_http_methods(["GET", "POST"])
@login_required
@adds
def register(request: HouseRequest) -> HttpResponse:
    """Register one thing; the next free tag is offered."""
    require(request.user, "assets.register_asset")
    form = RegisterForm(request.POST or None, initial=_offered(request), by=request.user).adds()
    if request.method == "POST" and form.is_valid():
        v = dict(form.cleaned_data)
        make, model, category = v.pop("make"), v.pop("model"), v.pop("category")
        line = v.pop("line")
        # Who scans a thing has it before their eyes; what is lost or gone is not.
        v["seen"] = v.pop("scanned") and v["status"] in PRESENT
        if v["status"] == Status.DISPOSED:
            v["disposed_on"] = v.pop("status_on")
        if line is not None:
            v["unit"] = line.units.filter(voided_at=None, asset=None).order_by("number").first()
        try:
            # A thing that is refused leaves no product behind.
            with transaction.atomic():
                product = _product(make, model, category, request.user)
                asset = register_asset(by=request.user, product=product, **v)
        except ProblemError as error:
            form.take(error)
        else:
            messages.success(request, _("%s is registered.") % asset.tag)
            for sentence in code_notices(asset.tag, request.user):
                messages.warning(request, sentence)
            request.session["like"] = asset.pk
            if "again" in request.POST:
                return redirect(reverse("asset-register") + f"?like={asset.pk}")
            return redirect("asset", pk=asset.pk)
    context = {
        "form": form,
        "title": _("Register an asset"),
        "submit": _("Register"),
        "again": _("Register, then the next like it"),
        "again_first": "like" in request.GET,
        "back": reverse("assets"),
        **_first_needed(form),
    }
    return render(request, "components/form_page.html", context)


def _first_needed(form: RegisterForm) -> dict[str, Any]:
    """What must be there before a thing can be registered, and where it is added."""
    fields: dict[str, Any] = form.fields
    if not fields["school"].queryset.exists():
        return {
            "explanation": _("There is no school yet. Add the first one, then come back."),
            "action_url": reverse("schools"),
            "action": _("Schools"),
            "action_icon": "arrow-right",
        }
    if not fields["category"].queryset.exists():
        return {
            "explanation": _("There is no category yet. Add the usual ones, then come back."),
            "action_url": reverse("catalog"),
            "action": _("Catalog"),
            "action_icon": "arrow-right",
        }
    return {}


def _product(make: str, model: str, category: Category, by: Any) -> Product:
    found = ensure_products([(make, model or category.name, category)], by=by)
    return (
        next(iter(found.values()))
        if len(found) == 1
        else found[make.strip().lower(), (model or category.name).strip().lower()]
    )
