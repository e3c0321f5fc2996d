"""REST: ask for a report, poll it, download it."""

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core import files
from core.api.fields import DayField, IdField, InstantField
from core.api.filters import Filters, QueryFilter
from core.api.idempotency import once
from core.api.parameters import ID
from core.api.schema import page_of
from core.api.shapes import Noun
from core.api.views import HouseView, ListView, detail, referred
from funding.models import Award
from people.models import School
from reports import eyes
from reports.actions import request_report
from reports.models import Report, ReportFile


class ReportSerializer(Noun[Report]):
    id = serializers.IntegerField(read_only=True)
    number = serializers.CharField(read_only=True)
    kind = serializers.CharField(read_only=True)
    award = IdField(source="award_id")
    school = IdField(source="school_id", required=False, allow_null=True)
    as_of = DayField()
    known_at = InstantField(required=False)
    formats = serializers.ListField(
        child=serializers.ChoiceField(choices=Report.Format.values), min_length=1, max_length=3
    )
    state = serializers.CharField(source="run.state", read_only=True)
    reason = serializers.CharField(source="run.reason", read_only=True)
    sha256 = serializers.CharField(read_only=True)
    rows = serializers.IntegerField(read_only=True)


class ReportFilters(Filters):
    award = QueryFilter(ID, "award")


class Reports(ListView):
    output = ReportSerializer
    permissions = {"GET": "reports.view_report", "POST": "reports.make_report"}
    filters = ReportFilters

    def rows(self, request: Request) -> QuerySet[Any]:
        return Report.objects.visible_to(request.user).select_related("run")

    @extend_schema(operation_id="listReports", responses=page_of(ReportSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)

    @extend_schema(
        operation_id="requestReport", request=ReportSerializer, responses={202: ReportSerializer}
    )
    def post(self, request: Request) -> Response:
        self.check(request)

        def do() -> Response:
            v = self.body(request, ReportSerializer)
            award = referred(Award.objects.visible_to(request.user), v["award_id"], "award")
            school = None
            if v.get("school_id"):
                schools = School.objects.visible_to(request.user)
                school = referred(schools, v["school_id"], "school")
            report = request_report(
                award,
                by=self.by(request),
                as_of=v["as_of"],
                formats=v["formats"],
                school=school,
                known_at=v.get("known_at"),
            )
            return detail(request, report, ReportSerializer, 202)

        return once(request, do)


class ReportDetail(HouseView):
    output = ReportSerializer
    permissions = {"GET": "reports.view_report"}

    @extend_schema(operation_id="getReport", responses=ReportSerializer)
    def get(self, request: Request, pk: int) -> Response:
        self.check(request)
        report = Report.objects.visible_to(request.user).select_related("run").get(pk=pk)
        return detail(request, report, ReportSerializer)


class ReportDownload(HouseView):
    """A report as a file. Its address says the format, so that any Accept will do."""

    permissions = {"GET": "reports.view_report"}
    any_accept = True

    @extend_schema(
        operation_id="downloadReport",
        # The first is never sent; it lets generated clients read bytes, not text.
        responses={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            (200, "application/pdf"): OpenApiTypes.BINARY,
            (200, "text/csv"): OpenApiTypes.BINARY,
            (
                200,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ): OpenApiTypes.BINARY,
        },
    )
    def get(self, request: Request, pk: int, format_: str) -> FileResponse:
        self.check(request)
        report = Report.objects.visible_to(request.user).get(pk=pk)
        eyes.require_told(report.seen_through, request.user)
        found = (
            ReportFile.objects.select_related("file").filter(report=report, format=format_).first()
        )
        if found is None:
            raise Http404
        return FileResponse(
            files.open_file(found.file),
            content_type=found.file.content_type,
            as_attachment=True,
            filename=f"{report.number}.{format_}",
        )
