"""Purchases: recorded with their lines, received, shared among awards."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.idempotency import once
from core.api.parameters import DAY, ID, TEXT
from core.api.schema import page_of
from core.api.views import HouseView, ListView, detail, referred
from core.problems import Missing, Problem
from funding import actions
from funding.api import shapes
from funding.api.shapes import PurchaseSerializer
from funding.models import Award, Purchase, PurchaseLine, Vendor


class Purchases(ListView):
    """The purchases that one sees."""

    output = PurchaseSerializer
    permissions = {"GET": "funding.view_purchase", "POST": "funding.change_purchase"}
    filters = {
        "number": ("number__iexact", TEXT),
        "vendor": ("vendor", ID),
        "ordered_on__gte": ("ordered_on__gte", DAY),
    }

    def rows(self, request: Request) -> QuerySet[Any]:
        return Purchase.objects.visible_to(request.user).prefetch_related("lines")

    @extend_schema(operation_id="listPurchases", responses=page_of(PurchaseSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)

    @extend_schema(
        operation_id="createPurchase",
        request=PurchaseSerializer,
        responses={201: PurchaseSerializer},
    )
    def post(self, request: Request) -> Response:
        self.check(request)

        def do() -> Response:
            values = self.body(request, PurchaseSerializer)
            vendor = values.pop("vendor_id", None)
            lines = [actions.LineDraft(**line) for line in values.pop("lines")]
            purchase = actions.record_purchase(
                values.pop("number"),
                by=self.by(request),
                lines=lines,
                vendor=referred(Vendor.objects.all(), vendor, "vendor") if vendor else None,
                **values,
            )
            return detail(request, purchase, PurchaseSerializer, 201)

        return once(request, do)


class PurchaseDetail(HouseView):
    """One purchase with its lines."""

    output = PurchaseSerializer
    permissions = {"GET": "funding.view_purchase"}

    @extend_schema(operation_id="getPurchase", responses=PurchaseSerializer)
    def get(self, request: Request, pk: int) -> Response:
        purchase = Purchase.objects.visible_to(request.user).get(pk=pk)
        self.check(request, purchase)
        return detail(request, purchase, PurchaseSerializer)


def line_of(request: Request, pk: int, number: int) -> PurchaseLine:
    """A line by its number, through the purchase's door. Raises Missing with the field."""
    purchase = Purchase.objects.visible_to(request.user).get(pk=pk)
    line = PurchaseLine.objects.filter(purchase=purchase, number=number).first()
    if line is None:
        raise Missing(Problem("not-found", _("The purchase has no line of this number."), "line"))
    return line


class Receive(HouseView):
    """Receive some of a line: one unit for each thing."""

    permissions = {"POST": "funding.change_purchase"}

    @extend_schema(
        operation_id="receivePurchase", request=shapes.ReceiveInput, responses=shapes.ReceiveResult
    )
    def post(self, request: Request, pk: int) -> Response:
        self.check(request, Purchase.objects.visible_to(request.user).get(pk=pk))

        def do() -> Response:
            values = self.body(request, shapes.ReceiveInput)
            line = line_of(request, pk, values.pop("line"))
            units = actions.receive_units(line, by=self.by(request), **values)
            return Response({"units": [shapes.UnitSerializer(u).data for u in units]})

        return once(request, do)


def share_drafts(request: Request, shares: list[dict[str, Any]]) -> list[actions.ShareDraft]:
    """The awards and parts that a body names, through the door."""
    awards = Award.objects.visible_to(request.user)
    return [
        actions.ShareDraft(
            referred(awards, s["award"], f"shares.{i}.award"), s.get("amount"), s.get("percent")
        )
        for i, s in enumerate(shares)
    ]


class ShareLine(HouseView):
    """Spread awards over all units of a line, exact to the cent by largest remainder."""

    permissions = {"POST": "funding.change_share"}

    @extend_schema(
        operation_id="sharePurchase", request=shapes.ShareLineInput, responses=shapes.ShareResult
    )
    def post(self, request: Request, pk: int) -> Response:
        self.check(request, Purchase.objects.visible_to(request.user).get(pk=pk))

        def do() -> Response:
            values = self.body(request, shapes.ShareLineInput)
            line = line_of(request, pk, values.pop("line"))
            drafts = share_drafts(request, values.pop("shares"))
            made = actions.share_line(line, drafts, by=self.by(request), **values)
            return Response({"shares": [shapes.ShareSerializer(s).data for s in made]})

        return once(request, do)
