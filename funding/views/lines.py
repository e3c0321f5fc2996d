"""What is added to a purchase or put right: lines, the cost of a unit, who pays for it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import days
from core.access import require
from core.forms import HouseForm
from core.problems import ProblemError
from funding import actions
from funding.actions import LineDraft, ShareDraft
from funding.forms import AwardsForm, CostForm, LineEditForm, LineForm
from funding.models import Purchase, PurchaseLine, Unit


def form_page(
    request: HttpRequest, form: HouseForm, do: Callable[[dict[str, Any]], Purchase], title: str,
    back: str = "",
) -> HttpResponse:  # fmt: skip
    """A form that ends on the page of a purchase."""
    if request.method == "POST" and form.is_valid():
        try:
            purchase = do(form.cleaned_data)
        except ProblemError as error:
            form.take(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("purchase", pk=purchase.pk)
    context = {"form": form, "title": title, "back": back}
    return render(request, "components/form_page.html", context)


def start_of(day: date | None) -> datetime | None:
    """From when something is true that was typed as a day; None for now."""
    return days.start_of_day(day) if day and day != days.today() else None


def drafts_of(v: dict[str, Any]) -> list[ShareDraft]:
    """The awards of an AwardsForm with their parts."""
    return [
        ShareDraft(v[f"award_{n}"], v[f"amount_{n}"], v[f"percent_{n}"])
        for n in "123"
        if v[f"award_{n}"]
    ]


@require_http_methods(["GET", "POST"])
@login_required
def line_new(request: HttpRequest, pk: int) -> HttpResponse:
    """One more line on a purchase."""
    purchase = Purchase.objects.visible_to(request.user).get(pk=pk)
    require(request.user, "funding.change_purchase", purchase)

    def do(v: dict[str, Any]) -> Purchase:
        by: Any = request.user
        actions.add_line(purchase, LineDraft(**v), by=by)
        return purchase

    title = _("New line on %s") % purchase.number
    return form_page(
        request, LineForm(request.POST or None), do, title, reverse("purchase", args=[pk])
    )


@require_http_methods(["GET", "POST"])
@login_required
def line_edit(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A line's invoice, dates, account, text and amount."""
    purchase = Purchase.objects.visible_to(request.user).get(pk=pk)
    require(request.user, "funding.change_purchase", purchase)
    line = PurchaseLine.objects.get(purchase=purchase, number=number)

    def do(v: dict[str, Any]) -> Purchase:
        by: Any = request.user
        actions.change_line(line, by=by, **v)
        return purchase

    fields = ("description", "amount", "invoice_number", "invoice_on", "paid_on", "account")
    form = LineEditForm(request.POST or None, initial={f: getattr(line, f) for f in fields})
    words = {"number": line.number, "po": purchase.number}
    title = _("Line %(number)s of %(po)s") % words
    return form_page(request, form, do, title, reverse("purchase", args=[pk]))


def _unit(request: HttpRequest, pk: int, perm: str) -> Unit:
    unit = Unit.objects.visible_to(request.user).select_related("line__purchase").get(pk=pk)
    require(request.user, perm, unit)
    return unit


def _name(unit: Unit) -> str:
    words = {"number": unit.number, "line": unit.line.number, "po": unit.line.purchase.number}
    return _("Unit %(number)s of line %(line)s, %(po)s") % words


@require_http_methods(["GET", "POST"])
@login_required
def unit_cost(request: HttpRequest, pk: int) -> HttpResponse:
    """State or correct what one unit cost."""
    unit = _unit(request, pk, "funding.change_purchase")

    def do(v: dict[str, Any]) -> Purchase:
        by: Any = request.user
        actions.set_unit_cost(unit, by=by, **v)
        return unit.line.purchase

    form = CostForm(request.POST or None, initial={"cost": unit.cost})
    return form_page(
        request, form, do, _name(unit), reverse("purchase", args=[unit.line.purchase_id])
    )


@require_http_methods(["GET", "POST"])
@login_required
def unit_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Which awards pay for one unit."""
    unit = _unit(request, pk, "funding.change_share")

    def do(v: dict[str, Any]) -> Purchase:
        by: Any = request.user
        actions.share_unit(unit, drafts_of(v), by=by, at=start_of(v["on"]), reason=v["reason"])
        return unit.line.purchase

    form = AwardsForm(request.POST or None, by=request.user)
    return form_page(
        request, form, do, _name(unit), reverse("purchase", args=[unit.line.purchase_id])
    )
