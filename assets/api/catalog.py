"""Categories and products."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assets import actions
from assets.api import shapes
from assets.models import Category, Product
from core.api.idempotency import once
from core.api.parameters import ID, TEXT
from core.api.schema import page_of
from core.api.shapes import MergeInput
from core.api.views import HouseView, ListView, detail, expect_version, referred


class Categories(ListView):
    """What kinds of things there are."""

    output = shapes.CategorySerializer
    permissions = {"GET": "assets.view_asset", "POST": "assets.change_catalog"}
    filters = {"name": ("name__iexact", TEXT)}

    def rows(self, request: Request) -> QuerySet[Any]:
        return Category.objects.seen_by(request.user)

    @extend_schema(operation_id="listCategories", responses=page_of(shapes.CategorySerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)

    @extend_schema(
        operation_id="createCategory",
        request=shapes.CategorySerializer,
        responses={201: shapes.CategorySerializer},
    )
    def post(self, request: Request) -> Response:
        self.check(request)

        def do() -> Response:
            values = self.body(request, shapes.CategorySerializer)
            category = actions.create_category(values.pop("name"), by=self.by(request), **values)
            return detail(request, category, shapes.CategorySerializer, 201)

        return once(request, do)


class CategoryDetail(HouseView):
    """One category."""

    output = shapes.CategorySerializer
    permissions = {"GET": "assets.view_asset", "PATCH": "assets.change_catalog"}

    @extend_schema(operation_id="getCategory", responses=shapes.CategorySerializer)
    def get(self, request: Request, pk: int) -> Response:
        self.check(request)
        found = Category.objects.seen_by(request.user).get(pk=pk)
        return detail(request, found, shapes.CategorySerializer)

    @extend_schema(
        operation_id="changeCategory",
        request=shapes.CategorySerializer(partial=True),
        responses=shapes.CategorySerializer,
    )
    def patch(self, request: Request, pk: int) -> Response:
        self.check(request)
        row = Category.objects.get(pk=pk)
        expect_version(request, row.version)
        values = self.body(request, shapes.CategorySerializer, partial=True)
        row = actions.change_category(row, by=self.by(request), version=row.version, **values)
        return detail(request, row, shapes.CategorySerializer)


class Products(ListView):
    """Makes and models. A merged one is left out; it resolves to `merged_into`."""

    output = shapes.ProductSerializer
    permissions = {"GET": "assets.view_asset", "POST": "assets.add_product"}
    filters = {
        "category": ("category", ID),
        "make": ("make__iexact", TEXT),
        "model": ("model__iexact", TEXT),
    }

    def rows(self, request: Request) -> QuerySet[Any]:
        every = Product.objects.seen_by(request.user)
        return every if "changed_since" in self.query else every.filter(merged_into=None)

    @extend_schema(operation_id="listProducts", responses=page_of(shapes.ProductSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)

    @extend_schema(
        operation_id="createProduct",
        request=shapes.ProductSerializer,
        responses={201: shapes.ProductSerializer},
    )
    def post(self, request: Request) -> Response:
        self.check(request)

        def do() -> Response:
            values = self.body(request, shapes.ProductSerializer)
            category = referred(Category.objects.all(), values["category_id"], "category")
            product = actions.create_product(
                category, values["make"], values["model"], by=self.by(request)
            )
            return detail(request, product, shapes.ProductSerializer, 201)

        return once(request, do)


class ProductDetail(HouseView):
    """One make and model."""

    output = shapes.ProductSerializer
    permissions = {"GET": "assets.view_asset", "PATCH": "assets.change_catalog"}

    @extend_schema(operation_id="getProduct", responses=shapes.ProductSerializer)
    def get(self, request: Request, pk: int) -> Response:
        self.check(request)
        found = Product.objects.seen_by(request.user).get(pk=pk)
        return detail(request, found, shapes.ProductSerializer)

    @extend_schema(
        operation_id="changeProduct",
        request=shapes.ProductSerializer(partial=True),
        responses=shapes.ProductSerializer,
    )
    def patch(self, request: Request, pk: int) -> Response:
        self.check(request)
        row = Product.objects.get(pk=pk)
        expect_version(request, row.version)
        values = self.body(request, shapes.ProductSerializer, partial=True)
        if "category_id" in values:
            categories = Category.objects.all()
            values["category"] = referred(categories, values.pop("category_id"), "category")
        row = actions.change_product(row, by=self.by(request), version=row.version, **values)
        return detail(request, row, shapes.ProductSerializer)


class ProductMerge(HouseView):
    """Two rows for one product: this one's assets go to another."""

    permissions = {"POST": "assets.change_catalog"}

    @extend_schema(
        operation_id="mergeProduct", request=MergeInput, responses=shapes.ProductSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        product = Product.objects.get(pk=pk)
        self.check(request, product)

        def do() -> Response:
            values = self.body(request, MergeInput)
            into = referred(Product.objects.all(), values["into"], "into")
            into = actions.merge_products(
                product, into=into, by=self.by(request), reason=values["reason"]
            )
            return detail(request, into, shapes.ProductSerializer)

        return once(request, do)
