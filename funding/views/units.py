"""The units of a line, each with what it cost, who pays for it and what it is in the register."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.access import require
from core.db.paging import paginate
from core.web.forms import ReasonForm
from funding import actions, money
from funding.forms import CostForm
from funding.models import Purchase, Unit
from funding.things import named
from funding.views.lines import form_page
from people.web import HouseRequest


@require_GET
@login_required
def unit_list(request: HouseRequest, pk: int, number: int) -> HttpResponse:
    """Every unit that was received of a line, void ones too; an auditor's are those of the
    award."""
    purchase = Purchase.objects.visible_to(request.user).get(pk=pk)
    require(request.user, "funding.view_purchase", purchase)
    line = money.lines_seen([purchase.pk], request.user).get(number=number)
    rows = Unit.objects.visible_to(request.user).filter(line=line)
    page = paginate(
        rows, ["number", "id"], after=request.GET.get("after"), before=request.GET.get("before")
    )
    things = named([u.pk for u in page.rows], request.user)
    paid = money.shares_of(page.rows, request.user)
    context = {
        "purchase": purchase,
        "line": line,
        "page": page,
        "rows": [(unit, things.get(unit.pk), paid.get(unit.pk)) for unit in page.rows],
        "see_money": bool(paid),
        "may_change": request.user.has_perm("funding.change_purchase"),
        "may_share": request.user.has_perm("funding.change_share"),
    }
    return render(request, "funding/units.html", context)


def unit_of(request: HouseRequest, pk: int, perm: str) -> Unit:
    unit = Unit.objects.visible_to(request.user).select_related("line__purchase").get(pk=pk)
    require(request.user, perm, unit)
    return unit


def name_of(unit: Unit) -> str:
    words = {"number": unit.number, "line": unit.line.number, "po": unit.line.purchase.number}
    return _("Unit %(number)s of line %(line)s, %(po)s") % words


def back_of(unit: Unit) -> str:
    return reverse("purchase", args=[unit.line.purchase_id])


@require_http_methods(["GET", "POST"])
@login_required
def unit_cost(request: HouseRequest, pk: int) -> HttpResponse:
    """State or correct what one unit cost."""
    unit = unit_of(request, pk, "funding.change_purchase")

    def do(v: dict[str, Any]) -> Purchase:
        by = request.user
        actions.set_unit_cost(unit, by=by, **v)
        return unit.line.purchase

    form = CostForm(request.POST or None, initial={"cost": unit.cost}).edits(unit)
    return form_page(request, form, do, name_of(unit), back_of(unit))


@require_http_methods(["GET", "POST"])
@login_required
def unit_void(request: HouseRequest, pk: int) -> HttpResponse:
    """Say that one unit never came."""
    unit = unit_of(request, pk, "funding.change_purchase")

    def do(v: dict[str, Any]) -> Purchase:
        by = request.user
        actions.void_unit(unit, by=by, reason=v["reason"])
        return unit.line.purchase

    title = _("Void: %s") % name_of(unit)
    explanation = _(
        "It was never received, and no award paid for it. Another can come in its place."
    )
    form = ReasonForm(request.POST or None)
    return form_page(request, form, do, title, back_of(unit), explanation=explanation, danger=True)
