"""The journal feed: sealed entries in their final order, by seal number."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import scope_of
from core.api.views import MAX_LIMIT, HouseView
from core.models import Run, Seal
from core.problems import Problem, invalid_if

#: Kinds after which a thing is no longer there under its id: consumers drop their copy.
TOMBSTONES = {"asset.voided", "asset.merged", "person.erased", "person.merged", "unit.voided"}


class EntrySerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    kind = serializers.CharField()
    subject_type = serializers.CharField()
    subject_id = serializers.IntegerField()
    school = serializers.IntegerField(allow_null=True)
    effective_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()
    by = serializers.IntegerField(allow_null=True)
    via = serializers.CharField()
    changes = serializers.DictField()
    data = serializers.DictField()  # type: ignore[assignment]
    tombstone = serializers.BooleanField()


class FeedSerializer(serializers.Serializer[Any]):
    """`next` is the seal number to go on after; it moves past entries that are not yours."""

    results = EntrySerializer(many=True)
    next = serializers.IntegerField()


class Journal(HouseView):
    permissions = {"GET": "core.view_activity"}

    @extend_schema(
        operation_id="listJournal", responses=FeedSerializer,
        parameters=[OpenApiParameter("after", {"type": "integer", "minimum": 0, "default": 0}),
                    OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": 200, "default": 50})],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        self.check(request)
        params = request.query_params
        after, limit = params.get("after", "0"), params.get("limit", "50")
        problems = [
            Problem("unknown-parameter", _("There is no parameter called %s.") % n[:60], n[:60])
            for n in params
            if n not in ("after", "limit")
        ]
        if not after.isdigit() or len(after) > 18:
            problems.append(Problem("after", _("This is no seal number."), "after"))
        if not limit.isdigit() or not 1 <= int(limit[:9]) <= MAX_LIMIT:
            problems.append(Problem("limit", _("A page has 1 to 200 rows."), "limit"))
        invalid_if(problems)
        window = list(
            Seal.objects.filter(number__gt=int(after))
            .order_by("number")
            .values_list("number", flat=True)[: int(limit)]
        )
        last = window[-1] if window else int(after)
        seals = Seal.objects.filter(number__gt=int(after), number__lte=last).select_related("entry")
        scope = scope_of(request.user)
        if not scope.everything:
            mine = Q(entry__school_id__in=scope.schools) | Q(
                entry__school_before_id__in=scope.schools
            )
            seals = seals.filter(mine)
        return Response({"results": [_entry(s) for s in seals.order_by("number")], "next": last})


def _entry(seal: Seal) -> dict[str, Any]:
    e = seal.entry
    return {
        "number": seal.number, "kind": e.kind, "subject_type": e.subject_type,
        "subject_id": e.subject_id, "school": e.school_id, "effective_at": e.effective_at,
        "recorded_at": e.recorded_at, "by": e.by_id, "via": e.via, "changes": e.changes,
        "data": e.data, "tombstone": e.kind in TOMBSTONES,
    }  # fmt: skip


class RunSerializer(serializers.Serializer[Run]):
    id = serializers.IntegerField(read_only=True)
    kind = serializers.CharField(read_only=True)
    state = serializers.ChoiceField(choices=Run.State.choices, read_only=True)
    done = serializers.IntegerField(read_only=True)
    total = serializers.IntegerField(read_only=True)
    reason = serializers.CharField(read_only=True)


class RunDetail(HouseView):
    """How far a run is; poll it."""

    output = RunSerializer
    permissions = {"GET": "assets.view_asset"}

    @extend_schema(operation_id="getRun", responses=RunSerializer)
    def get(self, request: Request, pk: int) -> Response:
        from core.api.views import detail

        self.check(request)
        return detail(request, Run.objects.visible_to(request.user).get(pk=pk), RunSerializer)
