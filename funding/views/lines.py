"""What is added to a purchase or put right: its lines."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import require
from core.problems import ProblemError
from core.time import days
from core.web.forms import HouseForm
from core.web.once import adds
from funding import actions
from funding.actions import LineDraft
from funding.forms import LineEditForm, LineForm, LineNewForm, LineRemoveForm
from funding.models import Purchase, PurchaseLine, Unit
from funding.models.purchase import LineKind
from people.web import HouseRequest


def form_page(
    request: HouseRequest,
    form: HouseForm,
    do: Callable[[dict[str, Any]], Purchase],
    title: str,
    back: str = "",
    **more: Any,
) -> HttpResponse:
    """A form that ends on the page of a purchase. `more` is for its template."""
    if request.method == "POST" and form.is_valid():
        try:
            purchase = do(form.cleaned_data)
        except ProblemError as error:
            form.take(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("purchase", pk=purchase.pk)
    context = {"form": form, "title": title, "back": back, **more}
    return render(request, "components/form_page.html", context)


def start_of(day: date | None) -> datetime | None:
    """From when something is true that was typed as a day; None for now."""
    return days.start_of_day(day) if day and day != days.today() else None


@require_http_methods(["GET", "POST"])
@login_required
@adds
def line_new(request: HouseRequest, pk: int) -> HttpResponse:
    """One more line on a purchase."""
    purchase = Purchase.objects.visible_to(request.user).get(pk=pk)
    require(request.user, "funding.change_purchase", purchase)

    def do(v: dict[str, Any]) -> Purchase:
        by = request.user
        reason = v.pop("reason")
        actions.add_line(purchase, LineDraft(**v), by=by, reason=reason)
        return purchase

    title = _("New line on %s") % purchase.number
    form = LineNewForm(request.POST or None).adds()
    return form_page(request, form, do, title, reverse("purchase", args=[pk]))


@require_http_methods(["GET", "POST"])
@login_required
def line_edit(request: HouseRequest, pk: int, number: int) -> HttpResponse:
    """A line's quantity, invoice, dates, account, text and amount."""
    purchase, line = _line(request, pk, number)

    def do(v: dict[str, Any]) -> Purchase:
        by = request.user
        actions.change_line(line, by=by, **v)
        return purchase

    credit = line.kind == LineKind.CREDIT
    initial = {f: getattr(line, f) for f in LineForm.base_fields}
    form = LineEditForm(request.POST or None, initial=initial, credit=credit).edits(line)
    back, take_off = reverse("purchase", args=[pk]), {}
    if not Unit.objects.filter(line=line, voided_at=None).exists():
        take_off = {
            "action_url": reverse("line-remove", args=[pk, number]),
            "action": _("Take off"),
            "action_icon": "trash",
            "action_kind": "btn-outline-danger",
        }
    return form_page(request, form, do, _named(line), back, **take_off)


@require_http_methods(["GET", "POST"])
@login_required
def line_remove(request: HouseRequest, pk: int, number: int) -> HttpResponse:
    """Say that a line was typed by mistake."""
    _purchase, line = _line(request, pk, number)

    def do(v: dict[str, Any]) -> Purchase:
        by = request.user
        return actions.remove_line(line, by=by, **v)

    title = _("Take off: %s") % _named(line)
    explanation = _("It was typed by mistake, and nothing of it was received.")
    form, back = LineRemoveForm(request.POST or None), reverse("purchase", args=[pk])
    return form_page(request, form, do, title, back, explanation=explanation, danger=True)


def _line(request: HouseRequest, pk: int, number: int) -> tuple[Purchase, PurchaseLine]:
    """A line to be changed, through the door of its purchase."""
    purchase = Purchase.objects.visible_to(request.user).get(pk=pk)
    require(request.user, "funding.change_purchase", purchase)
    lines = PurchaseLine.objects.select_related("purchase")
    return purchase, lines.get(purchase=purchase, number=number)


def _named(line: PurchaseLine) -> str:
    words = {"number": line.number, "po": line.purchase.number}
    return _("Line %(number)s of %(po)s") % words
