"""Units, and who pays how much of them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import MaybeActor, scope_of
from core.api.filters import Filters, QueryFilter
from core.api.idempotency import once
from core.api.parameters import ID
from core.api.resource import Resource
from core.api.shapes import ReasonInput
from core.api.views import HouseView, detail
from funding import actions
from funding.api import shapes
from funding.api.purchases import share_drafts
from funding.api.shapes import ShareSerializer, UnitSerializer
from funding.models import Unit, UnitShare
from funding.money import naming


class UnitFilters(Filters):
    line = QueryFilter(ID, "line")
    purchase = QueryFilter(ID, "line__purchase")


def _standing(by: MaybeActor, asked: Mapping[str, Any]) -> QuerySet[Unit]:
    return Unit.objects.visible_to(by, "funding.view_cost").filter(voided_at=None)


UNITS = Resource(
    name="Unit",
    plural="Units",
    about="The units that one sees; voided ones are left out.",
    about_one="One unit; `voided_at` says that it never was.",
    shape=UnitSerializer,
    rows=Unit.objects.visible_to,
    view="funding.view_cost",
    filters=UnitFilters,
    listed=_standing,
)


class ShareFilters(Filters):
    unit = QueryFilter(ID, "unit")
    award = QueryFilter(ID, "award")


def _shares(by: MaybeActor) -> QuerySet[UnitShare]:
    rows = UnitShare.objects.standing().told(naming(by))
    if not scope_of(by, "funding.view_cost").everything:
        units = Unit.objects.visible_to(by, "funding.view_cost")
        rows = rows.filter(unit__in=units.values("pk"))
    return rows


SHARES = Resource(
    name="Share",
    plural="Shares",
    about="The standing shares of the awards that one sees: from a school, those of its items.",
    shape=ShareSerializer,
    rows=_shares,
    view="funding.view_cost",
    filters=ShareFilters,
    subject="unit",
)


class UnitCost(HouseView):
    """State or correct what a unit cost."""

    permissions = {"POST": "funding.change_purchase"}

    @extend_schema(operation_id="setUnitCost", request=shapes.CostInput, responses=UnitSerializer)
    def post(self, request: Request, pk: int) -> Response:
        unit = Unit.objects.visible_to(request.user).get(pk=pk)
        self.check(request, unit)

        def do() -> Response:
            values = self.body(request, shapes.CostInput)
            unit_ = actions.set_unit_cost(unit, by=self.by(request), **values)
            return detail(request, unit_, UnitSerializer)

        return once(request, do)


class UnitVoid(HouseView):
    """A unit that never was."""

    permissions = {"POST": "funding.change_purchase"}

    @extend_schema(operation_id="voidUnit", request=ReasonInput, responses=UnitSerializer)
    def post(self, request: Request, pk: int) -> Response:
        unit = Unit.objects.visible_to(request.user).get(pk=pk)
        self.check(request, unit)

        def do() -> Response:
            values = self.body(request, ReasonInput)
            voided = actions.void_unit(unit, by=self.by(request), **values)
            return detail(request, voided, UnitSerializer)

        return once(request, do)


class Reclassify(HouseView):
    """From an instant on other awards pay; what was true before stays as it was."""

    permissions = {"POST": "funding.change_share"}

    @extend_schema(
        operation_id="reclassifyUnit", request=shapes.ReclassifyInput, responses=shapes.ShareResult
    )
    def post(self, request: Request, pk: int) -> Response:
        unit = Unit.objects.visible_to(request.user).get(pk=pk)
        self.check(request, unit)

        def do() -> Response:
            values = self.body(request, shapes.ReclassifyInput)
            made = actions.reclassify(
                [unit],
                share_drafts(request, values["shares"]),
                by=self.by(request),
                reason=values["reason"],
                at=values.get("at"),
            )
            return Response({"shares": [ShareSerializer(s).data for s in made]})

        return once(request, do)
