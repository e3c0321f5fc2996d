"""The district's settings, and its own words."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import require
from core.models import District
from core.problems import ProblemError
from people.actions.district import change_district
from people.forms import DistrictForm, WordsForm
from people.web import HouseRequest


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
