"""Assets: the list, one of them, a new one, a changed one. What is done with them: verbs.py."""

from collections.abc import Mapping
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
from core.access import require, scope_of
from core.api.idempotency import once
from core.api.resource import Resource, Write
from core.api.views import HouseView, detail, referred
from funding.models import Award
from funding.reach import of_award
from people.codes import code_notices
from people.models import Person, User


def _asked(by: User, query: Mapping[str, Any]) -> QuerySet[Asset]:
    """The assets that one sees; a holder's by the names that one may know."""
    rows = Asset.objects.visible_to(by)
    if "holder" in query:
        require(by, "people.view_person")
        people = Person.objects.visible_to(by, "people.view_person")
        if not people.filter(pk=query["holder"]).exists():
            return Asset.objects.none()
        rows = by_name(by)
    if "award" in query:
        require(by, "funding.view_award")
        award = query["award"]
        referred(Award.objects.visible_to(by), award, "award")
        rows = rows.reached_by(of_award(scope_of(by, "funding.view_award"), award))
    return rows.select_related("product")


class Register(HouseView):
    """Its tag may be the next free one, and whoever enters it reads what its codes mean besides."""

    permissions = {"POST": "assets.register_asset"}

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


ASSETS = Resource(
    name="Asset",
    plural="Assets",
    about="The assets that one sees.",
    about_one="One asset.",
    shape=shapes.AssetSerializer,
    rows=lambda by: Asset.objects.visible_to(by).select_related("product"),
    view="assets.view_asset",
    filters=AssetFilters,
    orderings={
        "id": ["id"],
        "-id": ["-id"],
        "tag": ["tag_order", "id"],
        "-tag": ["-tag_order", "-id"],
    },
    listed=_asked,
    new=Register,
    change=Write(actions.change_asset, "assets.change_asset", shapes.AssetChange),
    doors=DOORS,
)
