"""Assets: the list, one of them, a new one, a changed one. What is done with them: verbs.py."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assets import actions
from assets.api import shapes
from assets.api.bulk import drafts
from assets.api.rows import Rows
from assets.api.verbs import DOORS
from assets.custody.held import by_name
from assets.lists.filters import AssetFilters
from assets.models import Asset
from assets.models.asset import AssetQuerySet
from core.access import require, scope_of
from core.api.idempotency import once
from core.api.schema import page_of
from core.api.views import HouseView, ListView, detail, expect_version, referred, through
from funding.models import Award
from funding.reach import of_award
from people.codes import code_notices
from people.models import Person


class Assets(ListView):
    """The assets that one sees."""

    output = shapes.AssetSerializer
    permissions = {"GET": "assets.view_asset", "POST": "assets.register_asset"}
    orderings = {
        "id": ["id"],
        "-id": ["-id"],
        "tag": ["tag_order", "id"],
        "-tag": ["-tag_order", "-id"],
    }
    filters = AssetFilters

    def rows(self, request: Request) -> QuerySet[Any]:
        if "holder" in self.query:
            require(request.user, "people.view_person")
            people = Person.objects.visible_to(request.user, "people.view_person")
            if not people.filter(pk=self.query["holder"]).exists():
                return Asset.objects.none()
            return self._known(request, by_name(request.user))
        return self._known(request, Asset.objects.visible_to(request.user))

    def _known(self, request: Request, rows: AssetQuerySet) -> QuerySet[Any]:
        if "award" in self.query:
            require(request.user, "funding.view_award")
            award = self.query["award"]
            referred(Award.objects.visible_to(request.user), award, "award")
            rows = rows.reached_by(of_award(scope_of(request.user, "funding.view_award"), award))
        return rows.select_related("product")

    @extend_schema(operation_id="listAssets", responses=page_of(shapes.AssetSerializer))
    def get(self, request: Request) -> Response:
        return self.page(request)

    @extend_schema(
        operation_id="createAsset",
        request=shapes.AssetInput,
        responses={201: shapes.AssetMade},
    )
    def post(self, request: Request) -> Response:
        self.check(request)

        def do() -> Response:
            row = Rows(1, "assets")
            body = self.body(request, shapes.AssetInput)
            draft = drafts([body], row, request.user)[0]
            if draft is None:
                raise row.failed[0]
            asset = actions.register_numbered([draft], by=self.by(request))[0]
            asset.notices = code_notices(asset.tag, request.user)
            return detail(request, asset, shapes.AssetMade, 201)

        return once(request, do)


class AssetDetail(HouseView):
    """One asset."""

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
        operation_id="changeAsset",
        request=shapes.AssetChange(partial=True),
        responses=shapes.AssetSerializer,
    )
    def patch(self, request: Request, pk: int) -> Response:
        asset, by = self.find(request, pk), self.by(request)
        expect_version(request, asset.version)
        values = through(DOORS, self.body(request, shapes.AssetChange, partial=True), by)
        asset = actions.change_asset(asset, by=by, version=asset.version, **values)
        return detail(request, asset, shapes.AssetSerializer)
