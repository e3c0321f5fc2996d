"""Which awards pay: said for a line or a unit, or asked of a second person."""

from collections.abc import Callable
from functools import partial
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
from core.web.once import adds
from funding import actions
from funding.models import Purchase, Reclassification
from funding.rules.approvals import deciders
from funding.share_forms import AwardsForm, ShareForm, UnitShareForm
from funding.views.lines import start_of
from funding.views.units import back_of, name_of, unit_of
from people.web import HouseRequest


@require_http_methods(["GET", "POST"])
@login_required
@adds
def purchase_share(request: HouseRequest, pk: int) -> HttpResponse:
    """Which awards pay a line; replacing standing shares is a reclassification with its reason."""
    purchase = Purchase.objects.visible_to(request.user).get(pk=pk)
    require(request.user, "funding.change_share", purchase)
    form = ShareForm(request.POST or None, purchase=purchase, by=request.user).adds()

    def with_line(act: Callable[..., Any]) -> Any:
        v = form.cleaned_data
        said = {"at": start_of(v["on"]), "reason": v["reason"], "rest": v["rest_only"]}
        return act(v["line"], form.drafts(), by=request.user, **said)

    title = _("Which awards pay %s") % purchase.number
    say, ask = partial(with_line, actions.share_line), partial(with_line, actions.ask_line)
    return _page(request, form, say, ask, title, reverse("purchase", args=[pk]))


@require_http_methods(["GET", "POST"])
@login_required
@adds
def unit_share(request: HouseRequest, pk: int) -> HttpResponse:
    """Which awards pay for one unit."""
    unit = unit_of(request, pk, "funding.change_share")
    form = UnitShareForm(request.POST or None, unit=unit, by=request.user).adds()

    def with_unit(act: Callable[..., Any]) -> Any:
        v = form.cleaned_data
        said = {"at": start_of(v["on"]), "reason": v["reason"], "seen": v["shown"]}
        return act(unit, form.drafts(), by=request.user, **said)

    say, ask = partial(with_unit, actions.share_unit), partial(with_unit, actions.ask_unit)
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
