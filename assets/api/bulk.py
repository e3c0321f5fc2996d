"""Bulk create: up to 1,000 assets in one request, each row with its own outcome."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assets import actions
from assets.api import shapes
from assets.api.rows import Rows, missing
from assets.api.verbs import DOORS
from core.access import may
from core.api.idempotency import once
from core.api.shapes import Shape, ids_of
from core.api.views import HouseView
from core.problems import NotPermitted, Problem

#: What a body links to, each through its door.
LINKS = tuple(ids_of(shapes.AssetInput()))


def draft_fits(shape: type[Shape[Any]]) -> None:
    """What a new thing may say and no draft takes would fail at the first request: stops the
    start."""
    taken = {f.name for f in fields(actions.AssetDraft)}
    if lost := sorted(shape().fields.keys() - taken):
        raise ImproperlyConfigured(f"A new asset: its draft has no {lost}.")


draft_fits(shapes.AssetInput)


def drafts(
    bodies: Sequence[dict[str, Any]], rows: Rows, by: Any
) -> list[actions.AssetDraft | None]:
    """Checked bodies as drafts, ids through the door, an empty tag where none is given. What cannot
    be drafted has failed in `rows` (404, 403) and is None."""
    doors: dict[str, dict[int, Any]] = {
        name: DOORS[name](by).in_bulk({b[name] for b in bodies if b.get(name)}) for name in LINKS
    }
    found: list[dict[str, Any]] = []
    for i, body in enumerate(bodies):
        links = {name: door.get(body.get(name) or 0) for name, door in doors.items()}
        for name, row in links.items():
            if row is None and body.get(name):
                rows.fail(i, missing(name))
        school = links["school"]
        if school is not None and not may(by, "assets.register_asset", school):
            message = _("Your role does not allow this at this school.")
            rows.fail(i, NotPermitted(Problem("not-permitted", message, "school")))
        found.append(body | links | {"tag": body.get("tag") or "", "row": i + 1})
    return [None if i in rows.failed else actions.AssetDraft(**f) for i, f in enumerate(found)]


class BulkCreate(HouseView):
    """Up to 1,000 new assets: the good rows go in together, the bad ones are named."""

    permissions = {"POST": "assets.register_asset"}

    @extend_schema(
        operation_id="createAssets", request=shapes.BulkInput, responses={200: shapes.RowResults}
    )
    def post(self, request: Request) -> Response:
        self.check(request)
        return once(request, lambda: self._create(request))

    def _create(self, request: Request) -> Response:
        bodies = self.body(request, shapes.BulkInput)["assets"]
        rows = Rows(len(bodies), "assets")
        wanted = drafts(bodies, rows, request.user)
        rows.act(wanted, lambda good: actions.register_numbered(good, by=self.by(request)))
        rows.note_codes(request.user)
        return rows.answer(201)
