"""What a list says was bought with a purchase goes to the line that is for it, and never to one
that is for something else: the preview says to which."""

from decimal import Decimal

import pytest

from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.actions import (
    LineDraft,
    add_line,
    change_line,
    change_purchase,
    receive_units,
    record_purchase,
)
from funding.models import Purchase, PurchaseLine, Unit
from integrations.actions import apply_import
from people.models import School, User
from tests.integrations.conftest import bring, look_at, outcomes, undo, work
from tests.integrations.untagged import said, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
OWN = "new unit PO-L/{} #1, on a line of its own"


def po(*rows: str, more: str = "") -> str:
    """A list of things of PO-L: tag, make, model and cost, and what `more` columns say."""
    head = "Tag,Make,Model,Cost,PO" + (f",{more}" if more else "")
    return "\n".join([head, *rows, ""])


def ordered(*lines: tuple[str, int, str | None], invoice: str = "") -> Purchase:
    drafts = [
        LineDraft(d, n, Decimal(a) if a else None, invoice_number=invoice) for d, n, a in lines
    ]
    return record_purchase("PO-L", by=SYSTEM, lines=drafts)


def stands() -> list[tuple[str, int, int]]:
    """Per line its words, how many are ordered and how many of them came."""
    lines = PurchaseLine.objects.order_by("number")
    return [(x.description, x.quantity, x.units.filter(voided_at=None).count()) for x in lines]


LAPTOPS = po("L1,Dell,5440,900,PO-L", "L2,Dell,5440,900,PO-L")


def test_laptops_go_to_the_line_that_names_them(ana: User) -> None:
    """Fay typed a kiln after the laptops: nothing of it came."""
    ordered(("Dell 5440", 2, "1800"), ("Skutt Kiln", 1, "500"))
    assert said(look_at(LAPTOPS, by=ana)) == {
        n: f"new unit PO-L/1 #{n - 1} (Dell 5440)" for n in (2, 3)
    }
    session = bring(LAPTOPS, by=ana)
    assert stands() == [("Dell 5440", 2, 2), ("Skutt Kiln", 1, 0)]
    undo(session, by=ana)
    assert stands() == [("Dell 5440", 2, 0), ("Skutt Kiln", 1, 0)]
    bring(LAPTOPS, by=ana)
    kiln = PurchaseLine.objects.get(number=2)
    assert receive_units(kiln, 1, by=SYSTEM, received_on=days.today())[0].cost == Decimal(500)
    assert verify.verify().findings == []


def test_a_laptop_is_no_kiln(ana: User) -> None:
    ordered(("Skutt Kiln", 1, "500"))
    text = po("L1,Dell,5440,900,PO-L", "L2,Acer,X,400,PO-L", "L3,Dell,5440,900,PO-L")
    assert said(look_at(text, by=ana)) == {
        2: OWN.format(2),
        3: OWN.format(3),
        4: "new unit PO-L/2 #2, on a line of its own",
    }
    bring(text, by=ana)
    assert stands() == [
        ("Skutt Kiln", 1, 0),
        ("Imported: Dell 5440", 2, 2),
        ("Imported: Acer X", 1, 1),
    ]


@pytest.mark.parametrize("amount", ["500", None])
def test_no_line_is_for_whatever_comes(ana: User, amount: str | None) -> None:
    """Neither with an amount nor without."""
    ordered(("Skutt Kiln", 3, amount))
    bring(LAPTOPS, by=ana)
    assert stands() == [("Skutt Kiln", 3, 0), ("Imported: Dell 5440", 2, 2)]


def test_what_people_ordered_is_never_more_than_they_said(ana: User) -> None:
    """Two were ordered for an amount: the third has a line of its own, where the next goes too."""
    ordered(("Dell 5440", 2, "1800"))
    text = po(*(f"L{n},Dell,5440,900,PO-L" for n in range(3)))
    bring(text, by=ana)
    assert stands() == [("Dell 5440", 2, 2), ("Imported: Dell 5440", 1, 1)]
    bring(po("L9,Dell,5440,900,PO-L"), by=ana, name="more.csv")
    assert stands()[1] == ("Imported: Dell 5440", 2, 2)


