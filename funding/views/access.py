"""Auditors: who may look at which award."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from core.access import require
from core.problems import ProblemError
from core.web.once import adds
from funding import actions
from funding.forms import AuditorForm, AwardAccessForm
from funding.models import AwardMembership
from people.models import User
from people.views.users import invite_page
from people.web import HouseRequest

EXPLANATION = gettext_lazy(
    "They see what the award paid for, its purchases, money and reports, and nothing else."
)


@require_http_methods(["GET", "POST"])
@login_required
@adds
def auditor_invite(request: HouseRequest) -> HttpResponse:
    """A new user who sees one award."""
    require(request.user, "people.change_user")
    form = AuditorForm(request.POST or None, by=request.user).adds()
    words = {"title": _("Invite an auditor"), "explanation": EXPLANATION}
    return invite_page(request, form, actions.invite_auditor, words)


@require_http_methods(["GET", "POST"])
@login_required
@adds
def user_award(request: HouseRequest, pk: int) -> HttpResponse:
    """Let a user look at one more award."""
    require(request.user, "people.change_user")
    user = User.objects.get(pk=pk)
    form = AwardAccessForm(request.POST or None, by=request.user).adds()
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = dict(form.cleaned_data)
        by_name = values.pop("by_name")
        try:
            actions.grant_award_access(
                values.pop("award"),
                to=user,
                by=request.user,
                pseudonyms=not by_name,
                **values,
            )
        except ProblemError as error:
            form.take(error)
        else:
            return redirect("user", pk=pk)
    context = {
        "form": form,
        "title": _("Let them see an award"),
        "subtitle": user.name,
        "explanation": EXPLANATION,
        "back": reverse("user", args=[pk]),
    }
    return render(request, "components/form_page.html", context)


@require_POST
@login_required
def award_access_end(request: HouseRequest, pk: int) -> HttpResponse:
    """They see this award no more."""
    require(request.user, "people.change_user")
    membership = AwardMembership.objects.get(pk=pk)
    actions.end_award_access(membership, by=request.user)
    return redirect("user", pk=membership.user_id)
