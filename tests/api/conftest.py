"""The world with what the API's verbs need besides: things in the right state for each."""

from typing import Any

import pytest

from assets.actions import void_asset
from core.access import SYSTEM
from funding.actions import LineDraft, create_vendor, record_purchase
from funding.models import Unit
from people.models import School
from tests.factories import make_asset, make_product, make_student


@pytest.fixture
def api_world(world: dict[str, Any], lincoln: School) -> dict[str, Any]:
    """An id for every route of the API."""
    due = record_purchase("PO-DUE", by=SYSTEM, lines=[LineDraft("Chromebooks", 2)])
    product = make_product()
    waiting = make_asset(school=lincoln, status="awaiting_disposal", legacy=True)
    void = void_asset(make_asset(school=lincoln), by=SYSTEM, reason="A test")
    return world | {
        "void": void.pk,
        "spare": make_asset(school=lincoln).pk,
        "waiting": waiting.pk,
        "due": due.pk,
        "product": product.pk,
        "category": product.category_id,
        "product2": make_product(model="Chromebook 511").pk,
        "vendor": create_vendor("CDW-G", by=SYSTEM).pk,
        "vendor2": create_vendor("CDW Government", by=SYSTEM).pk,
        "person2": make_student(school=lincoln, first="Marie", last="Lopes").pk,
        "unit": Unit.objects.get(asset=world["asset"]).pk,
        "free_unit": Unit.objects.filter(line=world["line"], asset=None).get().pk,
    }
