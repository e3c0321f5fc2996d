"""Figures of operation, for a Prometheus that has a token."""

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from prometheus_client import CONTENT_TYPE_LATEST
from rest_framework.request import Request

from core.api.views import HouseView
from core.ops import metrics


class Metrics(HouseView):
    """In Prometheus's text format, whatever is accepted."""

    permissions = {"GET": "core.view_metrics"}
    any_accept = True

    @extend_schema(operation_id="getMetrics", responses={(200, "text/plain"): OpenApiTypes.STR})
    def get(self, request: Request) -> HttpResponse:
        self.check(request)
        return HttpResponse(metrics.figures(), content_type=CONTENT_TYPE_LATEST)
