"""What is done with an asset: POST /assets/7/assign; with many: POST /assets/assign."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assets import actions
from assets.api import shapes
from assets.api.rows import Rows, missing, named
from assets.models import Asset, Product
from core.api.idempotency import once
from core.api.shapes import MergeInput, ReasonInput, Shape
from core.api.views import HouseView, detail, referred, unless_changed
from people.codes import code_notices
from people.models import Person, Room, School

Values = dict[str, Any]
#: How a body's ids become rows, each through its door.
DOORS: dict[str, Callable[[Any], Any]] = {
    "person": lambda by: Person.objects.visible_to(by),
    "holder": lambda by: Person.objects.visible_to(by),
    "room": lambda by: Room.objects.visible_to(by),
    "school": lambda by: School.objects.visible_to(by),
    "into": lambda by: Asset.objects.visible_to(by),
    "product": lambda by: Product.objects.filter(merged_into=None),
}


def resolved(values: Values, by: Any) -> Values:
    """The body's ids as rows. Raises Missing with the field."""
    return {
        name: referred(DOORS[name](by), value, name) if name in DOORS and value else value
        for name, value in values.items()
    }


@dataclass(frozen=True)
class Verb:
    name: str
    permission: str
    input: type[Shape[Any]]
    act: Callable[[Asset, Values, Any], object]
    text: str
    output: type[shapes.AssetSerializer] = shapes.AssetSerializer


VERBS = [
    Verb(
        "assign",
        "assets.assign_asset",
        shapes.AssignInput,
        lambda a, v, by: actions.assign_asset(a, to=v.pop("person"), by=by, **v),
        "Hand an asset to a person (check out).",
    ),
    Verb(
        "return",
        "assets.return_asset",
        shapes.ReturnInput,
        lambda a, v, by: actions.return_asset(a, by=by, **v),
        "Check an asset in, to a room or to its home room.",
    ),
    Verb(
        "move",
        "assets.move_asset",
        shapes.MoveInput,
        lambda a, v, by: actions.move_asset(a, to=v.pop("room"), by=by, **v),
        "Put an asset into a room; who answers for it stays who it was.",
    ),
    Verb(
        "verify",
        "assets.verify_asset",
        shapes.VerifyInput,
        lambda a, v, by: actions.verify_asset(a, by=by, **v),
        "Record that an asset was seen.",
    ),
    Verb(
        "status",
        "assets.change_status",
        shapes.StatusInput,
        lambda a, v, by: actions.change_status(a, to=v.pop("status"), by=by, **v),
        "Move along a free edge of the life table: repair, surplus, missing, in stock.",
    ),
    Verb(
        "find",
        "assets.change_status",
        shapes.FindInput,
        lambda a, v, by: actions.find_again(a, by=by, **v),
        "A missing, lost or stolen asset turned up.",
    ),
    Verb(
        "dispose",
        "assets.dispose_asset",
        shapes.DisposeInput,
        lambda a, v, by: actions.dispose_asset(a, by=by, **v),
        "Record how and when an asset left the district.",
    ),
    Verb(
        "reopen",
        "assets.reopen_asset",
        ReasonInput,
        lambda a, v, by: actions.reopen_disposal(a, by=by, **v),
        "The disposal was recorded by mistake.",
    ),
    Verb(
        "correct",
        "assets.correct_asset",
        shapes.CorrectInput,
        lambda a, v, by: actions.correct_asset(a, by=by, **v),
        "What the register says was wrong from the beginning, or from `at` on.",
        shapes.AssetMade,
    ),
    Verb(
        "void",
        "assets.void_asset",
        ReasonInput,
        lambda a, v, by: actions.void_asset(a, by=by, **v),
        "It never existed.",
    ),
    Verb(
        "reinstate",
        "assets.void_asset",
        ReasonInput,
        lambda a, v, by: actions.reinstate_assets([a], by=by, **v)[0],
        "It exists after all: undo the void. It stands as before, but with nobody.",
    ),
    Verb(
        "merge",
        "assets.merge_asset",
        MergeInput,
        lambda a, v, by: actions.merge_assets(a, by=by, **v),
        "Two rows for one thing: this one goes into another.",
    ),
    Verb(
        "unmerge",
        "assets.merge_asset",
        ReasonInput,
        lambda a, v, by: actions.unmerge_assets(a, by=by, **v),
        "They were two things: undo the merge.",
    ),
]


