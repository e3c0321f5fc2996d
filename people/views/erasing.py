"""Forgetting somebody: first what would go, what keeps them and until when."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import require
from core.backup.nightly import kept_until
from core.problems import Problem, ProblemError
from core.time import days
from core.web.forms import ReasonForm
from people import actions
from people.models import Person, User
from people.rules.erasing import keeping_problems, rows_of, standing
from people.rules.written import places_of
from people.views.written import told
from people.web import HouseRequest

SHOWN = ("local_id", "first_name", "last_name", "email", "grade", "title")


@require_http_methods(["GET", "POST"])
@login_required
def person_erase(request: HouseRequest, pk: int) -> HttpResponse:
    person = Person.objects.visible_to(request.user).select_related("school").get(pk=pk)
    require(request.user, "people.erase_person", person)
    rows = rows_of(person)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase_person(
                person,
                by=request.user,
                reason=form.cleaned_data["reason"],
                seen=request.POST.get("seen", ""),
            )
        except ProblemError as error:
            form.take(error)
        else:
            messages.success(request, _("They are erased. What they held stays, without a name."))
            return redirect("person", pk=pk)
    kept = list(keeping_problems(rows, days.today()))
    found = places_of(person)
    context = {
        "person": person,
        "form": form,
        "kept": kept,
        "until": _until(kept),
        "seen": standing(rows),
        "values": _values(rows),
        "written": told(found, request.user),
        "more": found.more,
        "users": User.objects.filter(person__in=rows),
        "backups_until": kept_until(),
    }
    return render(request, "people/erase.html", context)


def _values(rows: list[Person]) -> list[tuple[str, str]]:
    """What would be blanked: each value that is there, of every row that is this person."""
    found: dict[tuple[str, str], None] = {}
    for row in rows:
        for name in SHOWN:
            if value := getattr(row, name):
                field: Any = Person._meta.get_field(name)
                found.setdefault((str(field.verbose_name).capitalize(), value))
    return list(found)


def _until(kept: list[Problem]) -> date | None:
    """The day after which nothing keeps them; None where something has no known end."""
    if not kept or not all(problem.data.get("until") for problem in kept):
        return None
    return max(date.fromisoformat(problem.data["until"]) for problem in kept)
