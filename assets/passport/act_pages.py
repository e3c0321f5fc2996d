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
from core.journal.rehearsal import Rehearsal, rehearse
from core.problems import ProblemError
from core.web.forms import HouseForm
from core.web.once import adds
from people.codes import code_notices
from people.web import HouseRequest


def page_address(act: Act[Any], page: Page[Any]) -> URLPattern:
    """Where people do an act: /assets/7/<name>/."""
    address = f"assets/<int:pk>/{act.name}/"
    return path(address, _view(act, page), name=f"asset-{act.name}")


def _view(act: Act[Any], page: Page[Any]) -> Callable[..., HttpResponse]:
    """A page that asks for what an act needs and does it; with `preview` it first shows what the
    act would write, and does it when just that is confirmed."""

    @require_http_methods(["GET", "POST"])
    @login_required
    @adds
    def view(request: HouseRequest, pk: int) -> HttpResponse:
        asset = Asset.objects.visible_to(request.user).for_list().get(pk=pk)
        require(request.user, act.permission, asset)
        form = _form(page, asset, request)
        shown: Rehearsal[Asset] | None = None

        def do() -> Asset:
            return _do(act, page, asset, form, request)

        if request.method == "POST" and form.is_valid() and "change" not in request.POST:
            try:
                if page.preview:
                    shown = rehearse(do, request.user, request.POST.get("confirmed", ""))
                after = do() if shown is None else shown.done
            except ProblemError as error:
                form.take(error)
            else:
                if after is not None:
                    return _done(request, page, form, after)
                if shown is not None and not shown.told:
                    form.add_error(None, _("This would change nothing."))
        context = {
            "form": form,
            "title": f"{act.label}: {asset.tag}",
            "submit": page.submit or act.label,
            "explanation": page.explanation,
            "danger": page.danger,
            "subtitle": asset.product,
            "back": reverse("asset", args=[pk]),
            "preview": page.preview,
            "shown": shown,
            "stale": "confirmed" in request.POST,
        }
        return render(request, "components/form_page.html", context)

    view.__name__ = act.name
    return view


def _form(page: Page[Any], asset: Asset, request: HouseRequest) -> HouseForm:
    """The page's form; one with schools or rooms offers those of the actor."""
    scope = {"by": request.user} if issubclass(page.form, ScopedForm) else {}
    form = page.form(request.POST or None, initial=page.initial(asset), **scope)
    if page.edits:
        return form.edits(asset)
    # What is asked for twice is told what the first one made of it.
    return form if page.preview else form.adds()


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
