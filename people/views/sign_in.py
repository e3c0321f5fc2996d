"""Signing in and out, one-time links, the first run."""

import structlog
from django.contrib.auth import authenticate, login, logout
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from core.db import unavailable
from core.models import District
from core.ops import startup
from core.problems import ProblemError
from core.web.http import own_path
from people import limits
from people.actions import accounts, first_run
from people.actions.sign_in import clear_failures
from people.forms import FirstRunForm, NewPasswordForm, SignInForm
from people.models import OneTimeLink
from people.web import HouseRequest

log = structlog.get_logger()


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HouseRequest) -> HttpResponse:
    """One answer for a wrong password, an unknown address and an inactive account."""
    if not District.objects.exists():
        return redirect("first-run")
    if request.user.is_authenticated:
        return redirect("home")
    form = SignInForm(request.POST or None)
    status, wait = 200, 0
    if request.method == "POST" and form.is_valid():
        try:
            if _signed_in(request, form):
                return redirect(own_path(request.GET.get("next", "")))
        except limits.TooMany as error:
            words = ngettext(
                "Too many attempts. Wait a minute and try again.",
                "Too many attempts. Wait %(n)s minutes and try again.",
                error.minutes,
            )
            form.add_error(None, words % {"n": error.minutes})
            status, wait = 429, error.seconds
            log.warning("sign_in_limited")
        except OperationalError as error:
            found = unavailable.away(error)
            if found is None or found.code != unavailable.BUSY:
                raise
            # It can be read, and what was typed stays: only the try could not be written down.
            unavailable.note(request, error, found)
            form.take(found)
            status, wait = found.status, unavailable.RETRY_AFTER[found.code]
    context = {
        "form": form,
        "hints": startup.sign_in_hints(),
        "offers": startup.sign_in_offers(),
        "next": request.GET.get("next", ""),
    }
    response = render(request, "people/sign_in.html", context, status=status)
    if wait:
        response["Retry-After"] = str(wait)
    return response


def _signed_in(request: HouseRequest, form: SignInForm) -> bool:
    """Sign in whom the form names, if the password is theirs."""
    email = form.cleaned_data["email"]
    attempt = limits.try_once(email, request)
    user = authenticate(request, username=email, password=form.cleaned_data["password"])
    if user is None:
        log.warning("sign_in_failed")
        form.add_error(None, _("This email and password do not fit together."))
        return False
    clear_failures(attempt)
    login(request, user)
    log.info("signed_in", user_id=user.pk)
    return True


@require_POST
def sign_out(request: HouseRequest) -> HttpResponse:
    logout(request)
    return redirect("sign-in")


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def one_time_link(request: HouseRequest, token: str) -> HttpResponse:
    """An invitation or reset: set the password, once."""
    link = accounts.find_link(token)
    if link.purpose == OneTimeLink.Purpose.FIRST_ADMINISTRATOR:
        return redirect("first-run-link", token=token)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = accounts.use_link(token, password=form.cleaned_data["password"])
        except ProblemError as error:
            form.take(error)
        else:
            login(request, user, backend="people.backends.MembershipBackend")
            return redirect("home")
    context = {
        "form": form,
        "title": _("Choose your password"),
        "submit": _("Set password"),
        "subtitle": link.user.email if link.user else "",
    }
    return render(request, "components/form_page.html", context)


@never_cache
@require_http_methods(["GET"])
def first_run_page(request: HouseRequest) -> HttpResponse:
    """Before the set-up: where to find the one-time link. Afterwards: nothing."""
    if District.objects.exists():
        raise Http404
    return render(request, "people/first_run_closed.html", {})


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def first_run_link(request: HouseRequest, token: str) -> HttpResponse:
    """The first-run page, open to who holds the one-time link."""
    if District.objects.exists():
        raise Http404
    accounts.find_link(token)
    initial = {"public_address": f"{request.scheme}://{request.get_host()}"}
    form = FirstRunForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        person = {k: values.pop(k) for k in ("your_name", "email", "password")}
        try:
            user = first_run.set_up_district(
                token,
                district=values,
                name=person["your_name"],
                email=person["email"],
                password=person["password"],
            )
        except ProblemError as error:
            form.take(error)
        else:
            login(request, user, backend="people.backends.MembershipBackend")
            return redirect("home")
    context = {
        "form": form,
        "title": _("Set up your district"),
        "submit": _("Set up"),
        "explanation": _(
            "All of this but the time zone can be changed later in the settings, too."
        ),
    }
    return render(request, "components/form_page.html", context)
