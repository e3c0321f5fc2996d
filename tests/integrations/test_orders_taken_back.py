"""What an import had ordered is taken back with what it brought: nobody waits for things that were
never bought, and the corrected file says what was."""

from collections.abc import Callable

import pytest
from django.test import Client

from assets.actions import change_asset
from assets.models import Asset, Category
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.actions import LineDraft, change_line, receive_units, record_purchase, void_unit
from funding.models import PurchaseLine, Unit
from people.models import User
from tests.factories import make_purchase
from tests.integrations.conftest import bring, undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
Of = Callable[[User | None], Client]


def po(*tags: str, number: str = "PO-77", cost: int = 100) -> str:
    rows = (f"{tag},Dell,Y,In stock,{number},{cost}" for tag in tags)
    return "\n".join(["Tag,Make,Model,Status,PO,Cost", *rows, ""])


def counted(number: str = "PO-77") -> tuple[int, int]:
    """How many are ordered and how many of them were received."""
    line = PurchaseLine.objects.get(purchase__number=number)
    return line.quantity, line.units.filter(voided_at=None).count()


def test_the_corrected_file_does_not_add_to_what_was_undone(client_of: Of, fay: User) -> None:
    session = bring(po("P001", "P002", "P003"))
    assert counted() == (3, 3)
    undo(session)
    assert counted() == (0, 0)
    bring(po("P001", "P002", "P004", cost=110))
    assert counted() == (3, 3)
    line = PurchaseLine.objects.get()
    page = client_of(fay).get(f"/purchases/{line.purchase_id}/").content.decode()
    assert "was changed (Import undone)" in page
    assert verify.verify().findings == []


def test_again_and_again(equipment: Category) -> None:
    """Each undo leaves what stood before, and no number grows by it."""
    for _time in range(3):
        undo(bring(po("P001", "P002")))
    assert counted() == (0, 0)
    bring(po("P001", "P002"))
    assert counted() == (2, 2)
    assert sorted(Unit.objects.filter(voided_at=None).values_list("number", flat=True)) == [1, 2]


def test_what_fay_ordered_is_still_to_come(fay: User) -> None:
    purchase = record_purchase("PO-77", by=fay, lines=[LineDraft("Dell Y", 4)])
    undo(bring(po("P001", "P002")))
    assert counted() == (4, 0)
    undo(bring(po("P001", "P002")))
    session = bring(po(*(f"P{n}" for n in range(6))))
    assert counted() == (6, 6), "more came than she ordered"
    undo(session)
    assert counted() == (4, 0)
    receive_units(purchase.lines.get(), 4, by=fay, received_on=days.today())
    assert counted() == (4, 4)


def test_what_another_import_brought_stands() -> None:
    first, second = bring(po("P001", "P002")), bring(po("P003"))
    assert counted() == (3, 3)
    undo(second)
    assert counted() == (2, 2)
    undo(first)
    assert counted() == (0, 0)


@pytest.mark.parametrize("tag", ["P001", "P002", "P003"])
def test_what_stands_is_not_taken_back(tag: str, ana: User) -> None:
    """One was changed meanwhile: it stays, whatever its number was, and nothing else is to come."""
    session = bring(po("P001", "P002", "P003"))
    change_asset(Asset.objects.get(tag=tag), by=ana, description="Hers")
    undo(session)
    assert counted() == (1, 1)
    assert Unit.objects.get(voided_at=None).number == 1
    assert verify.verify().findings == []


def test_what_stands_beside_what_fay_ordered_takes_the_place_of_one(ana: User, fay: User) -> None:
    purchase = record_purchase("PO-77", by=fay, lines=[LineDraft("Dell Y", 2)])
    session = bring(po("P001", "P002", "P003", "P004"))
    for tag in ("P002", "P004"):
        change_asset(Asset.objects.get(tag=tag), by=ana, description="Hers")
    undo(session)
    assert counted() == (2, 2), "and not four, of which two are to come"
    bring(po("P005"))
    assert counted() == (3, 3)
    assert sorted(u.number for u in purchase.lines.get().units.filter(voided_at=None)) == [1, 2, 3]


def test_what_somebody_voided_by_hand_is_still_to_come(fay: User) -> None:
    """Only an undo takes back what was ordered."""
    purchase, units = make_purchase(quantity=2, amount="600.00")
    void_unit(units[0], by=fay, reason="Came broken")
    assert counted(purchase.number) == (2, 1)


def test_a_line_whose_words_changed_goes_back_too(fay: User) -> None:
    session = bring(po("P001", "P002"))
    change_line(PurchaseLine.objects.get(), by=fay, description="Laptops", account="11-000")
    undo(session, by=SYSTEM)
    assert counted() == (0, 0)


def test_nothing_is_to_come_beside_the_one_that_stays(ana: User) -> None:
    """The last of five was changed meanwhile: it is the first of one that is ordered."""
    session = bring(po(*(f"P{n}" for n in range(5))))
    change_asset(Asset.objects.get(tag="P4"), by=ana, description="Hers")
    undo(session)
    assert counted() == (1, 1)
    assert Unit.objects.get(voided_at=None).number == 1
    undo(session)
    assert verify.verify().findings == []
