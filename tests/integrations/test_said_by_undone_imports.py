"""Whom a purchase is with, and of which category a product is: where only an import said so that
was undone, the corrected file says it anew. Whatever anybody else said stands."""

import pytest

from assets.actions import change_product, create_category, ensure_products
from assets.models import Asset, Category, Product
from core.access import SYSTEM
from core.journal import verify
from funding.actions import LineDraft, change_purchase, create_vendor, record_purchase
from funding.models import Purchase, Unit
from integrations.models import ImportSession
from people.models import School, User
from tests.integrations.conftest import Brings, bring, look_at, outcomes, undo, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
HEAD = "Asset Tag,Serial,Make,Model,Category,PO,Cost,Vendor\n"
WRONG = HEAD + "IZ81,IZS81,HP,IZ1,Projector,PO-81,500,IZ Wrong\n"
RIGHT = HEAD + "IZ81,IZS81,HP,IZ1,Laptop,PO-81,500,Dell\n"
MORE = HEAD + "IZ82,IZS82,HP,IZ1,Laptop,PO-81,500,Dell\n"
VENDOR = (
    "PO-81 is with Dell, as this row says, and no more with IZ Wrong, which only an import said "
    "that was undone."
)
CATEGORY = (
    "HP IZ1 is Laptop, as this row says, and no more Projector, which only an import said that "
    "was undone."
)
STANDS = "Not taken over: Category Laptop (here: Projector)."


@pytest.fixture(autouse=True)
def categories() -> None:
    create_category("Projector", by=SYSTEM)
    create_category("Laptop", by=SYSTEM)


def warned(session: ImportSession) -> str:
    return " ".join(w for row in session.rows.order_by("number") for w in row.warnings)


def said() -> tuple[str, str]:
    """Whom the purchase is with, and what the product is."""
    product = Product.objects.get(make="HP", model="IZ1")
    return str(Purchase.objects.get(number="PO-81").vendor or ""), product.category.name


@pytest.mark.parametrize("text", [RIGHT, MORE], ids=["the same item", "another item"])
def test_the_corrected_file_comes_in(brings: Brings, text: str) -> None:
    undo(brings(WRONG))
    assert said() == ("IZ Wrong", "Projector")
    looked = look_at(text, name="file.csv")
    assert (why(looked), warned(looked)) == ("", f"{CATEGORY} {VENDOR}")
    assert said() == ("IZ Wrong", "Projector"), "it was looked at only"
    session = brings(text)
    assert sum(outcomes(session).get(o, 0) for o in ("create", "update")) == 1, why(session)
    assert said() == ("Dell", "Laptop")
    unit = Unit.objects.get(voided_at=None)
    assert (unit.line.purchase.number, unit.asset.status) == ("PO-81", "in_stock")
    assert (warned(look_at(text, name="file.csv")), outcomes(brings(text))) == ("", {"same": 1})
    assert verify.verify().findings == []


def test_one_purchase_and_one_product_in_the_whole_file(brings: Brings) -> None:
    undo(brings(WRONG))
    rows = "IZ83,IZS83,HP,IZ1,,PO-81,500,\nIZ84,IZS84,HP,IZ1,Projector,PO-81,500,Acer\n"
    session = brings(MORE + rows)
    assert outcomes(session) == {"create": 2, "refused": 1}
    assert "is said to be Laptop and Projector. The other stands in row 2." in why(session)
    assert "is said to be with Dell and with Acer. The other stands in row 2." in why(session)
    assert said() == ("Dell", "Laptop")
    assert {a.product.category.name for a in Asset.objects.active()} == {"Laptop"}


def test_what_names_neither_leaves_them(brings: Brings) -> None:
    undo(brings(WRONG))
    session = brings(HEAD + "IZ85,IZS85,HP,IZ1,,PO-81,500,\n")
    assert (outcomes(session), warned(session)) == ({"create": 1}, "")
    assert said() == ("IZ Wrong", "Projector")


