"""One's own account, and API tokens."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access import require
from core.problems import ProblemError
from core.time import days
from core.web.once import adds, shown_once
from people import actions
from people.forms import ChangePasswordForm, TokenForm
from people.models import AccessToken, Membership, User
from people.permission_words import in_words
from people.web import HouseRequest


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
