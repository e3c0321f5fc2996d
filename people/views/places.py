"""Schools and rooms."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.access import MaybeActor, require
from core.db.paging import paginate
from core.problems import ProblemError
from core.web.asked import day_asked, known_asked
from core.web.once import adds
from people import actions
from people.codes import code_notices
from people.filters import RoomFilters
from people.forms import RoomForm, SchoolForm
from people.lookup import may_open, person_typed
from people.models import Room, School
from people.naming import called, named_in, names_people
from people.web import HouseRequest


@require_GET
@login_required
def school_list(request: HouseRequest) -> HttpResponse:
    require(request.user, "people.view_school")
    rows = School.objects.visible_to(request.user)
    may = request.user.has_perm("people.change_school")
    return render(request, "people/schools.html", {"schools": rows, "may_change": may})


@require_GET
@login_required
def school_detail(request: HouseRequest, pk: int) -> HttpResponse:
    school = School.objects.visible_to(request.user).get(pk=pk)
    require(request.user, "people.view_school", school)
    rooms = list(school.rooms.filter(merged_into=None).select_related("custodian"))
    context = {
        "school": school,
        "rooms": rooms,
        "named": named_in(request.user, rooms),
        "may_change": request.user.has_perm("people.change_school", school),
        "may_add_room": request.user.has_perm("people.change_room", school),
    }
    return render(request, "people/school.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@adds
def school_edit(request: HouseRequest, pk: int | None = None) -> HttpResponse:
    school = School.objects.visible_to(request.user).get(pk=pk) if pk else None
    require(request.user, "people.change_school", school)
    fields = ("code", "name", "entity_number", "nces_id", "address")
    initial = {f: getattr(school, f) for f in fields} if school else {}
    form = SchoolForm(request.POST or None, initial=initial)
    if school:
        form.initial["use"] = form.uses(school)
        form = form.edits(school)
    else:  # a new one is in use
        del form.fields["use"]
        form = form.adds()
    if request.method == "POST" and form.is_valid():
        try:
            if school:
                school = actions.change_school(
                    school, by=request.user, version=school.version, **form.facts()
                )
            else:
                school = actions.create_school(by=request.user, **form.facts())
        except ProblemError as error:
            form.take(error)
        else:
            messages.success(request, _("The school is saved."))
            return redirect("school", pk=school.pk)
    title = _("Change school") if school else _("New school")
    back = reverse("school", args=[pk]) if pk else reverse("schools")
    context = {"form": form, "title": title, "back": back}
    return render(request, "components/form_page.html", context)


@require_GET
@login_required
def room_detail(request: HouseRequest, pk: int) -> HttpResponse:
    room = Room.objects.visible_to(request.user).select_related("school", "custodian").get(pk=pk)
    require(request.user, "people.view_school", room)
    on = request.GET.get("on", "")
    day_asked(on, "on")
    context = {
        "room": room,
        "on": on,
        "may_change": request.user.has_perm("people.change_room", room),
        "may_move": request.user.has_perm("assets.move_asset", room),
        "named": names_people(request.user, room),
        "may_open": may_open(room.custodian, request.user),
    }
    return render(request, "people/room.html", context)


@require_GET
@login_required
def room_list(request: HouseRequest) -> HttpResponse:
    require(request.user, "people.view_school")
    rooms = Room.objects.visible_to(request.user).filter(merged_into=None)
    rooms = rooms.select_related("school", "custodian")
    asked = known_asked(request.GET, RoomFilters.readers(), request.user)
    page = paginate(
        RoomFilters.applied(asked, rooms),
        ["school__name", "building", "code", "id"],
        after=request.GET.get("after"),
        before=request.GET.get("before"),
    )
    named = named_in(request.user, page.rows)
    context = {"page": page, "q": asked.get("q", ""), "named": named}
    return render(request, "people/rooms.html", context)


def _custodian(room: Room, by: MaybeActor) -> str:
    """How a form says who answers for a room: by id, and without one where their page does not
    open."""
    person = room.custodian
    if person is None:
        return ""
    return person.local_id if may_open(person, by) else called(person, room, by)


@require_http_methods(["GET", "POST"])
@login_required
@adds
def room_edit(
    request: HouseRequest, pk: int | None = None, school: int | None = None
) -> HttpResponse:
    room = Room.objects.visible_to(request.user).get(pk=pk) if pk else None
    home = room.school if room else School.objects.visible_to(request.user).get(pk=school or 0)
    require(request.user, "people.change_room", home)
    initial = {f: getattr(room, f) for f in ("building", "code", "name")} if room else {}
    stands = ""
    if room:
        initial["custodian"] = stands = _custodian(room, request.user)
    form = RoomForm(request.POST or None, initial=initial)
    if room:
        form.initial["use"] = form.uses(room)
        form = form.edits(room)
    else:
        del form.fields["use"]
        form = form.adds()
    if request.method == "POST" and form.is_valid():
        values = form.facts()
        try:
            code = values.pop("custodian")
            # Who stands there and was left alone may have left since, or be of another school.
            if not (room and code == stands):
                values["custodian"] = (
                    person_typed(code, request.user, "custodian") if code else None
                )
            if room:
                room = actions.change_room(room, by=request.user, version=room.version, **values)
            else:
                room = actions.create_room(home, values.pop("code"), by=request.user, **values)
        except ProblemError as error:
            form.take(error)
        else:
            messages.success(request, _("The room is saved."))
            for sentence in code_notices(room.code, request.user):
                messages.warning(request, sentence)
            return redirect("room", pk=room.pk)
    title = _("Change room") if room else _("New room")
    back = reverse("room", args=[pk]) if pk else reverse("school", args=[home.pk])
    context = {"form": form, "title": title, "back": back, "subtitle": home.name}
    return render(request, "components/form_page.html", context)
