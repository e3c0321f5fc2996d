"""A list of awards: next year's award by last year's name, and what somebody put out of use."""

from datetime import date
from decimal import Decimal

import pytest

from core.access import SYSTEM
from funding.actions import change_award, create_award
from funding.models import Award, UnitShare
from tests.factories import make_purchase
from tests.integrations.conftest import Brings, bring, look_at, outcomes, undo, why

pytestmark = pytest.mark.django_db

HEAD = "Award,Program,FAIN,Amount,Period Start,Period End,Obligate By\n"
NEXT = HEAD + '"Title I, Part A",ARP,S010A260047,999000,7/1/2026,9/30/2027,\n'


@pytest.fixture
def title_one(arp: Award) -> Award:
    return create_award(
        by=SYSTEM,
        program=arp.program,
        name="Title I, Part A",
        fain="S010A-250047",
        amount=Decimal(500000),
        period_start=date(2025, 7, 1),
        period_end=date(2026, 9, 30),
    )


@pytest.fixture
def paying(title_one: Award) -> Award:
    """It paid for a computer."""
    make_purchase(quantity=1, amount="500.00", shares=[(title_one, "100")])
    return title_one


def stands(award: Award) -> tuple[str, Decimal | None, date | None, date | None]:
    award = Award.objects.get(pk=award.pk)
    return award.fain, award.amount, award.period_start, award.period_end


def test_next_years_award_does_not_become_the_one_that_paid(brings: Brings, paying: Award) -> None:
    was = stands(paying)
    session = brings(NEXT, kind="awards")
    assert session.rows.get().conflict == "renewed"
    said = why(session)
    assert "Title I, Part A pays for items, or did. This file says otherwise: FAIN" in said
    assert "S010A260047 (here: S010A-250047)" in said
    assert "07/01/2026 (here: 07/01/2025)" in said
    assert stands(paying) == was


def test_somebody_may_say_that_it_is_that_award(brings: Brings, paying: Award) -> None:
    session = brings(NEXT, "renewed=correct", kind="awards")
    assert outcomes(session) == {"update": 1}
    assert stands(paying) == (
        "S010A260047",
        Decimal(999000),
        date(2026, 7, 1),
        date(2027, 9, 30),
    )


def test_an_award_that_pays_for_nothing_is_put_right_unasked(
    brings: Brings, title_one: Award
) -> None:
    assert outcomes(brings(NEXT, kind="awards")) == {"update": 1}
    assert stands(title_one)[0] == "S010A260047"


@pytest.mark.parametrize(
    ("cells", "asked"),
    [
        ("s010a250047,,,,", False),
        (",999000,,,", False),
        (",,7/1/2025,9/30/2027,12/31/2027", False),
        (",,,12/31/2026,", False),
        (",,10/1/2025,,", False),
        (",,,9/30/2027,", True),
        (",,7/1/2026,,", True),
        ("S010A-260047,,,,", True),
    ],
    ids=["spelled", "amount", "put off", "a quarter", "begins", "year", "begun", "number"],
)
def test_what_puts_it_right_asks_nothing(paying: Award, cells: str, asked: bool) -> None:
    session = look_at(HEAD + f'"Title I, Part A",ARP,{cells}\n', kind="awards")
    assert (session.rows.get().conflict == "renewed") == asked, why(session)


def test_an_award_that_finance_closed_opens_only_when_somebody_says_so(
    brings: Brings, arp: Award
) -> None:
    change_award(arp, by=SYSTEM, active=False)
    file = "Award,Program,Amount\nARP ESSER 2021,ARP,77\n"
    session = brings(file, kind="awards")
    assert why(session) == "ARP ESSER 2021 was put out of use. Is it in use again?"
    brings(file, "reopen=keep", kind="awards")
    arp.refresh_from_db()
    assert (arp.active, arp.amount) == (False, Decimal(77))
    session = brings(file, "reopen=open", kind="awards")
    assert session.rows.get().changes == {"active": ["out of use", "in use"]}
    arp.refresh_from_db()
    assert arp.active


def test_what_an_undo_took_away_comes_back_with_its_file(brings: Brings, arp: Award) -> None:
    file = "Award,Program,Amount\nIDEA,ARP,5\n"
    undo(brings(file, kind="awards"))
    assert not Award.objects.get(name="IDEA").active
    again = brings(file, kind="awards")
    assert outcomes(again) == {"update": 1}
    undo(again)
    assert not Award.objects.get(name="IDEA").active
    assert outcomes(brings(file, kind="awards")) == {"update": 1}
    assert Award.objects.get(name="IDEA").active
    change_award(Award.objects.get(name="IDEA"), by=SYSTEM, active=False)
    assert outcomes(brings(file, kind="awards")) == {"refused": 1}


def test_what_finance_closed_stays_closed_after_an_undo(arp: Award) -> None:
    change_award(arp, by=SYSTEM, active=False)
    file = "Award,Program\nARP ESSER 2021,ARP\n"
    undo(bring(file, kind="awards", settle="reopen=open"))
    assert look_at(file, kind="awards").rows.get().conflict == "reopen"


def test_each_closed_award_of_a_row_is_named(brings: Brings, arp: Award, local: Award) -> None:
    for award in (arp, local):
        change_award(award, by=SYSTEM, active=False)
    file = (
        "Tag,Make,Model,Cost,Award 1,Award 1 percent,Award 2,Award 2 percent\n"
        f"TM1,HP,11,100,{arp.name},50%,{local.name},50%\n"
    )
    session = brings(file)
    assert f"The awards {arp.name}, {local.name} are out of use. Did all of them" in why(session)
    assert not UnitShare.objects.exists()
    brings(file, "closed=pays")
    assert UnitShare.objects.standing().count() == 2
