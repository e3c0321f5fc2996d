"""Users and roles, one's own account, tokens, the district's settings."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
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
from core.web.once import adds, shown_once
from people import actions
from people.actions.accounts import LINK_DAYS
from people.actions.district import change_district
from people.forms import (
    ChangePasswordForm,
    DistrictForm,
    InviteForm,
    MembershipForm,
    ServiceAccountForm,
    TokenForm,
    WordsForm,
)
from people.models import AccessToken, Membership, User
from people.permission_words import in_words
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


@require_http_methods(["GET", "POST"])
@login_required
@adds
def user_invite(request: HouseRequest) -> HttpResponse:
    require(request.user, "people.change_user")
    form = InviteForm(request.POST or None, by=request.user).adds()
    if request.method == "POST" and form.is_valid():
        try:
            user, token = actions.invite_user(by=request.user, **form.cleaned_data)
        except ProblemError as error:
            form.take(error)
        else:
            shown = link_context(user, token, "invitation")
            page = render(request, "people/link.html", shown)
            return shown_once(page, reverse("user", args=[user.pk]))
    context = {
        "form": form,
        "title": _("Invite somebody"),
        "submit": _("Make the invitation"),
        "back": reverse("users"),
    }
    return render(request, "components/form_page.html", context)


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


@require_http_methods(["GET", "POST"])
@login_required
def account(request: HouseRequest) -> HttpResponse:
    """One's own roles and password."""
    form = ChangePasswordForm(request.POST or None)
    me = request.user
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.set_password(me, by=me, old=values["old"], new=values["password"])
        except ProblemError as error:
            form.take(error)
        else:
            update_session_auth_hash(request, request.user)
            messages.success(request, _("Your password is changed; other sessions are signed out."))
            return redirect("account")
    standing = Membership.objects.in_force(days.today()).filter(user=request.user.pk or 0)
    memberships = standing.select_related("school")
    return render(request, "people/account.html", {"form": form, "memberships": memberships})


@require_http_methods(["GET", "POST"])
@login_required
@adds
def tokens(request: HouseRequest, pk: int | None = None) -> HttpResponse:
    """One's own API tokens, or (pk) a service account's; a new one is shown once."""
    require(request.user, "people.create_token")
    owner = request.user
    if pk is not None:
        require(request.user, "people.change_user")
        owner = User.objects.get(pk=pk, kind=User.Kind.SERVICE)
    form = TokenForm(request.POST or None, user=owner).adds()
    text = ""
    if request.method == "POST" and form.is_valid():
        try:
            _token, text = actions.create_token(owner, by=request.user, **form.cleaned_data)
        except ProblemError as error:
            form.take(error)
        else:
            form = TokenForm(user=owner).adds()
    rows = AccessToken.objects.filter(user=owner.pk or 0, revoked_at=None).order_by("-pk")
    made = [(token, in_words(token.scopes)) for token in rows]
    context = {"form": form, "tokens": made, "text": text, "person": owner}
    page = render(request, "people/tokens.html", context)
    return shown_once(page, request.path) if text else page


@require_POST
@login_required
def token_revoke(request: HouseRequest, pk: int) -> HttpResponse:
    mine = AccessToken.objects.all()
    if not request.user.has_perm("people.change_user"):
        mine = mine.filter(user=request.user.pk or 0)
    actions.revoke_token(mine.get(pk=pk), by=request.user)
    return redirect("tokens")


@require_http_methods(["GET", "POST"])
@login_required
def district_settings(request: HouseRequest) -> HttpResponse:
    require(request.user, "core.change_district")
    district = District.objects.get()
    initial = {f: getattr(district, f) for f in DistrictForm.base_fields}
    form = DistrictForm(request.POST or None, initial=initial).edits(district)
    if request.method == "POST" and form.is_valid():
        try:
            change_district(by=request.user, **form.cleaned_data)
        except ProblemError as error:
            form.take(error)
        else:
            messages.success(request, _("The settings are saved."))
            return redirect("district-settings")
    title = _("District settings")
    return render(request, "people/settings.html", {"form": form, "title": title})


@require_http_methods(["GET", "POST"])
@login_required
def district_words(request: HouseRequest) -> HttpResponse:
    """The district's own words for ten of ours."""
    require(request.user, "core.change_district")
    district = District.objects.get()
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        initial={key: ", ".join(w) for key, w in district.words.items()},
    ).edits(district)
    if request.method == "POST" and form.is_valid():
        change_district(by=request.user, words=form.words())
        messages.success(request, _("The words are saved."))
        return redirect("district-words")
    context = {
        "form": form,
        "title": _("District words"),
        "explanation": _("Pages use these in place of ours. Leave empty what fits already."),
    }
    return render(request, "components/form_page.html", context)
