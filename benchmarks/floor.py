"""The floor: the plainest tables, views and writes that do a comparable thing."""

from datetime import UTC, datetime
from typing import Any

from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from rest_framework import serializers, viewsets
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from assets.models import Asset


class Thing(models.Model):
    tag = models.CharField(max_length=64, unique=True)
    serial = models.CharField(max_length=128)
    status = models.CharField(max_length=20)
    holder_id = models.BigIntegerField(null=True)

    class Meta:
        app_label = "benchmarks"
        db_table = "bench_thing"

    def __str__(self) -> str:
        return self.tag


class Happening(models.Model):
    thing = models.ForeignKey(Thing, on_delete=models.PROTECT)
    kind = models.CharField(max_length=64)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        app_label = "benchmarks"
        db_table = "bench_happening"

    def __str__(self) -> str:
        return self.kind


def lay(count: int) -> None:
    """Make the floor's tables with `count` things."""
    with connection.schema_editor() as editor:
        editor.create_model(Thing)
        editor.create_model(Happening)
    for i in range(0, count, 10_000):
        Thing._default_manager.bulk_create(
            Thing(tag=f"t{n}", serial=f"s{n}", status="in_stock")
            for n in range(i, min(i + 10_000, count))
        )


def assign(pk: int, holder: int) -> None:
    """Lock, event, update: what any hand-out must at least do."""
    with transaction.atomic():
        thing = Thing._default_manager.select_for_update().get(pk=pk)
        Happening._default_manager.create(
            thing=thing, kind="assigned", at=datetime.now(UTC), data={"holder": holder}
        )
        Thing._default_manager.filter(pk=pk).update(status="in_use", holder_id=holder)


TEMPLATE = """<!doctype html><title>Things</title><table>{% for a in rows %}<tr><td>{{ a.tag }}
<td>{{ a.serial }}<td>{{ a.product }}<td>{{ a.status }}<td>{{ a.school.name }}<td>{{ a.room }}
<td>{{ a.holder }}</tr>{% endfor %}</table>"""


def bare_list(request: HttpRequest) -> HttpResponse:
    """Fifty rows with their relations through the plainest template."""
    rows = Asset.objects.select_related("product", "school", "room", "holder").order_by(
        "tag_key", "id"
    )
    page = engines["django"].from_string(TEMPLATE)
    return HttpResponse(page.render({"rows": rows[:50]}))


class Plain(serializers.ModelSerializer[Asset]):
    class Meta:
        model = Asset
        fields = (
            "id",
            "tag",
            "serial",
            "product",
            "description",
            "school",
            "status",
            "place",
            "room",
            "person",
            "holder",
            "home_room",
            "condition",
            "unit",
            "acquired_on",
            "last_verified_on",
            "version",
        )


class BareApi(viewsets.ReadOnlyModelViewSet[Asset]):
    serializer_class = Plain
    permission_classes = ()
    authentication_classes = ()
    renderer_classes = (JSONRenderer,)

    def get_queryset(self) -> Any:
        rows = Asset.objects.order_by("id")
        return rows[: int(self.request.GET["limit"])] if "limit" in self.request.GET else rows


assert issubclass(BareApi, APIView)
urlpatterns = [
    path("list/", bare_list),
    path("api/", BareApi.as_view({"get": "list"})),
    path("api/<int:pk>/", BareApi.as_view({"get": "retrieve"})),
]
