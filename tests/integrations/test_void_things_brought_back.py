"""What somebody said never was comes back by a file only where somebody says so, and with the money
that comes back; undone, it is void as it was."""

from datetime import date
from decimal import Decimal

import pytest

from assets.actions import reinstate_assets
from assets.models import Asset, Status
from core.access import SYSTEM
from core.journal import verify
from funding.models import Award
from people.models import User
from tests.integrations.conftest import Brings, bring, outcomes, undo, why
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


@pytest.mark.parametrize("row", ["IZ31,IZS00031,HP,IZ1\n", "IZ31,,,\n", ",IZS00031,HP,IZ1\n"])
def test_what_somebody_voided_does_not_come_back_unasked(brings: Brings, row: str) -> None:
    session = brings(SHORT + row)
    assert outcomes(session) == {"refused": 1}
    assert session.rows.get().conflict == "void"
    assert "HP IZ1" in why(session)
    assert "is void: somebody said that it never was. Is it here after all?" in why(session)
    assert (the_thing(), money()) == (AS_IT_WAS, [FREE])
    session = brings(SHORT + row, "void=back")
    assert outcomes(session) == {"update": 1}
    assert warned(session) == "Its unit comes back with it: PO-31/1 #1, which costs 500.00."
    assert (the_thing(), money()) == (("in_stock", *AS_IT_WAS[1:]), [PAID])
    assert verify.verify().findings == []


def test_another_thing_does_not_take_the_tag_and_the_money_of_a_void_one(brings: Brings) -> None:
    other = SHORT + "IZ31,OTHER0031,Epson,Beam7\n"
    session = brings(other)
    assert session.rows.get().conflict == "other"
    assert "OTHER0031, Epson, Beam7" in why(session)
    session = brings(other, "other=correct")
    assert session.rows.get().conflict == "void", "that it is here after all is asked besides"
    assert (the_thing(), money()) == (AS_IT_WAS, [FREE])
    assert outcomes(brings(other, "other=retag")) == {"create": 1}
    assert (the_thing(), money()) == (AS_IT_WAS, [FREE])
    assert Asset.objects.get(serial="OTHER0031").unit is None
    corrected = SHORT + "IZ31,OTHER0032,Epson,Beam7\n"
    assert outcomes(brings(corrected, "other=correct void=back")) == {"update": 1}
    assert the_thing() == ("in_stock", "OTHER0032", "Epson", "Beam7")


def test_what_only_an_undone_import_said_binds_nobody(brings: Brings) -> None:
    undo(bring(LIST.replace("31", "41"), name="second.csv"))
    assert Asset.objects.get(tag="IZ41").status == Status.VOID
    said = "IZ41,OTHER0041,Epson,Beam7,102,PO-42,700.00,Bond,2025-10-01\n"
    session = brings(HEAD + said)
    assert (outcomes(session), warned(session)) == ({"update": 1}, "")
    assert money() == [FREE, ("PO-42", Decimal("700.00"), "Bond", "IZ41")]
    assert Asset.objects.get(tag="IZ41").serial == "OTHER0041"


@pytest.mark.parametrize("undone", ["back", "back with another"])
def test_undone_it_is_void_as_it_was(brings: Brings, undone: str, ana: User, arp: Award) -> None:
    there = Asset.objects.get()
    before = (there.acquired_on, there.product_id, there.description)
    other = "IZ31,OTHER0031,Epson,Beam7,102,PO-31,700.00,,2025-10-01\n"
    settle = "other=correct void=back"
    if undone == "back":
        other, settle = (
            LAPTOP.replace("101", "102").replace("500.00,ARP ESSER 2021", ","),
            "void=back",
        )
    session = brings(HEAD + other, settle)
    assert outcomes(session) == {"update": 1}, why(session)
    assert Asset.objects.get().room.code == "102"  # type: ignore[union-attr]
    session = undo(session, by=ana)
    assert session.state == "undone", why(session)
    there = Asset.objects.get()
    assert (the_thing(), money()) == (AS_IT_WAS, [FREE])
    assert (there.acquired_on, there.product_id, there.description) == before
    assert before[0] == date(2025, 9, 1)
    reinstate_assets([there], by=SYSTEM, reason="It is here")
    there = Asset.objects.get()
    assert (there.status, there.room.code) == ("in_stock", "101")  # type: ignore[union-attr]
    assert money() == [PAID]
    assert verify.verify().findings == []


def test_a_row_that_says_void_brings_nothing_back(brings: Brings) -> None:
    session = brings("Asset Tag,Status,Notes,Serial\nIZ31,void,blue,OTHER0031\n")
    assert outcomes(session) == {"same": 1}
    assert warned(session) == "It is void here, too: nothing of the row is taken over."
    assert (the_thing(), Asset.objects.get().description) == (AS_IT_WAS, "")
