"""Users and roles, one-time links, service accounts."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.models import District
from core.problems import ProblemError
from core.time import days
from core.web.forms import HouseForm
from core.web.once import adds, shown_once
from people import actions
from people.actions.accounts import LINK_DAYS
from people.forms import InviteForm, MembershipForm, ServiceAccountForm
from people.models import Membership, User
from people.web import HouseRequest


def link_address(token: str) -> str:
    """What a one-time link's secret is handed over as."""
    district = District.current()
    base = district.public_address.rstrip("/") if district else ""
    return base + reverse("one-time-link", args=[token])


def link_context(user: User, token: str, purpose: str) -> dict[str, Any]:
    """What the page that shows a one-time link once is made of."""
    return {"person": user, "link": link_address(token), "days": LINK_DAYS[purpose]}


@require_GET
@login_required
def user_list(request: HouseRequest) -> HttpResponse:
    require(request.user, "people.view_user")
    standing = Membership.objects.in_force(days.today()).select_related("school")
    users = User.objects.prefetch_related(Prefetch("memberships", queryset=standing))
    return render(request, "people/users.html", {"users": users})


def invite_page(
    request: HouseRequest,
    form: HouseForm,
    invite: Callable[..., tuple[User, str]],
    words: dict[str, Any],
) -> HttpResponse:
    """A form that invites somebody; once done, the link that is shown once."""
    if request.method == "POST" and form.is_valid():
        try:
            user, token = invite(by=request.user, **form.cleaned_data)
        except ProblemError as error:
            form.take(error)
        else:
            shown = link_context(user, token, "invitation")
            page = render(request, "people/link.html", shown)
            return shown_once(page, reverse("user", args=[user.pk]))
    context = {
        "form": form,
        "submit": _("Make the invitation"),
        "back": reverse("users"),
        **words,
    }
    return render(request, "components/form_page.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@adds
def user_invite(request: HouseRequest) -> HttpResponse:
    """A new user with a role."""
    require(request.user, "people.change_user")
    form = InviteForm(request.POST or None, by=request.user).adds()
    return invite_page(request, form, actions.invite_user, {"title": _("Invite somebody")})


@require_http_methods(["GET", "POST"])
@login_required
@adds
def service_account_new(request: HouseRequest) -> HttpResponse:
    require(request.user, "people.change_user")
    form = ServiceAccountForm(request.POST or None, by=request.user).adds()
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.create_service_account(by=request.user, **form.cleaned_data)
        except ProblemError as error:
            form.take(error)
        else:
            return redirect("user", pk=user.pk)
    context = {"form": form, "title": _("New service account")}
    return render(request, "components/form_page.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@adds
def user_detail(request: HouseRequest, pk: int) -> HttpResponse:
    """A user's memberships; adding one."""
    require(request.user, "people.view_user")
    user = User.objects.get(pk=pk)
    service = user.kind == User.Kind.SERVICE
    form = MembershipForm(request.POST or None, by=request.user, service=service).adds()
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_membership(user, by=request.user, **form.cleaned_data)
        except ProblemError as error:
            form.take(error)
        else:
            return redirect("user", pk=pk)
    memberships = user.memberships.select_related("school").order_by("-starts_on", "-pk")
    context = {
        "person": user,
        "memberships": memberships,
        "form": form,
        "today": days.today(),
        "tokens": user.tokens.filter(revoked_at=None),
    }
    return render(request, "people/user.html", context)


@require_POST
@login_required
def user_reset(request: HouseRequest, pk: int) -> HttpResponse:
    user = User.objects.get(pk=pk)
    token = actions.send_reset(user, by=request.user)
    return render(request, "people/link.html", link_context(user, token, "reset"))


@require_POST
@login_required
def user_deactivate(request: HouseRequest, pk: int) -> HttpResponse:
    actions.deactivate_user(User.objects.get(pk=pk), by=request.user)
    return redirect("user", pk=pk)


@require_POST
@login_required
def user_activate(request: HouseRequest, pk: int) -> HttpResponse:
    actions.activate_user(User.objects.get(pk=pk), by=request.user)
    return redirect("user", pk=pk)


@require_POST
@login_required
def membership_end(request: HouseRequest, pk: int) -> HttpResponse:
    membership = Membership.objects.get(pk=pk)
    actions.end_membership(membership, by=request.user)
    return redirect("user", pk=membership.user_id)
