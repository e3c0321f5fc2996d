"""REST: programs, awards, purchases with lines and units, shares."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import may, require
from core.api.fields import IdField, MoneyField
from core.api.idempotency import once
from core.api.schema import page_of
from core.api.views import HouseView, ListView, boolean, detail, expect_version, integer, text
from funding import actions
from funding.models import Award, Program, Purchase, PurchaseLine, Unit, UnitShare, Vendor


class ProgramSerializer(serializers.Serializer[Program]):
    id = serializers.IntegerField(read_only=True)
    code = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    family = serializers.CharField(read_only=True)
    aln = serializers.CharField(read_only=True)


class AwardSerializer(serializers.Serializer[Award]):
    id = serializers.IntegerField(read_only=True)
    program = IdField(source="program_id")
    name = serializers.CharField(max_length=200)
    fain = serializers.CharField(max_length=32, required=False, allow_blank=True)
    frn = serializers.CharField(max_length=32, required=False, allow_blank=True)
    aln = serializers.CharField(max_length=10, required=False, allow_blank=True)
    pass_through = serializers.CharField(max_length=200, required=False, allow_blank=True)
    subaward_number = serializers.CharField(max_length=64, required=False, allow_blank=True)
    amount = MoneyField(allow_null=True, required=False)
    issued_on = serializers.DateField(required=False, allow_null=True)
    period_start = serializers.DateField(required=False, allow_null=True)
    period_end = serializers.DateField(required=False, allow_null=True)
    obligate_by = serializers.DateField(required=False, allow_null=True)
    liquidate_by = serializers.DateField(required=False, allow_null=True)
    title_holder = serializers.CharField(max_length=64, required=False, allow_blank=True)
    ug_version = serializers.CharField(read_only=True)
    version = serializers.IntegerField(read_only=True)

    def to_representation(self, instance: Award) -> dict[str, Any]:
        data = super().to_representation(instance)
        if "amount" in data and not may(
            self.context["request"].user, "funding.view_cost", instance
        ):
            data["amount"] = None
        return data


class VendorSerializer(serializers.Serializer[Vendor]):
    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    number = serializers.CharField(read_only=True)
    spin = serializers.CharField(read_only=True)


class LineSerializer(serializers.Serializer[PurchaseLine]):
    id = serializers.IntegerField(read_only=True)
    number = serializers.IntegerField(read_only=True)
    kind = serializers.CharField(read_only=True)
    description = serializers.CharField(max_length=300)
    quantity = serializers.IntegerField(min_value=1, max_value=100_000)
    amount = MoneyField(allow_null=True, required=False)
    invoice_number = serializers.CharField(max_length=64, required=False, allow_blank=True)


class PurchaseSerializer(serializers.Serializer[Purchase]):
    id = serializers.IntegerField(read_only=True)
    number = serializers.CharField(max_length=64)
    vendor = IdField(source="vendor_id", required=False, allow_null=True)
    ordered_on = serializers.DateField(required=False, allow_null=True)
    lines = LineSerializer(many=True)
    version = serializers.IntegerField(read_only=True)

    def to_representation(self, instance: Purchase) -> dict[str, Any]:
        data = super().to_representation(instance)
        if not may(self.context["request"].user, "funding.view_cost", instance):
            for line in data.get("lines", []):
                line["amount"] = None
        return data


class UnitSerializer(serializers.Serializer[Unit]):
    id = serializers.IntegerField(read_only=True)
    line = serializers.IntegerField(source="line_id", read_only=True)
    number = serializers.IntegerField(read_only=True)
    cost = serializers.DecimalField(
        max_digits=14, decimal_places=2, allow_null=True, read_only=True
    )
    received_on = serializers.DateField(read_only=True)


class ShareSerializer(serializers.Serializer[UnitShare]):
    id = serializers.IntegerField(read_only=True)
    unit = serializers.IntegerField(source="unit_id", read_only=True)
    award = serializers.IntegerField(source="award_id", read_only=True)
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True)
    valid_from = serializers.DateTimeField(read_only=True)


class Programs(ListView):
    output = ProgramSerializer
    permissions = {"GET": "funding.view_award"}

    def rows(self, request: Request) -> QuerySet[Any]:
        return Program.objects.all()

    @extend_schema(operation_id="listPrograms", responses=page_of(ProgramSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)


class Awards(ListView):
    output = AwardSerializer
    permissions = {"GET": "funding.view_award", "POST": "funding.change_award"}
    filters = {
        "program": ("program", integer), "fain": ("fain__iexact", text), "frn": ("frn__iexact", text),
        "name": ("name__iexact", text), "active": ("active", boolean),
    }  # fmt: skip

    def rows(self, request: Request) -> QuerySet[Any]:
        return Award.objects.visible_to(request.user)

    @extend_schema(operation_id="listAwards", responses=page_of(AwardSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)

    @extend_schema(
        operation_id="createAward", request=AwardSerializer, responses={201: AwardSerializer}
    )
    def post(self, request: Request) -> Response:
        self.check(request)

        def do() -> Response:
            values = self.body(request, AwardSerializer)
            program = Program.objects.get(pk=values.pop("program_id"))
            award = actions.create_award(by=self.by(request), program=program, **values)
            return detail(request, award, AwardSerializer, 201)

        return once(request, do)


class AwardDetail(HouseView):
    output = AwardSerializer
    permissions = {"GET": "funding.view_award", "PATCH": "funding.change_award"}

    @extend_schema(operation_id="getAward", responses=AwardSerializer)
    def get(self, request: Request, pk: int) -> Response:
        award = Award.objects.visible_to(request.user).get(pk=pk)
        self.check(request, award)
        return detail(request, award, AwardSerializer)

    @extend_schema(
        operation_id="changeAward", request=AwardSerializer(partial=True), responses=AwardSerializer
    )
    def patch(self, request: Request, pk: int) -> Response:
        award = Award.objects.visible_to(request.user).get(pk=pk)
        self.check(request, award)
        expect_version(request, award.version)
        values = self.body(request, AwardSerializer, partial=True)
        if "program_id" in values:
            values["program"] = Program.objects.get(pk=values.pop("program_id"))
        return detail(
            request, actions.change_award(award, by=self.by(request), **values), AwardSerializer
        )


class Vendors(ListView):
    output = VendorSerializer
    permissions = {"GET": "funding.view_purchase"}
    filters = {"name": ("name__iexact", text)}

    def rows(self, request: Request) -> QuerySet[Any]:
        return Vendor.objects.filter(active=True)

    @extend_schema(operation_id="listVendors", responses=page_of(VendorSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)


class Purchases(ListView):
    output = PurchaseSerializer
    permissions = {"GET": "funding.view_purchase", "POST": "funding.change_purchase"}
    filters = {"number": ("number__iexact", text), "vendor": ("vendor", integer)}

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
            vendor = values.get("vendor_id")
            lines = [
                actions.LineDraft(
                    x["description"], x["quantity"], x.get("amount"),
                    invoice_number=x.get("invoice_number", ""),
                )
                for x in values["lines"]
            ]  # fmt: skip
            purchase = actions.record_purchase(
                values["number"], by=self.by(request), lines=lines, ordered_on=values.get("ordered_on"),
                vendor=Vendor.objects.get(pk=vendor) if vendor else None,
            )  # fmt: skip
            return detail(request, purchase, PurchaseSerializer, 201)

        return once(request, do)


class PurchaseDetail(HouseView):
    output = PurchaseSerializer
    permissions = {"GET": "funding.view_purchase"}

    @extend_schema(operation_id="getPurchase", responses=PurchaseSerializer)
    def get(self, request: Request, pk: int) -> Response:
        purchase = Purchase.objects.visible_to(request.user).get(pk=pk)
        self.check(request, purchase)
        return detail(request, purchase, PurchaseSerializer)


class Units(ListView):
    output = UnitSerializer
    permissions = {"GET": "funding.view_cost"}
    filters = {"line": ("line", integer), "purchase": ("line__purchase", integer)}

    def rows(self, request: Request) -> QuerySet[Any]:
        return Unit.objects.visible_to(request.user).filter(voided_at=None)

    @extend_schema(operation_id="listUnits", responses=page_of(UnitSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)


class Shares(ListView):
    """The standing shares of units that one may see."""

    output = ShareSerializer
    permissions = {"GET": "funding.view_cost"}
    filters = {"unit": ("unit", integer), "award": ("award", integer)}

    def rows(self, request: Request) -> QuerySet[Any]:
        require(request.user, "funding.view_cost")
        awards = Award.objects.visible_to(request.user)
        return UnitShare.objects.filter(known_to=None, valid_to=None, award__in=awards.values("pk"))

    @extend_schema(operation_id="listShares", responses=page_of(ShareSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)
