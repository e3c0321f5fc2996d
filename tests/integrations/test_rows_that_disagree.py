"""Where rows of one file say two things of one product or one purchase, no row wins in silence."""

import pytest

from assets.actions import create_category, ensure_products
from assets.models import Asset, Category, Product
from core.access import SYSTEM
from funding.actions import LineWanted, create_vendor, ensure_lines, ensure_vendors, merge_vendors
from funding.models import Purchase, Unit, Vendor
from people.models import User
from tests.integrations.conftest import bring, look_at, outcomes, undo
from tests.integrations.untagged import why
from tests.refusing import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
KINDS = "Tag,Make,Model,Category\n"


@pytest.fixture(autouse=True)
def laptop(equipment: Category) -> Category:
    create_category("Tablet", by=SYSTEM)
    return create_category("Laptop", by=SYSTEM)


def test_a_product_of_two_categories_is_refused_with_both_rows(ana: User) -> None:
    text = f"{KINDS}A1,HP,OC-2,Laptop\nA2,HP,OC-2,Tablet\nA3,hp,oc-2,Laptop\n"
    session = bring(text, by=ana)
    assert outcomes(session) == {"create": 2, "refused": 1}
    [[column, said]] = why(session)[3]
    assert column == "category"
    assert said == "HP OC-2 is said to be Laptop and Tablet. The other stands in row 2."
    assert str(Product.objects.get()) == "HP OC-2", "as it was written first"
    assert Product.objects.get().category.name == "Laptop"


def test_a_row_that_names_no_category_goes_with_those_that_do(ana: User) -> None:
    bring(f"{KINDS}A1,HP,OC-2,\nA2,HP,OC-2,Laptop\n", by=ana)
    assert {a.product.category.name for a in Asset.objects.all()} == {"Laptop"}


def test_another_category_than_the_catalogs_is_told(ana: User) -> None:
    bring(f"{KINDS}A1,HP,OC-2,Laptop\n", by=ana)
    session = bring(f"{KINDS}A1,HP,OC-2,Tablet\nA2,HP,OC-2,Tablet\n", by=ana, name="later.csv")
    assert outcomes(session) == {"same": 1, "create": 1}
    told = {tuple(r.warnings) for r in session.rows.all()}
    assert told == {("Not taken over: Category Tablet (here: Laptop).",)}


def test_things_without_make_and_model_are_each_of_their_own_category(ana: User) -> None:
    text = "Tag,Serial,Category\nA1,S-00001,Laptop\nA2,S-00002,Tablet\nA3,S-00003,\nA4,,Tablet\n"
    session = bring(text, by=ana)
    found = {a.tag: a.product.category.name for a in Asset.objects.all()}
    assert found == {"A1": "Laptop", "A2": "Tablet", "A3": "Equipment", "A4": "Tablet"}
    assert outcomes(look_at(text, by=ana)) == {"same": 4}
    untagged = "Serial,Category\nS-00001,Laptop\nS-00002,Tablet\n"
    assert outcomes(look_at(untagged, by=ana)) == {"same": 2}
    undo(session, by=ana)
    again = bring(untagged, by=ana)
    assert outcomes(again) == {"update": 2}, "they are not void after all"


def test_tom_who_adds_no_products_is_told_so_before(tom: User) -> None:
    session = look_at(f"{KINDS}A1,HP,OC-2,Laptop\n", by=tom)
    assert "Ask the technology department" in why(session)[2][0][1]


def test_a_model_that_is_corrected_keeps_its_make(ana: User) -> None:
    bring(f"{KINDS}A1,Acer,X,Laptop\n", by=ana)
    bring("Tag,Model\nA1,Y\n", by=ana, settle="other=correct", name="later.csv")
    assert str(Asset.objects.get().product) == "Acer Y"


SOLD = "Tag,Make,PO,Invoice,Vendor,Cost\n"


