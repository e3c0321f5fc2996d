"""A vendor is merged while somebody records a purchase with it: the purchase is with the one that
stayed, as its name means since."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from funding.actions import (
    LineDraft,
    LineWanted,
    change_purchase,
    create_vendor,
    ensure_lines,
    merge_vendors,
    record_purchase,
)
from funding.models import Purchase, Vendor
from people.models import User
from tests.forms import Browser
from tests.refusing import meanwhile

Api = Callable[..., Client]
Of = Callable[..., Browser]
LINES = [LineDraft("Carts", 1)]


@pytest.fixture
def two(fay: User) -> tuple[Vendor, Vendor]:
    return create_vendor("CDWG", by=fay), create_vendor("CDW-G", by=fay)


@pytest.mark.django_db
def test_a_vendor_that_was_merged_since_somebody_read_it_means_the_one_that_stayed(
    two: tuple[Vendor, Vendor], fay: User
) -> None:
    read, stays = two
    last = create_vendor("CDW Government", by=fay)
    other = record_purchase("P0", by=fay, lines=LINES)
    merge_vendors(Vendor.objects.get(pk=read.pk), into=stays, by=fay, reason="The same")
    merge_vendors(Vendor.objects.get(pk=stays.pk), into=last, by=fay, reason="The same")
    assert read.active and stays.active, "as somebody has them before their eyes"
    assert record_purchase("P1", by=fay, lines=LINES, vendor=read).vendor == last
    assert change_purchase(other, by=fay, vendor=stays).vendor == last


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("door", ["rest", "rest, changed", "page", "list"])
def test_while_it_is_being_merged(
    door: str, two: tuple[Vendor, Vendor], fay: User, api_of: Api, client_of: Of
) -> None:
    one, into = two
    api, client, headers = api_of(fay), client_of(fay), {}
    body: dict[str, Any] = {"number": "P1", "vendor": one.pk}
    if door == "rest, changed":
        path = f"/api/v1/purchases/{record_purchase('P1', by=SYSTEM, lines=LINES).pk}"
        headers = {"If-Match": api.get(path)["ETag"]}
    typed = {"number": "P1", "vendor": one.name, "description": "Carts", "quantity": "1"}
    with meanwhile(lambda: merge_vendors(one, into=into, by=SYSTEM, reason="The same")):
        if door == "rest":
            body |= {"lines": [{"description": "Carts", "quantity": 1}]}
            answer = api.post("/api/v1/purchases", body, "application/json")
            assert answer.status_code == 201, answer.content
        elif door == "rest, changed":
            answer = api.patch(path, body, "application/json", headers=headers)
            assert answer.status_code == 200, answer.content
        elif door == "page":
            assert client.post("/purchases/new/", typed).status_code == 302
        else:
            ensure_lines([LineWanted("P1", vendor=one.name)], by=SYSTEM)
    assert Purchase.objects.get(number="P1").vendor == into


@pytest.mark.django_db(transaction=True)
def test_its_purchase_is_being_changed_while_it_is_merged(
    two: tuple[Vendor, Vendor], fay: User
) -> None:
    """Both want the purchase and the vendor: they take them in one order."""
    one, into = two
    purchase = record_purchase("P1", by=fay, lines=LINES, vendor=one)
    with meanwhile(lambda: change_purchase(purchase, by=SYSTEM, vendor=into)):
        merge_vendors(one, into=into, by=fay, reason="The same")
    with meanwhile(lambda: change_purchase(purchase, by=SYSTEM, number="P2")):
        merge_vendors(into, into=create_vendor("Last", by=fay), by=fay, reason="The same")
    assert Purchase.objects.get(number="P2").vendor == Vendor.objects.get(name="Last")
