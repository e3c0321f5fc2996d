"""What was merged is not merged again into another: its name would mean two."""

from collections.abc import Callable

import pytest
from django.test import Client

from assets.actions import create_product, merge_products
from assets.models import Asset, Category, Product
from core.access import SYSTEM
from core.problems import Refused
from funding.actions import create_vendor, merge_vendors
from funding.models import Purchase, Vendor
from people.models import School, User
from tests.integrations.conftest import Brings, outcomes
from tests.refusing import refusal, rest_says

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
Of = Callable[[User | None], Client]
HEAD = "Tag,Serial,Make,Model\n"
BOUGHT = "Tag,Make,Model,Cost,PO,Vendor\n"
SAID = "was merged into %s already; merge that one."


@pytest.fixture
def products(brings: Brings) -> list[Product]:
    """HP One was HP Two all the time; HP Three is another."""
    brings(HEAD + "A1,S1,HP,One\nA2,S2,HP,Two\nA3,S3,HP,Three\n")
    rows = [Product.objects.get(model=model) for model in ("One", "Two", "Three")]
    merge_products(rows[0], into=rows[1], by=SYSTEM, reason="The same")
    return rows


@pytest.fixture
def vendors() -> list[Vendor]:
    """ACME Inc. was Acme all the time; Dell is another."""
    rows = [create_vendor(name, by=SYSTEM) for name in ("ACME Inc.", "Acme", "Dell")]
    merge_vendors(rows[0], into=rows[1], by=SYSTEM, reason="Entered twice")
    return rows


def test_a_product_is_merged_once_and_its_name_means_one(
    products: list[Product], ana: User, lincoln: School, api_of: Of, brings: Brings
) -> None:
    one, two, three = products
    said, path = SAID % "HP Two", f"products/{one.pk}/merge"
    for into in (three, two, one):
        body = {"into": into.pk, "reason": "Once more"}
        rest_says(api_of(ana), path, body, "merged", "HP One", said)
    with refusal("merged"), pytest.raises(Refused):  # as somebody read it who was slower
        merge_products(Product(pk=one.pk), into=three, by=SYSTEM, reason="Once more")
    assert outcomes(brings(HEAD + "A1,S1,HP,One\nA4,S4,HP,One\n")) == {"same": 1, "create": 1}
    assert set(Asset.objects.filter(tag__in=["A1", "A4"]).values_list("product", flat=True)) == {
        two.pk
    }


def test_nothing_goes_into_a_product_that_was_merged_this_moment(
    products: list[Product],
) -> None:
    one, _two, three = products
    one.merged_into = None  # as it was read a moment ago
    with refusal("merge-target"), pytest.raises(Refused):
        merge_products(three, into=one, by=SYSTEM, reason="The same")


def test_what_stayed_is_merged_on(products: list[Product], brings: Brings) -> None:
    _one, two, three = products
    merge_products(two, into=three, by=SYSTEM, reason="The same")
    assert outcomes(brings(HEAD + "A1,S1,HP,One\nA2,S2,HP,Two\n")) == {"same": 2}
    assert set(Asset.objects.values_list("product", flat=True)) == {three.pk}
    fourth = create_product(Category.objects.all()[0], "HP", "Four", by=SYSTEM)
    with pytest.raises(Refused, match="HP Two was merged into HP Three already"):
        merge_products(two, into=fourth, by=SYSTEM, reason="The same")


def test_a_vendor_is_merged_once_and_its_name_means_one(
    vendors: list[Vendor], ana: User, lincoln: School, api_of: Of, brings: Brings
) -> None:
    inc, acme, dell = vendors
    assert outcomes(brings(BOUGHT + "V1,HP,11,100,PO-1,ACME Inc.\n")) == {"create": 1}
    said, path = SAID % "Acme", f"vendors/{inc.pk}/merge"
    for into in (dell, acme):
        body = {"into": into.pk, "reason": "Once more"}
        rest_says(api_of(ana), path, body, "merged", "ACME Inc.", said)
    assert outcomes(brings(BOUGHT + "V2,HP,11,100,PO-1,ACME Inc.\n")) == {"create": 1}
    assert Purchase.objects.get(number="PO-1").vendor == acme
    merge_vendors(acme, into=dell, by=SYSTEM, reason="One company")
    assert outcomes(brings(BOUGHT + "V3,HP,11,100,PO-1,ACME Inc.\n")) == {"create": 1}
    assert Purchase.objects.get(number="PO-1").vendor == dell
    with pytest.raises(Refused, match=r"ACME Inc\. was merged into Dell already"):
        merge_vendors(inc, into=acme, by=SYSTEM, reason="Once more")


@pytest.mark.untrue(reason="a vendor that was put out of use and not merged")
def test_a_vendor_that_is_out_of_use_may_still_be_merged(vendors: list[Vendor]) -> None:
    _inc, acme, dell = vendors
    Vendor.objects.filter(pk=dell.pk).update(active=False)
    assert merge_vendors(dell, into=acme, by=SYSTEM, reason="One company") == acme
