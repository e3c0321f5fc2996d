"""REST: ask for a report, poll it, download it."""

from django.http import FileResponse, Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from core import files
from core.api.fields import DayField, IdField, InstantField
from core.api.filters import Filters, QueryFilter
from core.api.parameters import ID
from core.api.resource import Resource, Write
from core.api.shapes import Noun
from core.api.views import HouseView
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


REPORTS = Resource(
    name="Report",
    plural="Reports",
    about="Reports of awards, which a worker makes.",
    about_one="One report, made or on its way.",
    shape=ReportSerializer,
    rows=lambda by: Report.objects.visible_to(by).select_related("run"),
    view="reports.view_report",
    scoped=False,
    filters=ReportFilters,
    create=Write(request_report, "reports.make_report", verb="request", status=202),
    doors={
        "award_id": lambda by: Award.objects.visible_to(by),
        "school_id": lambda by: School.objects.visible_to(by),
    },
)


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
