"""Every component of the pages on one page, for those who write pages."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core.time import days
from core.web.forms import DateField, HouseForm

KINDS = [("a", _("Device")), ("b", _("Furniture")), ("c", _("Tool"))]


class SampleForm(HouseForm):
    """One field of each look."""

    name = forms.CharField(label=_("Name"), help_text=_("As it is written on the item."))
    day = DateField(label=_("Date"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    many = forms.MultipleChoiceField(
        label=_("Kinds"), choices=KINDS, required=False, widget=forms.CheckboxSelectMultiple
    )
    sure = forms.BooleanField(label=_("I looked at it myself"), required=False)


def _samples() -> dict[str, Any]:
    """What the components are shown with."""
    change = (_("Room"), "101", "LIB")
    told = SimpleNamespace(
        sentence=_("It was moved."),
        changes=[change],
        url="",
        who="Ana",
        entry=SimpleNamespace(
            effective_at=days.now() - timedelta(days=2),
            recorded_at=days.now(),
            get_via_display=_("page"),
        ),
    )
    act = {"url_name": "run", "icon": "arrow-right", "problem": None}
    return {
        "changes": [change],
        "told": [told],
        "shown": SimpleNamespace(told=[told], digest="1"),
        "stale": True,
        "form": SampleForm({}, auto_id="sample_%s"),
        "typed": SampleForm({"name": "A", "kind": "a"}, auto_id="typed_%s"),
        "page": SimpleNamespace(previous="1", next="2"),
        "acts": [act | {"name": "move", "label": _("Move")}],
        "refused": [(_("It is not here."), [act | {"name": "find", "label": _("Found again")}])],
        "parts": [
            {"x": 0, "percent": 70, "color": "#2a78d6"},
            {"x": 70, "percent": 30, "color": "#1baf7a"},
        ],
    }


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """The components with samples: where a developer runs it, and in a demonstration."""
    district = getattr(request, "district", None)
    if not (settings.DEBUG or getattr(district, "demonstration", False)):
        raise Http404
    return render(request, "core/gallery.html", _samples())
