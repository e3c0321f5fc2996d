"""Assets: list, one, change, and the verbs assign, return, move and verify."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assets import actions
from assets.api import serializers as shapes
from assets.models import Asset, Category, Product
from assets.models.asset import code_key
from core.api.idempotency import once
from core.api.schema import page_of
from core.api.views import HouseView, ListView, day, detail, expect_version, integer, several, text
from people.models import Person, Room


class Categories(ListView):
    output = shapes.CategorySerializer
    permissions = {"GET": "assets.view_asset"}

    def rows(self, request: Request) -> QuerySet[Any]:
        return Category.objects.all()

    @extend_schema(operation_id="listCategories", responses=page_of(shapes.CategorySerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)


class Products(ListView):
    output = shapes.ProductSerializer
    permissions = {"GET": "assets.view_asset", "POST": "assets.register_asset"}
    filters = {"category": ("category", integer), "make": ("make__iexact", text)}

    def rows(self, request: Request) -> QuerySet[Any]:
        return Product.objects.filter(merged_into=None)

    @extend_schema(operation_id="listProducts", responses=page_of(shapes.ProductSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)

    @extend_schema(
        operation_id="createProduct", request=shapes.ProductSerializer,
        responses={201: shapes.ProductSerializer},
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        self.check(request)

        def do() -> Response:
            values = self.body(request, shapes.ProductSerializer)
            category = Category.objects.get(pk=values["category_id"])
            product = actions.create_product(
                category, values["make"], values["model"], by=self.by(request)
            )
            return detail(request, product, shapes.ProductSerializer, 201)

        return once(request, do)


class Assets(ListView):
    output = shapes.AssetSerializer
    permissions = {"GET": "assets.view_asset", "POST": "assets.register_asset"}
    orderings = {"id": ["id"], "-id": ["-id"], "tag": ["tag_key"], "-tag": ["-tag_key"]}
    filters = {
        "tag": ("tag_key", lambda v: code_key(text(v))),
        "serial": ("serial_key", lambda v: code_key(text(v))),
        "school": ("school", integer), "school__in": ("school__in", several(integer)),
        "status": ("status", text), "status__in": ("status__in", several(text)),
        "room": ("room", integer), "holder": ("holder", integer), "product": ("product", integer),
        "category": ("product__category", integer), "acquired_on__gte": ("acquired_on__gte", day),
        "last_verified_on__lt": ("last_verified_on__lt", day), "id__in": ("pk__in", several(integer)),
    }  # fmt: skip

    def rows(self, request: Request) -> QuerySet[Any]:
        return Asset.objects.visible_to(request.user).select_related("product")

    @extend_schema(operation_id="listAssets", responses=page_of(shapes.AssetSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)

    @extend_schema(
        operation_id="createAsset",
        request=shapes.AssetInput,
        responses={201: shapes.AssetSerializer},
    )
    def post(self, request: Request) -> Response:
        self.check(request)

        def do() -> Response:
            from assets.api.bulk import drafts

            values = self.body(request, shapes.AssetInput)
            asset = actions.register_assets(drafts([values], request.user), by=self.by(request))[0]
            return detail(request, asset, shapes.AssetSerializer, 201)

        return once(request, do)


class AssetDetail(HouseView):
    output = shapes.AssetSerializer
    permissions = {"GET": "assets.view_asset", "PATCH": "assets.change_asset"}

    def find(self, request: Request, pk: int) -> Asset:
        asset = Asset.objects.visible_to(request.user).select_related("product").get(pk=pk)
        self.check(request, asset)
        return asset

    @extend_schema(operation_id="getAsset", responses=shapes.AssetSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return detail(request, self.find(request, pk), shapes.AssetSerializer)

    @extend_schema(
        operation_id="changeAsset", request=shapes.AssetChange(partial=True),
        responses=shapes.AssetSerializer,
    )  # fmt: skip
    def patch(self, request: Request, pk: int) -> Response:
        asset = self.find(request, pk)
        expect_version(request, asset.version)
        values = self.body(request, shapes.AssetChange, partial=True)
        asset = actions.change_asset(asset, by=self.by(request), version=asset.version, **values)
        return detail(request, asset, shapes.AssetSerializer)


class Verb(HouseView):
    """POST to an asset: something is done with it."""

    input: type[serializers.Serializer[Any]]

    def act(self, asset: Asset, values: dict[str, Any], by: Any) -> Any:
        raise NotImplementedError(f"{type(self).__name__} says what it does")

    def do(self, request: Request, pk: int) -> Response:
        """404 for what is not yours, 403, then the action's own refusals as 409."""
        asset = Asset.objects.visible_to(request.user).get(pk=pk)
        self.check(request, asset)

        def do() -> Response:
            self.act(asset, self.body(request, self.input), request.user)
            fresh = Asset.objects.select_related("product").get(pk=pk)
            return detail(request, fresh, shapes.AssetSerializer)

        return once(request, do)


def room_of(values: dict[str, Any], by: Any) -> Room | None:
    """The room a body names, through the door."""
    pk = values.pop("room", None)
    return Room.objects.visible_to(by).get(pk=pk) if pk else None


class Assign(Verb):
    input = shapes.AssignInput
    permissions = {"POST": "assets.assign_asset"}

    def act(self, asset: Asset, values: dict[str, Any], by: Any) -> Any:
        to = Person.objects.visible_to(by).get(pk=values.pop("person"))
        return actions.assign_asset(asset, to=to, by=by, **values)

    @extend_schema(
        operation_id="assignAsset", request=shapes.AssignInput, responses=shapes.AssetSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.do(request, pk)


class Return(Verb):
    input = shapes.ReturnInput
    permissions = {"POST": "assets.return_asset"}

    def act(self, asset: Asset, values: dict[str, Any], by: Any) -> Any:
        return actions.return_asset(asset, by=by, room=room_of(values, by), **values)

    @extend_schema(
        operation_id="returnAsset", request=shapes.ReturnInput, responses=shapes.AssetSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.do(request, pk)


class Move(Verb):
    input = shapes.MoveInput
    permissions = {"POST": "assets.move_asset"}

    def act(self, asset: Asset, values: dict[str, Any], by: Any) -> Any:
        to = room_of(values, by)
        return actions.move_asset(asset, to=to, by=by, **values) if to else None

    @extend_schema(
        operation_id="moveAsset", request=shapes.MoveInput, responses=shapes.AssetSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.do(request, pk)


class Verify(Verb):
    input = shapes.VerifyInput
    permissions = {"POST": "assets.verify_asset"}

    def act(self, asset: Asset, values: dict[str, Any], by: Any) -> Any:
        return actions.verify_asset(asset, by=by, room=room_of(values, by), **values)

    @extend_schema(
        operation_id="verifyAsset", request=shapes.VerifyInput, responses=shapes.AssetSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.do(request, pk)
