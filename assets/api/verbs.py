"""What is done with an asset: POST /assets/7/assign; with many: POST /assets/assign."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.urls import URLPattern
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assets.act import Act, Verb, acts
from assets.api import shapes
from assets.api.rows import Rows, missing, named
from assets.models import Asset, Product
from core.api.idempotency import once
from core.api.routes import route
from core.api.shapes import Shape, ids_of
from core.api.views import HouseView, detail, through, unless_changed
from funding.models import Unit
from people.codes import code_notices
from people.models import Person, Room, School

Values = dict[str, Any]
#: How a body's ids become rows, each through its door.
DOORS: dict[str, Callable[[Any], Any]] = {
    "person": lambda by: Person.objects.visible_to(by),
    "holder": lambda by: Person.objects.visible_to(by),
    "room": lambda by: Room.objects.visible_to(by),
    "home_room": lambda by: Room.objects.visible_to(by),
    "school": lambda by: School.objects.visible_to(by),
    "into": lambda by: Asset.objects.visible_to(by),
    "product": lambda by: Product.objects.filter(merged_into=None),
    "unit": lambda by: Unit.objects.visible_to(by),
}


def view_of(act: Act[Any], verb: Verb) -> type[HouseView]:
    """The view of an act with one asset."""
    output = shapes.AssetMade if verb.notices else shapes.AssetSerializer

    class OneAsset(HouseView):
        permissions = {"POST": act.permission}

        @extend_schema(
            operation_id=f"{act.name}Asset",
            request=verb.shape,
            description=verb.text,
            responses=output,
            tags=["assets"],
        )
        def post(self, request: Request, pk: int) -> Response:
            asset = Asset.objects.visible_to(request.user).get(pk=pk)
            self.check(request, asset)
            return once(request, lambda: self._do(request, asset))

        def _do(self, request: Request, asset: Asset) -> Response:
            values = through(DOORS, self.body(request, verb.shape), request.user)
            with transaction.atomic():
                if "If-Match" in request.headers:
                    # Somebody may change it between the look at its version and the act.
                    locked = Asset.objects.visible_to(request.user).for_change(asset.pk)
                    unless_changed(request, locked.version)
                act.do([asset], act.input(**values), self.by(request))
            fresh = Asset.objects.select_related("product").get(pk=asset.pk)
            if verb.notices:
                fresh.notices = code_notices(fresh.tag, request.user)
            return detail(request, fresh, output)

    return OneAsset


MANY = "The good rows are done together, the bad ones are named: 403, 404 or 409 in their results."


def plural_view_of(act: Act[Any], verb: Verb, many: type[Shape[Any]]) -> type[HouseView]:
    """The view of an act with up to 1,000 assets."""

    class ManyAssets(HouseView):
        permissions = {"POST": act.permission}

        @extend_schema(
            operation_id=f"{act.name}Assets",
            request=many,
            tags=["assets"],
            description=f"{verb.many_text} {MANY}",
            responses=shapes.RowResults,
        )
        def post(self, request: Request) -> Response:
            self.check(request)
            return once(request, lambda: self._do(request))

        def _do(self, request: Request) -> Response:
            values = through(DOORS, self.body(request, many), request.user)
            if verb.own:
                pairs = values.pop("rows")
                rows = Rows(len(pairs), "rows", set(values))
                assets = named(rows, [p["asset"] for p in pairs], request.user, act.permission)
                values[verb.own] = _each_its_own(rows, pairs, verb.own, request.user)
            else:
                pks = values.pop("assets")
                rows = Rows(len(pks), "assets", set(values), numbers=True)
                assets = named(rows, pks, request.user, act.permission)
            given = act.input(**values)
            rows.act(assets, lambda good: _in_order(good, act, given, self.by(request)))
            return rows.answer(200)

    return ManyAssets


def _each_its_own(rows: Rows, pairs: Sequence[Values], name: str, by: Any) -> dict[int, Any]:
    """What each thing brings of its own, by the thing's key; what is not there fails its row. The
    act reads it again under its lock, so the key is enough here."""
    found = DOORS[name](by).only("pk").in_bulk({pair[name] for pair in pairs})
    given: dict[int, Any] = {}
    for i, pair in enumerate(pairs):
        if pair[name] in found:
            given.setdefault(pair["asset"], found[pair[name]])
        else:
            rows.fail(i, missing(name))
    return given


def _in_order(assets: list[Asset], act: Act[Any], given: Any, by: Any) -> list[Asset]:
    """The things in the order of the request: an act takes them in the order of its locks."""
    act.do(assets, given, by)
    return assets


def doors_fit(whose: str, shape: type[Shape[Any]] | None, *, own: str = "") -> None:
    """An id in a body that no door looks up would reach its action as a number. Stops the start
    where there is one; the things themselves (`assets`, `rows.asset`) are named by `Rows`."""
    ids = set(ids_of(shape())) if shape is not None else set()
    opened = {"assets", "rows.asset", *DOORS, *([f"rows.{own}"] if own in DOORS else [])}
    if lost := sorted(ids - opened):
        raise ImproperlyConfigured(f"{whose}: no door shows {lost} (DOORS).")


def addresses() -> list[URLPattern]:
    """Where programs do acts, many things first: their addresses have no number."""
    verbs = [(act, act.verb) for act in acts() if act.verb is not None]
    doors_fit("A new asset", shapes.AssetInput)
    for act, verb in verbs:
        doors_fit(f"The act {act.name!r}", verb.shape)
        doors_fit(f"The act {act.name!r} with many", verb.many, own=verb.own)
    return [
        *(
            route(f"assets/{act.name}", plural_view_of(act, verb, verb.many), f"assets-{act.name}")
            for act, verb in verbs
            if verb.many is not None
        ),
        *(
            route(f"assets/<int:pk>/{act.name}", view_of(act, verb), f"asset-{act.name}")
            for act, verb in verbs
        ),
    ]
