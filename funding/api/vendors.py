"""Vendors."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.idempotency import once
from core.api.parameters import BOOLEAN, TEXT
from core.api.schema import page_of
from core.api.shapes import MergeInput
from core.api.views import HouseView, ListView, detail, expect_version, referred
from funding import actions
from funding.api.shapes import VendorSerializer
from funding.models import Vendor


class Vendors(ListView):
    """Whom the district buys from. A merged one is not active any more."""

    output = VendorSerializer
    permissions = {"GET": "funding.view_purchase", "POST": "funding.change_purchase"}
    filters = {
        "name": ("name__iexact", TEXT),
        "number": ("number__iexact", TEXT),
        "active": ("active", BOOLEAN),
    }

    def rows(self, request: Request) -> QuerySet[Any]:
        return Vendor.objects.seen_by(request.user)

    @extend_schema(operation_id="listVendors", responses=page_of(VendorSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)

    @extend_schema(
        operation_id="createVendor", request=VendorSerializer, responses={201: VendorSerializer}
    )
    def post(self, request: Request) -> Response:
        self.check(request)

        def do() -> Response:
            values = self.body(request, VendorSerializer)
            vendor = actions.create_vendor(values.pop("name"), by=self.by(request), **values)
            return detail(request, vendor, VendorSerializer, 201)

        return once(request, do)


class VendorDetail(HouseView):
    """One vendor."""

    output = VendorSerializer
    permissions = {"GET": "funding.view_purchase", "PATCH": "funding.change_vendor"}

    @extend_schema(operation_id="getVendor", responses=VendorSerializer)
    def get(self, request: Request, pk: int) -> Response:
        self.check(request)
        found = Vendor.objects.seen_by(request.user).get(pk=pk)
        return detail(request, found, VendorSerializer)

    @extend_schema(
        operation_id="changeVendor",
        request=VendorSerializer(partial=True),
        responses=VendorSerializer,
    )
    def patch(self, request: Request, pk: int) -> Response:
        self.check(request)
        vendor = Vendor.objects.get(pk=pk)
        expect_version(request, vendor.version)
        values = self.body(request, VendorSerializer, partial=True)
        vendor = actions.change_vendor(
            vendor, by=self.by(request), version=vendor.version, **values
        )
        return detail(request, vendor, VendorSerializer)


class VendorMerge(HouseView):
    """Two rows for one vendor: this one's purchases go to another."""

    permissions = {"POST": "funding.change_vendor"}

    @extend_schema(operation_id="mergeVendor", request=MergeInput, responses=VendorSerializer)
    def post(self, request: Request, pk: int) -> Response:
        self.check(request)
        vendor = Vendor.objects.get(pk=pk)

        def do() -> Response:
            values = self.body(request, MergeInput)
            into = referred(Vendor.objects.all(), values["into"], "into")
            into = actions.merge_vendors(
                vendor, into=into, by=self.by(request), reason=values["reason"]
            )
            return detail(request, into, VendorSerializer)

        return once(request, do)
