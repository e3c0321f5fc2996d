"""Notes and files that name somebody: where they are, to be cleaned one by one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import forgetting
from core.access import MaybeActor, require
from core.web.asked import number_asked
from people import actions
from people.models import Person
from people.rules.written import places_of
from people.web import HouseRequest


@require_http_methods(["GET", "POST"])
@login_required
def person_written(request: HouseRequest, pk: int) -> HttpResponse:
    person = Person.objects.visible_to(request.user).select_related("school").get(pk=pk)
    require(request.user, "people.erase_person", person)
    if request.method == "POST":
        _clean(request, person)
        return redirect("person-erase" if request.POST.get("next") else "person-written", pk=pk)
    found = places_of(person)
    context = {"person": person, "written": told(found, request.user), "more": found.more}
    return render(request, "people/written.html", context)


def told(found: forgetting.Found, by: MaybeActor) -> list[tuple[forgetting.Written, bool]]:
    """What is left to be cleaned, each with whether it has their last name only."""
    perhaps = set(found.perhaps)
    return [(written, written.place in perhaps) for written in forgetting.look(found.all, by)]


def _clean(request: HouseRequest, person: Person) -> None:
    sent: Any = request.POST
    place = forgetting.Place(
        sent.get("table", ""),
        number_asked(sent.get("id")) or 0,
        sent.get("column", ""),
    )
    gone = actions.clean_written(
        person,
        place,
        act=sent.get("act", ""),
        seen=sent.get("seen", ""),
        by=request.user,
    )
    if gone:
        messages.success(request, _("It is gone for good; that it was there stays a fact."))
    else:
        messages.warning(
            request, _("It is taken off here. Another record has the same file: its bytes stay.")
        )
