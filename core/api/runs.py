"""A run as programs follow it. Which permission that asks, an app says with its address."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.shapes import Noun
from core.api.views import HouseView, detail
from core.models import Run


class RunSerializer(Noun[Run]):
    id = serializers.IntegerField(read_only=True)
    kind = serializers.CharField(read_only=True)
    state = serializers.ChoiceField(choices=Run.State.choices, read_only=True)
    done = serializers.IntegerField(read_only=True)
    total = serializers.IntegerField(read_only=True)
    reason = serializers.CharField(read_only=True)


class RunDetail(HouseView):
    """How far a run is; poll it."""

    output = RunSerializer

    @extend_schema(operation_id="getRun", responses=RunSerializer)
    def get(self, request: Request, pk: int) -> Response:
        self.check(request)
        return detail(request, Run.objects.visible_to(request.user).get(pk=pk), RunSerializer)
