"""REST: schools, rooms, people."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import may, scope_of
from core.api.fields import IdField
from core.api.idempotency import once
from core.api.schema import page_of
from core.api.views import HouseView, ListView, boolean, detail, expect_version, integer, text
from people import actions
from people.models import Person, Room, School


class SchoolSerializer(serializers.Serializer[School]):
    id = serializers.IntegerField(read_only=True)
    code = serializers.CharField(max_length=32)
    name = serializers.CharField(max_length=200)
    entity_number = serializers.CharField(max_length=16, required=False, allow_blank=True)
    nces_id = serializers.CharField(max_length=16, required=False, allow_blank=True)
    address = serializers.CharField(max_length=300, required=False, allow_blank=True)
    active = serializers.BooleanField(read_only=True)
    version = serializers.IntegerField(read_only=True)


class RoomSerializer(serializers.Serializer[Room]):
    id = serializers.IntegerField(read_only=True)
    school = IdField(source="school_id")
    building = serializers.CharField(max_length=64, required=False, allow_blank=True)
    code = serializers.CharField(max_length=64)
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    custodian = serializers.IntegerField(source="custodian_id", read_only=True, allow_null=True)
    active = serializers.BooleanField(read_only=True)
    version = serializers.IntegerField(read_only=True)


class PersonSerializer(serializers.Serializer[Person]):
    """Names only for those who may see people; a pseudonym for everybody else."""

    id = serializers.IntegerField(read_only=True)
    kind = serializers.ChoiceField(choices=Person.Kind.choices)
    local_id = serializers.CharField(max_length=64)
    first_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    last_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    grade = serializers.CharField(max_length=16, required=False, allow_blank=True)
    school = IdField(source="school_id")
    active = serializers.BooleanField(read_only=True)
    version = serializers.IntegerField(read_only=True)

    def to_representation(self, instance: Person) -> dict[str, Any]:
        data = super().to_representation(instance)
        by = self.context["request"].user
        if scope_of(by).pseudonyms or not may(by, "people.view_person", instance):
            data |= {"first_name": "", "last_name": instance.pseudonym, "local_id": ""}
        return data


class Schools(ListView):
    output = SchoolSerializer
    permissions = {"GET": "people.view_school", "POST": "people.change_school"}
    filters = {"code": ("code__iexact", text), "active": ("active", boolean)}

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
            school = actions.create_school(
                by=self.by(request), **self.body(request, SchoolSerializer)
            )
            return detail(request, school, SchoolSerializer, 201)

        return once(request, do)


class SchoolDetail(HouseView):
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


class Rooms(ListView):
    output = RoomSerializer
    permissions = {"GET": "people.view_school", "POST": "people.change_room"}
    filters = {
        "school": ("school", integer),
        "code": ("code__iexact", text),
        "active": ("active", boolean),
    }

    def rows(self, request: Request) -> QuerySet[Any]:
        return Room.objects.visible_to(request.user)

    @extend_schema(operation_id="listRooms", responses=page_of(RoomSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)

    @extend_schema(
        operation_id="createRoom", request=RoomSerializer, responses={201: RoomSerializer}
    )
    def post(self, request: Request) -> Response:
        self.check(request)

        def do() -> Response:
            values = self.body(request, RoomSerializer)
            school = School.objects.visible_to(request.user).get(pk=values.pop("school_id"))
            room = actions.create_room(school, values.pop("code"), by=self.by(request), **values)
            return detail(request, room, RoomSerializer, 201)

        return once(request, do)


class RoomDetail(HouseView):
    output = RoomSerializer
    permissions = {"GET": "people.view_school"}

    @extend_schema(operation_id="getRoom", responses=RoomSerializer)
    def get(self, request: Request, pk: int) -> Response:
        room = Room.objects.visible_to(request.user).get(pk=pk)
        self.check(request, room)
        return detail(request, room, RoomSerializer)


class People(ListView):
    output = PersonSerializer
    permissions = {"GET": "people.view_person", "POST": "people.change_person"}
    filters = {
        "school": ("school", integer), "local_id": ("local_id__iexact", text),
        "last_name": ("last_name__istartswith", text), "active": ("active", boolean),
    }  # fmt: skip

    def rows(self, request: Request) -> QuerySet[Any]:
        return Person.objects.visible_to(request.user).filter(merged_into=None)

    @extend_schema(operation_id="listPeople", responses=page_of(PersonSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)

    @extend_schema(
        operation_id="savePerson", request=PersonSerializer, responses={201: PersonSerializer},
        description="Create a person, or change the one with this local id.",
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        self.check(request)

        def do() -> Response:
            values = self.body(request, PersonSerializer)
            school = School.objects.visible_to(request.user).get(pk=values.pop("school_id"))
            actions.save_people([actions.PersonDraft(school=school, **values)], by=self.by(request))
            person = Person.objects.get(local_id__iexact=values["local_id"].strip())
            return detail(request, person, PersonSerializer, 201)

        return once(request, do)


class PersonDetail(HouseView):
    output = PersonSerializer
    permissions = {"GET": "people.view_person"}

    @extend_schema(operation_id="getPerson", responses=PersonSerializer)
    def get(self, request: Request, pk: int) -> Response:
        person = Person.objects.visible_to(request.user).get(pk=pk)
        self.check(request, person)
        return detail(request, person, PersonSerializer)
