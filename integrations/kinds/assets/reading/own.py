"""Columns of our own list that say two things in one: what it is, and where."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import F, Value
from django.db.models.functions import Concat, Lower, Trim
from django.utils.translation import gettext as _

from assets.lists.columns import place_of
from assets.models import Asset, Place, Product
from assets.models.keys import code_key
from core.access import Actor
from integrations.kinds.assets.row import AssetPlan
from people.models import Room

Products = dict[str, list[Product]]
Rooms = dict[str, list[Room]]


def read_own(plans: Sequence[AssetPlan], by: Actor) -> None:
    """Make and model, and the room, of rows that name them as our list does. What says what the
    thing is already, and where, says nothing new; what nobody can part is refused."""
    plans = [p for p in plans if p.values.make_and_model or p.values.placed]
    if not plans:
        return
    keys = {code_key(p.values.tag) for p in plans if p.values.tag}
    things = Asset.objects.visible_to(by).filter(tag_key__in=keys, merged_into=None).for_list()
    by_tag = {a.tag_key: a for a in things}
    products, rooms = _products(plans), _rooms(plans, by)
    for plan in plans:
        asset = by_tag.get(code_key(plan.values.tag or ""))
        _what(plan, asset, products)
        _where(plan, asset, rooms)


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _products(plans: Sequence[AssetPlan]) -> Products:
    called = Lower(Trim(Concat(F("make"), Value(" "), F("model"))))
    found: Products = defaultdict(list)
    rows = Product.objects.filter(merged_into=None).annotate(called=called)
    wanted = {_folded(p.values.make_and_model) for p in plans if p.values.make_and_model}
    for product in rows.filter(called__in=wanted):
        found[_folded(str(product))].append(product)
    return found


def _rooms(plans: Sequence[AssetPlan], by: Actor) -> Rooms:
    called = Lower(Trim(Concat(F("building"), Value(" "), F("code"))))
    rooms = Room.objects.visible_to(by).filter(merged_into=None).select_related("school")
    found: Rooms = defaultdict(list)
    wanted = {_folded(p.values.placed) for p in plans if p.values.placed}
    for room in rooms.annotate(called=called).filter(called__in=wanted):
        found[_folded(str(room))].append(room)
    return found


def _what(plan: AssetPlan, asset: Asset | None, products: Products) -> None:
    v = plan.values
    text, v.make_and_model = v.make_and_model, None
    if not text or v.make or v.model:
        return
    if asset is not None and _folded(text) == _folded(str(asset.product)):
        return
    known = products.get(_folded(text), [])
    if len(known) == 1:
        v.make, v.model = known[0].make, known[0].model
        return
    plan.refuse(
        "make_and_model",
        _(
            "No product is called %s. Bring make and model in columns of their own, or add "
            "the product."
        )
        % text,
    )


def _where(plan: AssetPlan, asset: Asset | None, rooms: Rooms) -> None:
    v = plan.values
    text, v.placed = v.placed, None
    if not text or v.room:
        return
    here = {place_of(asset, named) for named in (True, False)} if asset else set()
    if _folded(text) in {_folded(x) for x in here}:
        return
    school = _folded(v.school or "") or (_folded(asset.school.code) if asset else "")
    found = [
        r
        for r in rooms.get(_folded(text), [])
        if not school or school in (_folded(r.school.code), _folded(r.school.name))
    ]
    if len(found) == 1:
        v.building, v.room = found[0].building, found[0].code
    elif _folded(text) == _folded(v.holder or "") or (
        asset is None and _folded(text) in {_folded(str(p.label)) for p in Place}
    ):
        return  # with its holder; or nowhere, as what is new and has no room is
    else:
        plan.refuse(
            "placed",
            _(
                "No room of this school is called %s. Bring building and room in columns "
                "of their own, or leave the column out."
            )
            % text,
        )
