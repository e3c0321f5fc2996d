"""One page for each act on a thing. The action decides; the page shows why not."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assets.act import Act, Page
from assets.forms import ScopedForm
from assets.models import Asset
from core.access import require
from core.db.rehearsal import rehearse
from core.journal import sentences
from core.problems import ProblemError
from core.web.forms import HouseForm
from people.codes import code_notices
from people.web import HouseRequest


def page_address(act: Act[Any], page: Page[Any]) -> URLPattern:
    """Where people do an act: /assets/7/<name>/."""
    address = f"assets/<int:pk>/{act.name}/"
    return path(address, _view(act, page), name=f"asset-{act.name}")


def _view(act: Act[Any], page: Page[Any]) -> Callable[..., HttpResponse]:
    """A page that asks for what an act needs and does it; with `preview` it first shows what the
    act would write, and does it when that is confirmed."""

    @require_http_methods(["GET", "POST"])
    @login_required
    def view(request: HouseRequest, pk: int) -> HttpResponse:
        asset = Asset.objects.visible_to(request.user).for_list().get(pk=pk)
        require(request.user, act.permission, asset)
        form = _form(page, asset, request)
        confirmed = not page.preview or request.POST.get("confirmed") == str(asset.version)
        told: list[sentences.Told] = []
        if request.method == "POST" and form.is_valid() and "change" not in request.POST:
            try:
                if confirmed:
                    return _done(request, page, form, _do(act, page, asset, form, request))
                told = rehearse(
                    lambda: _do(act, page, asset, form, request),
                    lambda entries: sentences.tell_all(entries, request.user),
                )
                if not told:
                    form.add_error(None, _("This would change nothing."))
            except ProblemError as error:
                form.take(error)
        context = {
            "form": form,
            "title": f"{act.label}: {asset.tag}",
            "submit": page.submit or act.label,
            "explanation": page.explanation,
            "danger": page.danger,
            "subtitle": asset.product,
            "back": reverse("asset", args=[pk]),
            "preview": page.preview,
            "told": told,
            "version": asset.version,
        }
        return render(request, "components/form_page.html", context)

    view.__name__ = act.name
    return view


def _form(page: Page[Any], asset: Asset, request: HouseRequest) -> HouseForm:
    """The page's form; one with schools or rooms offers those of the actor."""
    scope = {"by": request.user} if issubclass(page.form, ScopedForm) else {}
    return page.form(request.POST or None, initial=page.initial(asset), **scope)


def _do(
    act: Act[Any], page: Page[Any], asset: Asset, form: HouseForm, request: HouseRequest
) -> Asset:
    given = page.given(form.cleaned_data.copy(), asset, request.user)
    return act.do([asset], given, request.user)[0]


def _done(request: HouseRequest, page: Page[Any], form: HouseForm, after: Asset) -> HttpResponse:
    messages.success(request, str(page.done))
    if "tag" in form.changed_data:
        for sentence in code_notices(after.tag, request.user):
            messages.warning(request, sentence)
    return redirect("asset", pk=after.pk)
