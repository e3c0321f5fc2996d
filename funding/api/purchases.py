"""Purchases: recorded with their lines, received, shared among awards."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import Actor
from core.api.idempotency import once
from core.api.resource import Resource, Write
from core.api.views import HouseView, Serializer, detail, expect_version, referred
from core.problems import Missing, Problem
from funding import actions
from funding.api import line_shapes, shapes
from funding.filters import PurchaseFilters
from funding.models import Award, Purchase, PurchaseLine, Vendor


def _record(*, by: Actor, lines: list[dict[str, Any]], **values: Any) -> Purchase:
    drafts = [actions.LineDraft(**line) for line in lines]
    return actions.record_purchase(by=by, lines=drafts, **values)


PURCHASES = Resource(
    name="Purchase",
    plural="Purchases",
    about="The purchases that one sees.",
    about_one="One purchase with its lines.",
    shape=shapes.PurchaseSerializer,
    rows=lambda by: Purchase.objects.visible_to(by).prefetch_related("lines"),
    view="funding.view_purchase",
    filters=PurchaseFilters,
    create=Write(_record, "funding.change_purchase"),
    change=Write(actions.change_purchase, "funding.change_purchase", shapes.PurchaseChange),
    doors={"vendor_id": lambda by: Vendor.objects.all()},
)


def line_of(request: Request, pk: int, number: int) -> PurchaseLine:
    """A line by its number, through the purchase's door. Raises Missing with the field."""
    purchase = Purchase.objects.visible_to(request.user).get(pk=pk)
    line = PurchaseLine.objects.filter(purchase=purchase, number=number).first()
    if line is None:
        raise Missing(Problem("not-found", _("The purchase has no line of this number."), "line"))
    return line


class ChangeLine(HouseView):
    """Put right what a line of a purchase says."""

    permissions = {"POST": "funding.change_purchase"}
    versioned = True

    @extend_schema(
        operation_id="changePurchaseLine",
        request=line_shapes.LineChange,
        responses=shapes.PurchaseSerializer,
    )
    def post(self, request: Request, pk: int) -> Response:
        return _of_line(self, request, pk, line_shapes.LineChange, actions.change_line)


class RemoveLine(HouseView):
    """Take off a line that was typed by mistake, of which nothing was received."""

    permissions = {"POST": "funding.change_purchase"}
    versioned = True

    @extend_schema(
        operation_id="removePurchaseLine",
        request=line_shapes.LineRemove,
        responses=shapes.PurchaseSerializer,
    )
    def post(self, request: Request, pk: int) -> Response:
        return _of_line(self, request, pk, line_shapes.LineRemove, actions.remove_line)


def _of_line(
    view: HouseView,
    request: Request,
    pk: int,
    shape: type[Serializer],
    act: Callable[..., Any],
) -> Response:
    """Do something to a line of a purchase that the caller read. The purchase as it is then."""
    purchase = Purchase.objects.visible_to(request.user).get(pk=pk)
    view.check(request, purchase)

    def do() -> Response:
        expect_version(request, purchase.version)
        values = view.body(request, shape)
        line = line_of(request, pk, values.pop("line"))
        act(line, by=view.by(request), version=purchase.version, **values)
        now = PURCHASES.rows(request.user).get(pk=pk)
        return detail(request, now, shapes.PurchaseSerializer)

    return once(request, do)


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