def view_of(verb: Verb) -> type[HouseView]:
    """The view of a verb with one asset."""

    class OneAsset(HouseView):
        permissions = {"POST": verb.permission}

        @extend_schema(
            operation_id=f"{verb.name}Asset",
            request=verb.input,
            description=verb.text,
            responses=verb.output,
            tags=["assets"],
        )
        def post(self, request: Request, pk: int) -> Response:
            asset = Asset.objects.visible_to(request.user).get(pk=pk)
            self.check(request, asset)
            return once(request, lambda: self._do(request, asset))

        def _do(self, request: Request, asset: Asset) -> Response:
            values = resolved(self.body(request, verb.input), request.user)
            with transaction.atomic():
                if "If-Match" in request.headers:
                    # Somebody may change it between the look at its version and the act.
                    locked = Asset.objects.visible_to(request.user).for_change(asset.pk)
                    unless_changed(request, locked.version)
                verb.act(asset, values, request.user)
            fresh = Asset.objects.select_related("product").get(pk=asset.pk)
            if verb.output is shapes.AssetMade:
                fresh.notices = code_notices(fresh.tag, request.user)  # type: ignore[attr-defined]
            return detail(request, fresh, verb.output)

    return OneAsset


@dataclass(frozen=True)
class Plural:
    name: str
    permission: str
    input: type[Shape[Any]]
    act: Callable[[list[Asset], Values, Any], Iterable[Asset]]
    text: str


def _in_order(assets: list[Asset], do: Callable[[list[Asset]], object]) -> list[Asset]:
    do(assets)
    return assets


PLURALS = [
    Plural(
        "return",
        "assets.return_asset",
        shapes.ReturnMany,
        lambda a, v, by: _in_order(a, lambda x: actions.return_assets(x, by=by, **v)),
        "Check many assets in.",
    ),
    Plural(
        "move",
        "assets.move_asset",
        shapes.MoveMany,
        lambda a, v, by: _in_order(
            a,
            lambda x: actions.move_assets(
                x, by=by, to=v["room"], **{k: w for k, w in v.items() if k != "room"}
            ),
        ),
        "Put many assets into one room.",
    ),
    Plural(
        "verify",
        "assets.verify_asset",
        shapes.VerifyMany,
        lambda a, v, by: _in_order(a, lambda x: actions.verify_assets(x, by=by, **v)),
        "Record that many assets were seen.",
    ),
]
MANY = "The good rows are done together, the bad ones are named: 403, 404 or 409 in their results."


def plural_view_of(plural: Plural) -> type[HouseView]:
    """The view of a verb with up to 1,000 assets."""

    class ManyAssets(HouseView):
        permissions = {"POST": plural.permission}

        @extend_schema(
            operation_id=f"{plural.name}Assets",
            request=plural.input,
            tags=["assets"],
            description=f"{plural.text} {MANY}",
            responses=shapes.RowResults,
        )
        def post(self, request: Request) -> Response:
            self.check(request)
            return once(request, lambda: self._do(request))

        def _do(self, request: Request) -> Response:
            values = resolved(self.body(request, plural.input), request.user)
            pks = values.pop("assets")
            rows = Rows(len(pks), "assets")
            assets = named(rows, pks, request.user, plural.permission)
            rows.act(assets, lambda good: plural.act(good, values, request.user))
            return rows.answer(200)

    return ManyAssets


class AssignMany(HouseView):
    permissions = {"POST": "assets.assign_asset"}

    @extend_schema(
        operation_id="assignAssets",
        request=shapes.AssignMany,
        responses=shapes.RowResults,
        description=f"Hand many assets out, each to its person. {MANY}",
        tags=["assets"],
    )
    def post(self, request: Request) -> Response:
        self.check(request)
        return once(request, lambda: self._do(request))

    def _do(self, request: Request) -> Response:
        by, values = self.by(request), self.body(request, shapes.AssignMany)
        pairs = values.pop("rows")
        rows = Rows(len(pairs), "rows")
        assets = named(rows, [p["asset"] for p in pairs], by, "assets.assign_asset")
        people = Person.objects.visible_to(by).in_bulk({p["person"] for p in pairs})
        wanted: list[tuple[Asset, Person] | None] = []
        for i, (asset, pair) in enumerate(zip(assets, pairs, strict=True)):
            to = people.get(pair["person"])
            if to is None:
                rows.fail(i, missing("person"))
            wanted.append((asset, to) if asset and to else None)

        def do(good: list[tuple[Asset, Person]]) -> list[Asset]:
            actions.assign_assets(good, by=by, **values)
            return [asset for asset, _to in good]

        rows.act(wanted, do)
        return rows.answer(200)