def test_a_vendor_is_filled_in_where_the_undone_import_gave_none(brings: Brings) -> None:
    undo(brings(WRONG.replace("IZ Wrong", "")))
    session = brings(RIGHT)
    assert "PO-81 is with Dell, as this row says." in warned(session)
    assert said()[0] == "Dell"


def test_an_import_that_stands_binds(brings: Brings) -> None:
    brings(WRONG)
    session = brings(MORE)
    assert why(session) == "Purchase PO-81 is with IZ Wrong."
    brings(MORE.replace("Dell", ""))
    assert said() == ("IZ Wrong", "Projector")
    undone = brings(WRONG.replace("81,IZS81", "86,IZS86"))
    undo(undone)
    session = brings(MORE.replace("82,IZS82", "87,IZS87"))
    assert why(session) == "Purchase PO-81 is with IZ Wrong.", "the first still says so"
    assert said() == ("IZ Wrong", "Projector")


@pytest.mark.untrue("a version is written behind its back")
def test_what_was_not_undone_whole_binds(brings: Brings) -> None:
    first = brings(WRONG)
    Asset.objects.update(version=9)
    undo(first)
    first.refresh_from_db()
    assert first.state == "applied"
    assert why(brings(MORE)) == "Purchase PO-81 is with IZ Wrong."
    assert said() == ("IZ Wrong", "Projector")


def test_what_somebody_said_binds(brings: Brings, fay: User) -> None:
    undo(brings(WRONG))
    purchase = Purchase.objects.get(number="PO-81")
    acer = create_vendor("Acer", by=SYSTEM)
    change_purchase(purchase, by=fay, vendor=acer)
    product = Product.objects.get(model="IZ1")
    change_product(product, by=SYSTEM, category=Category.objects.get(name="Equipment"))
    looked = look_at(MORE)
    assert why(looked) == "Purchase PO-81 is with Acer."
    session = brings(MORE.replace("Dell", ""))
    assert warned(session) == STANDS.replace("Projector", "Equipment")
    assert said() == ("Acer", "Equipment")


def test_what_was_there_before_the_import_binds(brings: Brings) -> None:
    acer = create_vendor("Acer", by=SYSTEM)
    record_purchase("PO-81", by=SYSTEM, vendor=acer, lines=[LineDraft("Laptops", 2)])
    ensure_products([("HP", "IZ1", Category.objects.get(name="Projector"))], by=SYSTEM)
    undo(brings(WRONG.replace("IZ Wrong", "Acer")))
    assert why(look_at(MORE)) == "Purchase PO-81 is with Acer."
    assert warned(look_at(MORE.replace("Dell", ""))) == STANDS
    assert said() == ("Acer", "Projector")


def test_a_second_undo_leaves_what_nobody_says_to_the_next_file(brings: Brings) -> None:
    undo(brings(WRONG))
    undo(brings(RIGHT))
    assert said() == ("Dell", "Laptop")
    assert not Unit.objects.filter(voided_at=None).exists()
    assert sum(outcomes(brings(WRONG)).values()) == 1
    assert said() == ("IZ Wrong", "Projector")
    assert verify.verify().findings == []


def test_who_holds_no_money_gives_no_purchase_another_vendor(
    brings: Brings, tom: User, lincoln: School
) -> None:
    undo(brings(WRONG))
    looked = look_at(MORE, by=tom)
    assert "Your role does not allow money columns" in why(looked)
    assert said() == ("IZ Wrong", "Projector")


@pytest.mark.usefixtures("room")
def test_what_comes_back_handed_to_nobody_named_is_in_use_as_what_is_new() -> None:
    head = "Tag,Make,Model,Category,School,Room,Handed out on,Acquired\n"
    row = "IZ83,HP,IZ1,Laptop,LIN,101,{day},2025-01-15\n"
    undo(bring(head + row.format(day="")))
    loaned = head + row.format(day="2025-08-12")
    bring(loaned)
    assert Asset.objects.get().status == "in_use"
    assert outcomes(bring(loaned)) == {"same": 1}
    bring(loaned.replace("IZ83", "IZ84"))
    assert Asset.objects.get(tag="IZ84").status == "in_use"
