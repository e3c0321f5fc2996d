"""Units, and who pays how much of them."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import scope_of
from core.api.idempotency import once
from core.api.parameters import ID
from core.api.schema import page_of
from core.api.shapes import ReasonInput
from core.api.views import HouseView, ListView, detail
from funding import actions
from funding.api import shapes
from funding.api.purchases import share_drafts
from funding.api.shapes import ShareSerializer, UnitSerializer
from funding.models import Unit, UnitShare
from funding.money import naming


class Units(ListView):
    """The units that one sees; voided ones are left out."""

    output = UnitSerializer
    permissions = {"GET": "funding.view_cost"}
    filters = {"line": ("line", ID), "purchase": ("line__purchase", ID)}

    def rows(self, request: Request) -> QuerySet[Any]:
        return Unit.objects.visible_to(request.user, "funding.view_cost").filter(voided_at=None)

    @extend_schema(operation_id="listUnits", responses=page_of(UnitSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)


class UnitDetail(HouseView):
    """One unit; `voided_at` says that it never was."""

    output = UnitSerializer
    permissions = {"GET": "funding.view_cost"}

    @extend_schema(operation_id="getUnit", responses=UnitSerializer)
    def get(self, request: Request, pk: int) -> Response:
        unit = Unit.objects.visible_to(request.user).get(pk=pk)
        self.check(request, unit)  # where the role sees its cost
        return detail(request, unit, UnitSerializer)


class Shares(ListView):
    """The standing shares of the awards that one sees: from a school, those of its things."""

    output = ShareSerializer
    permissions = {"GET": "funding.view_cost"}
    filters = {"unit": ("unit", ID), "award": ("award", ID)}
    subject = "unit"

    def rows(self, request: Request) -> QuerySet[Any]:
        rows = UnitShare.objects.filter(known_to=None, valid_to=None).told(naming(request.user))
        if not scope_of(request.user, "funding.view_cost").everything:
            units = Unit.objects.visible_to(request.user, "funding.view_cost")
            rows = rows.filter(unit__in=units.values("pk"))
        return rows

    @extend_schema(operation_id="listShares", responses=page_of(ShareSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)


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
