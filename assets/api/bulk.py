"""Bulk create: up to 1,000 assets in one request, each row with its own outcome."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assets import actions
from assets.api import serializers as shapes
from assets.models import Asset, Product
from core.access import require_all
from core.api.idempotency import once
from core.api.views import HouseView
from core.problems import Problem, Refused
from funding.models import Unit
from people.models import Room, School


def drafts(rows: Sequence[dict[str, Any]], by: Any) -> list[actions.AssetDraft]:
    """Checked rows as drafts; ids through the door. Raises DoesNotExist (404)."""
    schools = School.objects.visible_to(by).in_bulk({r["school"] for r in rows})
    products = Product.objects.in_bulk({r["product"] for r in rows})
    rooms = Room.objects.visible_to(by).in_bulk({r["room"] for r in rows if r.get("room")})
    units = Unit.objects.visible_to(by).in_bulk({r["unit"] for r in rows if r.get("unit")})
    free = iter(actions.take_tags(sum(not r.get("tag") for r in rows), by=by))
    made = []
    for r in rows:
        if r["school"] not in schools:
            raise School.DoesNotExist
        if r["product"] not in products:
            raise Product.DoesNotExist
        if (r.get("room") or 0) and r["room"] not in rooms:
            raise Room.DoesNotExist
        if (r.get("unit") or 0) and r["unit"] not in units:
            raise Unit.DoesNotExist
        plain = {
            k: r[k]
            for k in ("serial", "description", "condition", "acquired_on", "title_holder", "use")
            if k in r
        }
        made.append(
            actions.AssetDraft(
                tag=r.get("tag") or next(free), school=schools[r["school"]],
                product=products[r["product"]], room=rooms.get(r.get("room") or 0),
                unit=units.get(r.get("unit") or 0), **plain,
            )
        )  # fmt: skip
    return made


class BulkCreate(HouseView):
    permissions = {"POST": "assets.register_asset"}

    @extend_schema(
        operation_id="createAssets", request=shapes.BulkInput, responses={200: shapes.BulkResult}
    )
    def post(self, request: Request) -> Response:
        self.check(request)
        return once(request, lambda: self._create(request))

    def _create(self, request: Request) -> Response:
        rows = self.body(request, shapes.BulkInput)["assets"]
        wanted = drafts(rows, request.user)
        require_all(request.user, "assets.register_asset", wanted)
        refused: dict[int, list[Problem]] = {}
        made: list[Asset] = []
        while True:  # the good rows go in together; the bad ones are named
            good = [(i, d) for i, d in enumerate(wanted) if i not in refused]
            if not good:
                break
            try:
                made = actions.register_assets([d for _i, d in good], by=self.by(request))
                break
            except Refused as error:
                for problem in error.problems:
                    at = (problem.field or "rows.0").split(".")
                    n = int(at[1]) if at[0] == "rows" and len(at) > 1 else 0
                    refused.setdefault(good[n][0], []).append(problem)
        by_row = {i: a for (i, _d), a in zip(good, made, strict=False)}
        return Response(
            {"results": [_row(i, by_row.get(i), refused.get(i, [])) for i in range(len(wanted))]}
        )


def _row(number: int, asset: Asset | None, problems: list[Problem]) -> dict[str, Any]:
    errors = [
        {
            "code": p.code,
            "message": str(p.message),
            "pointer": f"/assets/{number}/{(p.field or '').split('.')[-1]}",
        }
        for p in problems
    ]
    if asset is None:
        return {"row": number, "status": 409, "id": None, "tag": None, "errors": errors}
    return {"row": number, "status": 201, "id": asset.pk, "tag": asset.tag, "errors": []}
