"""Programs, awards, and the dated parameters that rules read."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.idempotency import once
from core.api.parameters import BOOLEAN, ID, TEXT
from core.api.schema import page_of
from core.api.views import HouseView, ListView, detail, expect_version, referred
from funding import actions
from funding.api import shapes
from funding.api.shapes import AwardSerializer
from funding.models import Award, CapitalizationLevel, Parameter, Program


class Programs(ListView):
    """The programs of money."""

    output = shapes.ProgramSerializer
    permissions = {"GET": "funding.view_award"}
    filters = {"code": ("code__iexact", TEXT)}

    def rows(self, request: Request) -> QuerySet[Any]:
        return Program.objects.all()

    @extend_schema(operation_id="listPrograms", responses=page_of(shapes.ProgramSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)


class ProgramDetail(HouseView):
    """One program."""

    output = shapes.ProgramSerializer
    permissions = {"GET": "funding.view_award"}

    @extend_schema(operation_id="getProgram", responses=shapes.ProgramSerializer)
    def get(self, request: Request, pk: int) -> Response:
        self.check(request)
        return detail(request, Program.objects.get(pk=pk), shapes.ProgramSerializer)


class Awards(ListView):
    """The awards that one sees."""

    output = AwardSerializer
    permissions = {"GET": "funding.view_award", "POST": "funding.change_award"}
    filters = {
        "program": ("program", ID),
        "fain": ("fain__iexact", TEXT),
        "frn": ("frn__iexact", TEXT),
        "name": ("name__iexact", TEXT),
        "active": ("active", BOOLEAN),
    }

    def rows(self, request: Request) -> QuerySet[Any]:
        return Award.objects.visible_to(request.user).select_related("program")

    @extend_schema(operation_id="listAwards", responses=page_of(AwardSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)

    @extend_schema(
        operation_id="createAward", request=AwardSerializer, responses={201: AwardSerializer}
    )
    def post(self, request: Request) -> Response:
        self.check(request)

        def do() -> Response:
            values = self.body(request, AwardSerializer)
            program = referred(Program.objects.all(), values.pop("program_id"), "program")
            award = actions.create_award(by=self.by(request), program=program, **values)
            return detail(request, award, AwardSerializer, 201)

        return once(request, do)


class AwardDetail(HouseView):
    """One award."""

    output = AwardSerializer
    permissions = {"GET": "funding.view_award", "PATCH": "funding.change_award"}

    @extend_schema(operation_id="getAward", responses=AwardSerializer)
    def get(self, request: Request, pk: int) -> Response:
        award = Award.objects.visible_to(request.user).get(pk=pk)
        self.check(request, award)
        return detail(request, award, AwardSerializer)

    @extend_schema(
        operation_id="changeAward", request=AwardSerializer(partial=True), responses=AwardSerializer
    )
    def patch(self, request: Request, pk: int) -> Response:
        award = Award.objects.visible_to(request.user).get(pk=pk)
        self.check(request, award)
        expect_version(request, award.version)
        values = self.body(request, AwardSerializer, partial=True)
        if "program_id" in values:
            programs = Program.objects.all()
            values["program"] = referred(programs, values.pop("program_id"), "program")
        award = actions.change_award(award, by=self.by(request), version=award.version, **values)
        return detail(request, award, AwardSerializer)


class Parameters(ListView):
    """Thresholds and deadlines, each with the days between which it holds."""

    output = shapes.ParameterSerializer
    permissions = {"GET": "funding.view_award"}
    filters = {"key": ("key", TEXT), "scope": ("scope", TEXT)}

    def rows(self, request: Request) -> QuerySet[Any]:
        return Parameter.objects.seen_by(request.user)

    @extend_schema(operation_id="listParameters", responses=page_of(shapes.ParameterSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)


class Levels(ListView):
    """From which unit cost the district capitalizes."""

    output = shapes.LevelSerializer
    permissions = {"GET": "funding.view_award"}
    filters = {"asset_class": ("asset_class", TEXT)}

    def rows(self, request: Request) -> QuerySet[Any]:
        return CapitalizationLevel.objects.all()

    @extend_schema(operation_id="listLevels", responses=page_of(shapes.LevelSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)
