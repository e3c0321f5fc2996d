"""The journal feed: sealed entries in their final order, by seal number."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import Scope, scope_of
from core.api import parameters
from core.api.parameters import Kind
from core.api.views import HouseView
from core.journal.showing import Shown
from core.journal.tombstones import tombstone
from core.models import Seal


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
    # A field of this name, not the data sent.
    data = serializers.DictField()  # type: ignore[assignment]
    tombstone = serializers.BooleanField(
        help_text="no longer there under this id, or no longer yours to see: drop your copy"
    )


class FeedSerializer(serializers.Serializer[Any]):
    """`next` is the seal number to go on after; it moves past entries that are not yours."""

    results = EntrySerializer(many=True)
    next = serializers.IntegerField()


class Journal(HouseView):
    """The feed: sealed entries after a number, in their final order."""

    permissions = {"GET": "core.view_activity"}

    @classmethod
    def parameters(cls, method: str) -> Mapping[str, Kind]:
        return {"after": parameters.SEAL, "limit": parameters.LIMIT}

    @extend_schema(operation_id="listJournal", responses=FeedSerializer)
    def get(self, request: Request) -> Response:
        self.check(request)
        after, limit = self.query.get("after", 0), self.query.get("limit", 50)
        window = Seal.objects.filter(number__gt=after).order_by("number")
        numbers = list(window.values_list("number", flat=True)[:limit])
        last = numbers[-1] if numbers else after
        seals = Seal.objects.filter(number__gt=after, number__lte=last).select_related("entry")
        scope = scope_of(request.user, "core.view_activity")
        if not scope.everything:
            here, before = "entry__school_id__in", "entry__school_before_id__in"
            seals = seals.filter(Q(**{here: scope.schools}) | Q(**{before: scope.schools}))
        found = list(seals.order_by("number"))
        shown = Shown([s.entry for s in found], request.user, ids=True)
        return Response({"results": [_entry(s, scope, shown) for s in found], "next": last})


def _entry(seal: Seal, scope: Scope, shown: Shown) -> dict[str, Any]:
    e = seal.entry
    left = not scope.everything and e.school_id not in scope.schools
    return {
        "number": seal.number,
        "kind": e.kind,
        "subject_type": e.subject_type,
        "subject_id": e.subject_id,
        "school": None if left else e.school_id,
        "effective_at": e.effective_at,
        "recorded_at": e.recorded_at,
        "by": e.by_id,
        "via": e.via,
        "changes": shown.changes(e),
        "data": shown.data(e),
        "tombstone": tombstone(e.kind) or left,
    }