def test_what_was_received_for_something_else_is_left_alone(ana: User) -> None:
    """All of both lines came: another cost is of neither."""
    purchase = ordered(("Dell 5440", 3, "2700"), ("Kiln", 1, "500"))
    for line in purchase.lines.all():
        receive_units(line, line.quantity, by=SYSTEM, received_on=days.today())
    text = po("L1,Dell,5440,950,PO-L")
    assert said(look_at(text, by=ana)) == {2: OWN.format(3) + ": none of the untagged ones fits"}
    bring(text, by=ana)
    assert stands()[:2] == [("Dell 5440", 3, 3), ("Kiln", 1, 1)]


def test_the_things_of_a_line_say_what_it_is_for(ana: User) -> None:
    """Fay called it otherwise since, and the corrected list comes in again."""
    session = bring(po("L1,Dell,5440,900,PO-L"), by=ana)
    change_line(PurchaseLine.objects.get(), by=SYSTEM, description="26-4711 lot A")
    bring(po("L2,Dell,5440,900,PO-L", "L3,Dell,54,900,PO-L"), by=ana, name="more.csv")
    assert stands() == [("26-4711 lot A", 2, 2), ("Imported: Dell 54", 1, 1)]
    undo(session, by=ana)
    assert stands()[0] == ("26-4711 lot A", 1, 1)


def test_a_line_that_is_called_like_the_category(ana: User) -> None:
    """Many name no model. A cost that is not the line's says that it is another thing's."""
    ordered(("Equipment", 2, "1800"), ("Equipment racks", 1, "900"))
    bring(LAPTOPS, by=ana)
    assert stands()[0] == ("Equipment", 2, 2)
    text = po("L8,Acer,X,900.00,PO-L", "L9,Acer,X,30,PO-L")
    assert set(said(look_at(text, by=ana)).values()) == {
        OWN.format(3),
        "new unit PO-L/3 #2, on a line of its own",
    }


def test_a_model_within_another_word_is_none(ana: User) -> None:
    ordered(("Mixers", 2, None), ("Dell X carts with freight", 2, "1000"))
    add_line(Purchase.objects.get(), LineDraft("Freight", 0, Decimal(100)), by=SYSTEM)
    bring(po("L1,Dell,X,550,PO-L"), by=ana)
    assert [came for _words, _n, came in stands()] == [0, 1, 0]


def test_the_only_line_of_its_invoice(ana: User) -> None:
    ordered(("Per quote 7", 2, "1800"), invoice="I-7")
    text = po("L1,Dell,5440,900,PO-L,I-7", "L2,Dell,5440,900,PO-L,I-8", more="Invoice")
    bring(text, by=ana)
    assert stands() == [("Per quote 7", 2, 1), ("Imported: Dell 5440", 1, 1)]


def test_of_two_that_name_it_the_cost_tells_which(ana: User) -> None:
    ordered(("Dell 5440", 2, "1800"), ("Dell 5440", 2, "2000"))
    bring(po("L1,Dell,5440,1000,PO-L"), by=ana)
    assert [came for _words, _n, came in stands()] == [0, 1]
    [[name, sentence]] = why(look_at(po("L2,Dell,5440,,PO-L"), by=ana))[2]
    assert name == "po"
    assert "Several lines of PO-L fit" in sentence
    bring(po("L3,Dell,5440,950,PO-L"), by=ana, name="third.csv")
    assert stands()[2] == ("Imported: Dell 5440", 1, 1)


def test_what_has_no_name_has_a_line_too(ana: User) -> None:
    """Undone and brought again it is on the line that it had."""
    for _time in range(2):
        session = bring("Tag,PO,Cost\nT1,PO-L,5\nT2,PO-L,5\n", by=ana)
        assert stands() == [("Imported", 2, 2)]
        undo(session, by=ana)


def test_an_initial_balance_holds_all_sorts(ana: User) -> None:
    bring("Tag,Make,Model,Cost\nT1,Dell,5440,900\nT2,Skutt,K,500\n", by=ana)
    assert stands() == [("Imported", 2, 2)]


