"""What somebody said never was comes back by a file only where somebody says so, and with the money
that comes back; undone, it is void as it was."""

from datetime import date
from decimal import Decimal

import pytest

from assets.actions import reinstate_assets, void_asset
from assets.models import Asset, Status
from core.access import SYSTEM
from core.journal import verify
from funding.actions import create_award
from funding.models import Award, Purchase, Unit, UnitShare
from integrations.models import ImportSession
from people.actions import create_room
from people.models import School, User
from tests.integrations.conftest import Brings, bring, look_at, outcomes, undo, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
HEAD = "Asset Tag,Serial,Make,Model,Room,PO,Cost,Award 1,Acquired\n"
LAPTOP = "IZ31,IZS00031,HP,IZ1,101,PO-31,500.00,ARP ESSER 2021,2025-09-01\n"
LIST = HEAD + LAPTOP
SHORT = "Asset Tag,Serial,Make,Model\n"


@pytest.fixture(autouse=True)
def void(arp: Award, lincoln: School, equipment: object) -> Asset:
    """A laptop that ARP paid came by a list, and somebody said that it never was."""
    create_award(by=SYSTEM, program=arp.program, name="Bond")
    create_room(lincoln, "102", by=SYSTEM)
    bring(LIST, name="first.csv")
    return void_asset(Asset.objects.get(), by=SYSTEM, reason="Never came")


def the_thing() -> tuple[str, str, str, str]:
    a = Asset.objects.select_related("product").get(tag="IZ31")
    return a.status, a.serial, a.product.make, a.product.model


def money() -> list[tuple[str, Decimal | None, str, str]]:
    """What stands of each unit: its purchase, cost, who pays, which thing."""
    paid = dict(UnitShare.objects.standing().values_list("unit", "award__name"))
    units = Unit.objects.filter(voided_at=None).select_related("asset", "line__purchase")
    return [
        (
            u.line.purchase.number,
            u.cost,
            paid.get(u.pk, ""),
            getattr(u, "asset", None) and u.asset.tag,
        )
        for u in units.order_by("pk")
    ]


def warned(session: ImportSession) -> str:
    return " ".join(w for row in session.rows.order_by("number") for w in row.warnings)


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


def test_a_row_that_says_void_brings_nothing_back(brings: Brings) -> None:
    session = brings("Asset Tag,Status,Notes,Serial\nIZ31,void,blue,OTHER0031\n")
    assert outcomes(session) == {"same": 1}
    assert warned(session) == "It is void here, too: nothing of the row is taken over."
    assert (the_thing(), Asset.objects.get().description) == (AS_IT_WAS, "")


def test_tom_who_may_not_bring_money_is_not_told_of_it(tom: User) -> None:
    session = look_at(SHORT + "IZ31,,,\n", by=tom)
    assert session.rows.get().conflict == "void"
    assert "500" not in why(session) + warned(session)
