"""Which awards pay: said for a line or a unit, or asked of a second person."""

from collections.abc import Callable
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
from funding import actions
from funding.models import Purchase, Reclassification
from funding.rules.approvals import deciders
from funding.share_forms import AwardsForm, ShareForm, UnitShareForm
from funding.views.lines import start_of
from funding.views.units import back_of, name_of, unit_of
from people.web import HouseRequest


@require_http_methods(["GET", "POST"])
@login_required
def purchase_share(request: HouseRequest, pk: int) -> HttpResponse:
    """Which awards pay a line; replacing standing shares is a reclassification with its reason."""
    purchase = Purchase.objects.visible_to(request.user).get(pk=pk)
    require(request.user, "funding.change_share", purchase)
    form = ShareForm(request.POST or None, purchase=purchase, by=request.user)
    by: Any = request.user

    def say() -> None:
        v = form.cleaned_data
        actions.share_line(
            v["line"],
            form.drafts(),
            by=by,
            at=start_of(v["on"]),
            reason=v["reason"],
            rest=v["rest_only"],
        )

    def ask() -> Reclassification:
        v = form.cleaned_data
        return actions.ask_line(
            v["line"], form.drafts(), by=by, at=start_of(v["on"]), reason=v["reason"]
        )

    title = _("Which awards pay %s") % purchase.number
    return _page(request, form, say, ask, title, reverse("purchase", args=[pk]))


@require_http_methods(["GET", "POST"])
@login_required
def unit_share(request: HouseRequest, pk: int) -> HttpResponse:
    """Which awards pay for one unit."""
    unit = unit_of(request, pk, "funding.change_share")
    form = UnitShareForm(request.POST or None, unit=unit, by=request.user)
    by: Any = request.user

    def say() -> None:
        v = form.cleaned_data
        actions.share_unit(unit, form.drafts(), by=by, at=start_of(v["on"]), reason=v["reason"])

    def ask() -> Reclassification:
        v = form.cleaned_data
        return actions.ask_unit(
            unit, form.drafts(), by=by, at=start_of(v["on"]), reason=v["reason"]
        )

    return _page(request, form, say, ask, name_of(unit), back_of(unit))


def _page(
    request: HouseRequest,
    form: AwardsForm,
    say: Callable[[], None],
    ask: Callable[[], Reclassification],
    title: str,
    back: str,
) -> HttpResponse:
    asked_for_more = "more" in request.POST
    needs_second = False
    if request.method == "POST" and not asked_for_more and form.is_valid():
        try:
            if "ask" in request.POST:
                row = ask()
                messages.success(
                    request, _("A second person is asked. It is done when they approve it.")
                )
                return redirect("reclassification", pk=row.pk)
            say()
        except ProblemError as error:
            needs_second = any(p.code == "approval-required" for p in error.problems)
            form.take(error)
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    context = {
        "form": form,
        "title": title,
        "back": back,
        "quiet": asked_for_more,
        "needs_second": needs_second,
        "others": deciders(request.user, days.now(), days.today()) if needs_second else [],
        "may_invite": request.user.has_perm("people.change_user"),
    }
    return render(request, "funding/share.html", context)
