"""Schools and rooms."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.idempotency import once
from core.api.parameters import BOOLEAN, ID, TEXT
from core.api.schema import page_of
from core.api.views import HouseView, ListView, detail, expect_version, referred
from people import actions
from people.api.shapes import RoomChange, RoomMade, RoomSerializer, SchoolSerializer
from people.codes import code_notices
from people.models import Person, Room, School


class Schools(ListView):
    """The schools and other sites that one sees."""

    output = SchoolSerializer
    permissions = {"GET": "people.view_school", "POST": "people.change_school"}
    filters = {"code": ("code__iexact", TEXT), "active": ("active", BOOLEAN)}

    def rows(self, request: Request) -> QuerySet[Any]:
        return School.objects.visible_to(request.user)

    @extend_schema(operation_id="listSchools", responses=page_of(SchoolSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)

    @extend_schema(
        operation_id="createSchool", request=SchoolSerializer, responses={201: SchoolSerializer}
    )
    def post(self, request: Request) -> Response:
        self.check(request)

        def do() -> Response:
            values = self.body(request, SchoolSerializer)
            school = actions.create_school(by=self.by(request), **values)
            return detail(request, school, SchoolSerializer, 201)

        return once(request, do)


class SchoolDetail(HouseView):
    """One school."""

    output = SchoolSerializer
    permissions = {"GET": "people.view_school", "PATCH": "people.change_school"}

    @extend_schema(operation_id="getSchool", responses=SchoolSerializer)
    def get(self, request: Request, pk: int) -> Response:
        school = School.objects.visible_to(request.user).get(pk=pk)
        self.check(request, school)
        return detail(request, school, SchoolSerializer)

    @extend_schema(
        operation_id="changeSchool",
        request=SchoolSerializer(partial=True),
        responses=SchoolSerializer,
    )
    def patch(self, request: Request, pk: int) -> Response:
        school = School.objects.visible_to(request.user).get(pk=pk)
        self.check(request, school)
        expect_version(request, school.version)
        values = self.body(request, SchoolSerializer, partial=True)
        school = actions.change_school(
            school, by=self.by(request), version=school.version, **values
        )
        return detail(request, school, SchoolSerializer)


def _with_custodian(values: dict[str, Any], request: Request) -> dict[str, Any]:
    """The custodian that a body names, through the door."""
    if "custodian_id" in values:
        pk = values.pop("custodian_id")
        people = Person.objects.visible_to(request.user)
        values["custodian"] = referred(people, pk, "custodian") if pk else None
    return values


def _noted(room: Room, request: Request) -> Room:
    """With what else its code means."""
    room.notices = code_notices(room.code, request.user)  # type: ignore[attr-defined]
    return room


class Rooms(ListView):
    """The rooms of the schools that one sees."""

    output = RoomSerializer
    permissions = {"GET": "people.view_school", "POST": "people.change_room"}
    filters = {
        "school": ("school", ID),
        "code": ("code__iexact", TEXT),
        "active": ("active", BOOLEAN),
    }

    def rows(self, request: Request) -> QuerySet[Any]:
        return Room.objects.visible_to(request.user)

    @extend_schema(operation_id="listRooms", responses=page_of(RoomSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)

    @extend_schema(operation_id="createRoom", request=RoomSerializer, responses={201: RoomMade})
    def post(self, request: Request) -> Response:
        self.check(request)

        def do() -> Response:
            values = _with_custodian(self.body(request, RoomSerializer), request)
            schools = School.objects.visible_to(request.user)
            school = referred(schools, values.pop("school_id"), "school")
            room = actions.create_room(school, values.pop("code"), by=self.by(request), **values)
            return detail(request, _noted(room, request), RoomMade, 201)

        return once(request, do)


class RoomDetail(HouseView):
    """One room."""

    output = RoomSerializer
    permissions = {"GET": "people.view_school", "PATCH": "people.change_room"}

    @extend_schema(operation_id="getRoom", responses=RoomSerializer)
    def get(self, request: Request, pk: int) -> Response:
        room = Room.objects.visible_to(request.user).get(pk=pk)
        self.check(request, room)
        return detail(request, room, RoomSerializer)

    @extend_schema(operation_id="changeRoom", request=RoomChange(partial=True), responses=RoomMade)
    def patch(self, request: Request, pk: int) -> Response:
        room = Room.objects.visible_to(request.user).get(pk=pk)
        self.check(request, room)
        expect_version(request, room.version)
        values = _with_custodian(self.body(request, RoomChange, partial=True), request)
        room = actions.change_room(room, by=self.by(request), version=room.version, **values)
        return detail(request, _noted(room, request), RoomMade)