@pytest.mark.parametrize("invoices", [("", ""), ("A1", "A2")])
def test_a_purchase_of_two_vendors_is_refused_with_both_rows(
    ana: User, invoices: tuple[str, str]
) -> None:
    one, two = invoices
    text = f"{SOLD}A1,HP,100,{one},CDW,10\nA2,HP,100,{one},cdw,10\nA3,HP,100,{two},Dell,20\n"
    session = bring(text, by=ana)
    assert outcomes(session) == {"create": 2, "refused": 1}
    assert why(session)[4] == [
        [
            "vendor",
            "Purchase 100 is said to be with CDW and with Dell. The other stands in row 2.",
        ]
    ]
    assert str(Purchase.objects.get().vendor) == "CDW"


def test_a_row_without_a_vendor_does_not_hide_the_others(ana: User) -> None:
    bring(f"{SOLD}A1,HP,100,,,10\nA2,HP,100,,CDW,10\n", by=ana)
    assert str(Purchase.objects.get().vendor) == "CDW"


def test_another_vendor_than_the_purchases_is_refused_though_nothing_is_untagged(
    ana: User,
) -> None:
    bring(f"{SOLD}A1,HP,100,,CDW,10\n", by=ana)
    session = look_at(f"{SOLD}A2,HP,100,,Dell,10\n", by=ana, name="later.csv")
    assert why(session) == {2: [["vendor", "Purchase 100 is with CDW."]]}


def test_a_vendor_that_was_merged_is_the_one_that_it_was_merged_into(ana: User) -> None:
    bring(f"{SOLD}A1,HP,100,,CDW,10\n", by=ana)
    old = create_vendor("CDW Government", by=ana)
    merge_vendors(old, into=Vendor.objects.get(name="CDW"), by=ana, reason="one")
    session = bring(f"{SOLD}A2,HP,100,,CDW government,10\n", by=ana, name="later.csv")
    assert outcomes(session) == {"create": 1}
    assert not session.rows.get().warnings


def test_without_a_purchase_order_each_vendor_has_its_own_balance(ana: User) -> None:
    text = f"{SOLD}A1,HP,,,CDW,10\nA2,HP,,,Dell,10\nA3,HP,,,,10\n"
    bring(text, by=ana)
    sold = {u.asset.tag: u.line.purchase.vendor for u in Unit.objects.all()}
    assert {t: str(v or "") for t, v in sold.items()} == {"A1": "CDW", "A2": "Dell", "A3": ""}
    assert outcomes(look_at(text, by=ana)) == {"same": 3}
    long = "International Office and Classroom Furniture Supply "
    bring(f"{SOLD}B1,HP,,,{long}East,10\nB2,HP,,,{long}West,10\n", by=ana, name="b.csv")
    sold = {u.asset.tag: u.line.purchase.vendor for u in Unit.objects.filter(asset__tag__gte="B")}
    assert {t: str(v) for t, v in sold.items()} == {"B1": f"{long}East", "B2": f"{long}West"}


def test_actions_in_the_plural_refuse_what_disagrees(laptop: Category, ana: User) -> None:
    tablet = Category.objects.get(name="Tablet")
    with refusal("category-two"), pytest.raises(Exception, match="Laptop and Tablet"):
        ensure_products([("HP", "X", laptop), ("hp", "x", tablet)], by=ana)
    with refusal("vendor-two"), pytest.raises(Exception, match="with CDW and with Dell"):
        ensure_lines([LineWanted("9", "1", "CDW"), LineWanted("9", "2", "Dell")], by=ana)
    ensure_lines([LineWanted("9", "1", "CDW"), LineWanted("9", "2")], by=ana)
    with refusal("vendor-other"), pytest.raises(Exception, match="9 is with CDW"):
        ensure_lines([LineWanted("9", "1", "Dell")], by=ana)
    assert [v.name for v in ensure_vendors(["Apple", "APPLE"], by=ana).values()][-1] == "Apple"
