"""R1 of a past known-at says the same whatever was done with its things since, by what act ever."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from assets.actions import (
    change_asset,
    change_status,
    correct_asset,
    dispose_asset,
    merge_assets,
    merge_products,
    return_asset,
    verify_asset,
    void_asset,
)
from assets.models import Product
from core.access import SYSTEM
from core.time import days
from funding.actions import merge_vendors, set_unit_cost
from funding.models import Vendor
from people.actions import erase_person
from people.models import Person, Room
from tests.factories import make_asset
from tests.reports.shared import DAY, Shared

pytestmark = pytest.mark.django_db
EARLIER = DAY - timedelta(days=40)


def _another(shared: Shared) -> Product:
    return Product.objects.exclude(pk=shared.in_room.product_id).latest("pk")


def _changed(**values: object) -> Callable[[Shared], object]:
    return lambda shared: change_asset(shared.in_room, by=SYSTEM, **values)


def _corrected(**values: object) -> Callable[[Shared], object]:
    return lambda shared: correct_asset(shared.in_room, by=SYSTEM, reason="Misread", **values)


def _took_in(shared: Shared) -> None:
    """A second row for the thing that nobody tagged: it had the unit, the other gets it."""
    twin = make_asset(
        school=shared.in_room.school,
        unit=shared.untagged,
        tag="TWIN",
        product=shared.in_room.product,
    )
    void = make_asset(school=shared.in_room.school, tag="SPARE", product=twin.product)
    merge_assets(twin, into=void, by=SYSTEM, reason="One item")


def _disposed(shared: Shared) -> None:
    for status in ("surplus", "awaiting_disposal"):
        change_status(shared.in_room, to=status, by=SYSTEM)
    dispose_asset(
        shared.in_room, by=SYSTEM, method="sold", disposed_on=days.today(), sale_price=Decimal(5)
    )


def _cost(shared: Shared) -> None:
    unit = shared.in_room.unit
    assert unit is not None
    set_unit_cost(unit, Decimal(6001), by=SYSTEM, reason="Bill")


def _forgotten(shared: Shared) -> None:
    return_asset(shared.assigned, by=SYSTEM)
    erase_person(Person.objects.get(local_id="E1"), by=SYSTEM, reason="Asked")


ACTS: dict[str, Callable[[Shared], object]] = {
    "description": _changed(description="On the roof"),
    "use": _changed(use="Science"),
    "title holder": _changed(title_holder="City"),
    "condition": _changed(condition="poor"),
    "acquired earlier": _changed(acquired_on=EARLIER),
    "unit": lambda shared: change_asset(shared.in_room, by=SYSTEM, unit=shared.untagged),
    "tag": _corrected(tag="T-1"),
    "serial": _corrected(serial="OTHER"),
    "product": lambda shared: _corrected(product=_another(shared))(shared),
    "date": _corrected(acquired_on=EARLIER),
    "place": lambda shared: _corrected(room=Room.objects.get(code="LIB", school__code="LIN"))(
        shared
    ),
    "seen": lambda shared: verify_asset(shared.in_room, by=SYSTEM, condition="poor"),
    "returned": lambda shared: return_asset(shared.assigned, by=SYSTEM, condition="poor"),
    "taken in": _took_in,
    "void": lambda shared: void_asset(shared.in_room, by=SYSTEM, reason="Never was"),
    "missing": lambda shared: change_status(shared.in_room, to="missing", by=SYSTEM),
    "disposed": _disposed,
    "cost": _cost,
    "products merged": lambda shared: merge_products(
        shared.in_room.product, into=_another(shared), by=SYSTEM, reason="Same"
    ),
    "forgotten": _forgotten,
}


@pytest.mark.parametrize("act", ACTS)
def test_whatever_was_done_since(shared: Shared, act: str) -> None:
    before = shared.said()
    with shared.later():
        ACTS[act](shared)
        assert shared.said() == before
        assert shared.says() != before


def test_vendors_merged_since(shared: Shared) -> None:
    before = shared.said()
    with shared.later():
        merge_vendors(
            Vendor.objects.get(name="Dell"),
            into=Vendor.objects.get(name="CDW"),
            by=SYSTEM,
            reason="Same",
        )
        assert shared.said() == before