def test_a_row_stands_on_the_line_that_was_shown(ana: User) -> None:
    """Fay says what the line costs in all after somebody looked at the next list."""
    bring(po("L1,Dell,5440,900,PO-L"), by=ana)
    session = look_at(po("L2,Dell,5440,900,PO-L"), by=ana, name="more.csv")
    assert said(session) == {2: "new unit PO-L/1 #2 (Imported: Dell 5440)"}
    change_line(PurchaseLine.objects.get(), by=SYSTEM, amount=Decimal(900))
    session = work(apply_import(session, by=ana))
    assert "since the preview" in session.rows.get().problems[0][1]
    assert stands() == [("Imported: Dell 5440", 1, 1)]


def test_what_takes_the_last_unit_tells_where_the_next_stands(
    ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Batch by batch as in the preview."""
    purchase = ordered(("Per quote 7", 2, None))
    receive_units(purchase.lines.get(), 2, by=SYSTEM, received_on=days.today())
    monkeypatch.setattr("integrations.actions.apply.BATCH", 1)
    session = bring(po(*(f"L{n},Dell,5440,900,PO-L" for n in range(4))), by=ana)
    assert outcomes(session) == {"create": 4}
    assert said(session)[5] == "new unit PO-L/1 #4 (Per quote 7)"
    assert stands() == [("Per quote 7", 4, 4)]


def test_a_source_may_go_on_saying_the_number_that_a_purchase_had(lincoln: School) -> None:
    file = po("L1,Dell,5440,900,PO-L", "L2,Dell,5440,900,PO-L")
    bring(file)
    purchase = Purchase.objects.get(number="PO-L")
    change_purchase(purchase, by=SYSTEM, number="26-0L", reason="Misread")
    again = look_at(file)
    assert outcomes(again) == {"same": 2}
    [told] = {tuple(row.warnings) for row in again.rows.all()}
    assert "Purchase PO-L is called 26-0L here." in told
    [[problem]] = why(look_at(po("L1,Dell,5440,900,PO-X"))).values()
    assert problem[-1] == "It hangs on purchase 26-0L."


def test_what_is_new_comes_to_the_purchase_that_had_the_number(lincoln: School) -> None:
    purchase = ordered(("Dell 5440", 3, None))
    bring(po("L1,Dell,5440,900,PO-L"))
    change_purchase(purchase, by=SYSTEM, number="26-0L", reason="Misread")
    more = po("L1,Dell,5440,900,PO-L", "L2,Dell,5440,900,po-l", "L3,Dell,5440,900,26-0L")
    session = bring(more)
    assert outcomes(session) == {"same": 1, "create": 2}
    assert sum("is called 26-0L here" in str(row.warnings) for row in session.rows.all()) == 2
    assert list(Purchase.objects.values_list("number", flat=True)) == ["26-0L"]
    assert stands() == [("Dell 5440", 3, 3)]


def test_a_number_that_another_purchase_has_now_means_that_one(lincoln: School) -> None:
    file = po("L1,Dell,5440,900,PO-L")
    bring(file)
    change_purchase(Purchase.objects.get(), by=SYSTEM, number="26-0L", reason="Misread")
    record_purchase("PO-L", by=SYSTEM, lines=[LineDraft("Carts", 1, Decimal(700))])
    [[problem]] = why(look_at(file)).values()
    assert problem[-1] == "It hangs on purchase 26-0L."
    session = bring(po("L2,Dell,5440,900,PO-L"))
    assert outcomes(session) == {"create": 1}
    assert Unit.objects.get(asset__tag="L2").line.purchase.number == "PO-L"


def test_a_number_that_several_purchases_had_means_none_of_them(lincoln: School) -> None:
    file = po("L1,Dell,5440,900,PO-L")
    bring(file)
    change_purchase(Purchase.objects.get(), by=SYSTEM, number="26-0A", reason="Misread")
    other = record_purchase("PO-L", by=SYSTEM, lines=[LineDraft("Carts", 1, Decimal(700))])
    change_purchase(other, by=SYSTEM, number="26-0B", reason="Misread")
    assert outcomes(look_at(file)) == {"same": 1}, "it hangs on one of them"
    [[problem]] = why(look_at(po("L2,Dell,5440,900,PO-L"))).values()
    assert problem[-1] == "PO-L was the number of several purchases: say which (26-0A, 26-0B)."
