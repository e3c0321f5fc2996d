"""Two rows for one person become one, and two again where that was a mistake."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import require
from core.journal.rehearsal import Rehearsal, rehearse
from core.problems import ProblemError
from core.web.forms import HouseForm, ReasonForm
from people import actions
from people.forms import PersonMergeForm
from people.lookup import person_typed
from people.models import Person
from people.web import HouseRequest


def _confirmed_page(
    request: HouseRequest,
    person: Person,
    form: HouseForm,
    do: Callable[[dict[str, Any]], Person],
    **words: Any,
) -> HttpResponse:
    """A form that shows what it would record before just that is confirmed."""
    shown: Rehearsal[Person] | None = None
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        seen = request.POST.get("confirmed", "")
        try:
            shown = rehearse(lambda: do(form.cleaned_data), request.user, seen)
        except ProblemError as error:
            form.take(error)
        else:
            if shown.done is not None:
                messages.success(request, _("Saved."))
                return redirect("person", pk=shown.done.pk)
    context = {
        "form": form,
        "shown": shown,
        "stale": "confirmed" in request.POST,
        "preview": True,
        "back": reverse("person", args=[person.pk]),
        "subtitle": person.local_id,
        **words,
    }
    return render(request, "components/form_page.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def person_merge(request: HouseRequest, pk: int) -> HttpResponse:
    """This row ends; its id leads to the row that stays."""
    person, by = Person.objects.visible_to(request.user).get(pk=pk), request.user
    require(by, "people.change_person", person)

    stays: list[Person] = []

    def do(v: dict[str, Any]) -> Person:
        into = person_typed(v["into"], by, "into")
        stays[:] = [into]
        return actions.merge_people(person, into=into, by=by, reason=v["reason"])

    def explanation() -> str:
        """Which of the two ends, once that is known: both may be called the same."""
        if stays:
            message = _("The id %(one)s ends and leads to %(other)s from now on. It can be undone.")
            return message % {"one": person.local_id, "other": stays[0].local_id}
        return _(
            "Two rows for one person: this one ends, its id leads to the one that stays. "
            "It can be undone here."
        )

    return _confirmed_page(
        request,
        person,
        PersonMergeForm(request.POST or None),
        do,
        danger=True,
        submit=_("Merge"),
        title=_("Merge: %s") % person.name,
        explanation=explanation,
    )


@require_http_methods(["GET", "POST"])
@login_required
def person_unmerge(request: HouseRequest, pk: int) -> HttpResponse:
    """They are two people after all."""
    person, by = Person.objects.visible_to(request.user).get(pk=pk), request.user
    require(by, "people.change_person", person)

    def do(v: dict[str, Any]) -> Person:
        return actions.unmerge_people(person, by=by, reason=v["reason"])

    return _confirmed_page(
        request,
        person,
        ReasonForm(request.POST or None),
        do,
        submit=_("Undo merge"),
        title=_("Undo merge: %s") % person.name,
        explanation=_(
            "They are two people after all. What was handed to the other since stays there."
        ),
    )
