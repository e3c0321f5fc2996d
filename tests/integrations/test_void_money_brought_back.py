"""The money that comes back with a void thing is compared with its row; none takes another's."""

from decimal import Decimal

import pytest

from assets.actions import void_asset
from assets.models import Asset
from core.access import SYSTEM
from core.journal import verify
from funding.models import Purchase
from people.models import User
from tests.integrations.conftest import Brings, bring, look_at, outcomes, undo, why
from tests.integrations.void_things import money, the_thing, void, warned

__all__ = ["void"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
HEAD = "Asset Tag,Serial,Make,Model,Room,PO,Cost,Award 1,Acquired\n"
LAPTOP = "IZ31,IZS00031,HP,IZ1,101,PO-31,500.00,ARP ESSER 2021,2025-09-01\n"
LIST = HEAD + LAPTOP
SHORT = "Asset Tag,Serial,Make,Model\n"


PAID = ("PO-31", Decimal("500.00"), "ARP ESSER 2021", "IZ31")
FREE = (*PAID[:3], None)
AS_IT_WAS = ("void", "IZS00031", "HP", "IZ1")


def test_a_unit_that_an_undone_import_took_is_not_the_rows_that_names_another(
    brings: Brings,
) -> None:
    taken = LIST.replace("IZ31,IZS00031", "IZ51,IZS00051")
    session = bring(taken, name="second.csv")
    assert money() == [(*PAID[:3], "IZ51")], "the unit of what never was"
    undo(session)
    assert money() == [FREE]
    session = brings(taken.replace("PO-31,500.00,ARP ESSER 2021", "PO-52,700.00,Bond"))
    assert outcomes(session) == {"update": 1}, why(session)
    assert money() == [FREE, ("PO-52", Decimal("700.00"), "Bond", "IZ51")]
    undo(session)
    assert money() == [FREE]
    assert verify.verify().findings == []


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("PO-399,500.00,Bond", "It hangs on purchase PO-31."),
        ("PO-999,700.00,ARP ESSER 2021", "It hangs on purchase PO-31."),
        ("PO-31,500.00,Bond", "Other awards or amounts pay for it"),
        (",500.00,Bond", "Other awards or amounts pay for it"),
        (",400.00,", "The awards pay 500.00 of it"),
    ],
)
def test_other_money_than_comes_back_is_refused(brings: Brings, told: str, said: str) -> None:
    row = LAPTOP.replace("PO-31,500.00,ARP ESSER 2021", told)
    session = brings(HEAD + row, "void=back")
    assert outcomes(session) == {"refused": 1}
    assert said in why(session)
    assert (the_thing(), money()) == (AS_IT_WAS, [FREE])
    assert not Purchase.objects.exclude(number="PO-31").exists()


def test_the_money_that_comes_back_is_compared_and_another_cost_shown(brings: Brings) -> None:
    same = brings(LIST, "void=back")
    assert set(same.rows.get().changes) == {"status", "room"}
    assert money() == [PAID]
    void_asset(Asset.objects.get(), by=SYSTEM, reason="Never came")
    session = brings(HEAD + LAPTOP.replace(",500.00,ARP ESSER 2021", ",700.00,"), "void=back")
    assert session.rows.get().changes["cost"] == ["500.00", "700.00"]
    assert money() == [("PO-31", Decimal("700.00"), "ARP ESSER 2021", "IZ31")]


def test_no_other_row_takes_the_unit_that_comes_back(brings: Brings) -> None:
    new = LAPTOP.replace("IZ31,IZS00031", "IZ61,IZS00061")
    session = brings(LIST + new, "void=back")
    assert outcomes(session) == {"update": 1, "create": 1}
    assert money() == [PAID, (*PAID[:3], "IZ61")]


def test_a_unit_that_an_earlier_row_takes_does_not_come_back(brings: Brings) -> None:
    new = LAPTOP.replace("IZ31,IZS00031", "IZ61,IZS00061")
    session = brings(HEAD + new + LAPTOP, "void=back")
    assert outcomes(session) == {"update": 1, "create": 1}
    assert "comes back" not in warned(session)
    assert sorted(money(), key=str) == [PAID, (*PAID[:3], "IZ61")]


def test_money_that_a_row_brought_with_a_void_thing_goes_with_the_undo(
    brings: Brings, ana: User
) -> None:
    bring(LIST.replace("IZ31,IZS00031", "IZ61,IZS00061"), name="second.csv")
    assert money() == [(*PAID[:3], "IZ61")], "another stands for its unit since"
    other = LAPTOP.replace("PO-31,500.00,ARP ESSER 2021", "PO-32,700,Bond")
    session = brings(HEAD + other, "void=back")
    assert "a second person decides" in why(session), "it stood on federal money before"
    session = brings(HEAD + LAPTOP.replace("PO-31", "PO-32"), "void=back")
    assert money()[1] == ("PO-32", *PAID[1:3], "IZ31")
    undo(session, by=ana)
    assert money() == [(*PAID[:3], "IZ61")]
    assert the_thing() == AS_IT_WAS
    assert verify.verify().findings == []


def test_tom_who_may_not_bring_money_is_not_told_of_it(tom: User) -> None:
    session = look_at(SHORT + "IZ31,,,\n", by=tom)
    assert session.rows.get().conflict == "void"
    assert "500.00" not in why(session) + warned(session)
