"""People of the roster."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.access import require
from core.db.paging import paginate
from core.problems import ProblemError
from core.time import days
from core.web.asked import day_asked, known_asked
from core.web.once import adds
from people import actions
from people.actions import PersonDraft
from people.codes import id_notices
from people.filters import PersonFilters
from people.forms import PersonForm
from people.lookup import may_open
from people.models import Person, School
from people.web import HouseRequest


@require_GET
@login_required
def person_list(request: HouseRequest) -> HttpResponse:
    require(request.user, "people.view_person")
    people = (
        Person.objects.visible_to(request.user, "people.view_person")
        .filter(merged_into=None)
        .select_related("school")
    )
    asked = known_asked(request.GET, PersonFilters.readers(), request.user)
    page = paginate(
        PersonFilters.applied(asked, people),
        ["last_name", "first_name", "id"],
        after=request.GET.get("after"),
        before=request.GET.get("before"),
    )
    may_change = request.user.has_perm("people.change_person")
    context = {"page": page, "q": asked.get("q", ""), "may_change": may_change}
    return render(request, "people/people.html", context)


@require_GET
@login_required
def person_detail(request: HouseRequest, pk: int) -> HttpResponse:
    """Somebody, and what they hold now or held on a day (`on`)."""
    person = (
        Person.objects.visible_to(request.user).select_related("school", "merged_into").get(pk=pk)
    )
    require(request.user, "people.view_person", person)
    on = request.GET.get("on", "")
    day_asked(on, "on")
    context = {
        "person": person,
        "on": on,
        "may_open_winner": may_open(person.merged_into, request.user),
        "may_change": request.user.has_perm("people.change_person", person),
        "may_erase": request.user.has_perm("people.erase_person", person),
        "may_assign": request.user.has_perm("assets.assign_asset", person),
        "may_see_school": School.objects.visible_to(request.user)
        .filter(pk=person.school_id)
        .exists(),
        "today": days.today(),
    }
    return render(request, "people/person.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@adds
def person_edit(request: HouseRequest, pk: int | None = None) -> HttpResponse:
    person = Person.objects.visible_to(request.user).get(pk=pk) if pk else None
    require(request.user, "people.change_person", person)
    fields = (
        "kind",
        "local_id",
        "first_name",
        "last_name",
        "email",
        "grade",
        "title",
        "school",
    )
    initial = {f: getattr(person, f) for f in fields} if person else {}
    form = PersonForm(request.POST or None, initial=initial, by=request.user)
    form = form.edits(person) if person else form.adds()
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            if person is None:
                person = actions.add_person(PersonDraft(**values), by=request.user)
            else:
                person = actions.change_person(
                    person, by=request.user, version=person.version, **values
                )
        except ProblemError as error:
            form.take(error)
        else:
            messages.success(request, _("%s is saved.") % person.name)
            for sentences in id_notices({person.local_id}, request.user).values():
                for sentence in sentences:
                    messages.warning(request, sentence)
            return redirect("person", pk=person.pk)
    title = _("Change person") if person else _("New person")
    back = reverse("person", args=[pk]) if pk else reverse("people")
    context = {"form": form, "title": title, "back": back}
    return render(request, "components/form_page.html", context)
