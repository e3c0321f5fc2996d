"""What each row would do with money: to the cent, and never ignored."""

import pytest

from assets.actions import ensure_products
from assets.models import Asset, Category
from core.access import SYSTEM
from funding.models import Award, Unit, UnitShare
from people.models import School, User
from tests.integrations.conftest import bring, look_at, outcomes, undo
from tests.integrations.test_preview import problems

pytestmark = pytest.mark.django_db


MONEY = """Tag,Make,Model,Cost,PO,Invoice,Vendor,Acquired,\
Award 1,Award 1 percent,Award 2,Award 2 amount
G1,Acer,X,400.01,PO-7,I-1,CDW,2024-08-01,ARP ESSER 2021,50,General fund,200.00
G2,Acer,X,400.01,PO-7,I-1,CDW,2024-08-01,S425U210035,,,
G3,Acer,X,400.01,,,,2024-08-01,,,,
"""


def test_money_comes_in_to_the_cent_and_twice_is_once(
    equipment: Category, lincoln: School, arp: Award, local: Award, ana: User
) -> None:
    bring(MONEY, by=ana)
    units = Unit.objects.order_by("asset__tag")
    assert [u.line.purchase.number for u in units] == ["PO-7", "PO-7", "INITIAL-file"]
    assert [str(u.cost) for u in units] == ["400.01"] * 3
    shares = UnitShare.objects.order_by("unit__asset__tag", "award_id")
    assert [(s.unit.asset.tag, s.award.name, str(s.amount)) for s in shares] == [
        ("G1", "ARP ESSER 2021", "200.01"),
        ("G1", "General fund", "200.00"),
        ("G2", "ARP ESSER 2021", "400.01"),
    ]
    again = bring(MONEY, by=ana)
    assert outcomes(again) == {"same": 3}
    assert Unit.objects.count() == 3


def test_money_of_a_thing_that_is_there_is_added_or_refused_never_ignored(
    equipment: Category, lincoln: School, arp: Award, local: Award, ana: User
) -> None:
    bring("Tag,Cost,Award 1\nH1,,\nH2,10.00,\nH3,10.00,General fund\n", by=ana)
    session = bring(
        "Tag,Cost,Award 1\nH1,20.00,General fund\nH2,12.00,General fund\nH3,10.00,ARP ESSER 2021\n",
        by=ana,
        name="later.csv",
    )
    assert outcomes(session) == {"update": 2, "refused": 1}
    paid = {s.unit.asset.tag: str(s.amount) for s in UnitShare.objects.filter(known_to=None)}
    assert paid == {"H1": "20.00", "H2": "12.00", "H3": "10.00"}
    assert problems(session) == {4: ["award_1"]}
    undo(session, by=ana)
    standing = UnitShare.objects.filter(known_to=None, valid_to=None)
    assert [s.unit.asset.tag for s in standing] == ["H3"]
    assert Asset.objects.get(tag="H1").unit is None
    assert str(Unit.objects.get(asset__tag="H2").cost) == "10.00"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("K1,10.00,ARP ESSER 2021,60,General fund,60", "award_1"),
        ("K1,,ARP ESSER 2021,100,,", "cost"),
        ("K1,10.00,ARP ESSER 2021,,General fund,", "award_1"),
        ("K1,10.00,ARP ESSER 2021,50,ARP ESSER 2021,50", "award_2"),
        ("K1,10.005,,,,", "cost"),
        ("K1,-3,,,,", "cost"),
        ("K1,10.00,ARP ESSER 2021,101,,", "percent_1"),
    ],
)
def test_money_that_does_not_add_up_is_refused(
    equipment: Category, lincoln: School, arp: Award, local: Award, ana: User, row: str, column: str
) -> None:
    header = "Tag,Cost,Award 1,Award 1 percent,Award 2,Award 2 percent"
    session = look_at(f"{header}\n{row}\n", by=ana)
    assert problems(session) == {2: [column]}


def test_tom_brings_things_in_but_no_money(equipment: Category, lincoln: School, tom: User) -> None:
    ensure_products([("", "", equipment)], by=SYSTEM)
    session = bring("Tag,Cost\nL1,\nL2,10.00\n", by=tom)
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert problems(session) == {3: ["cost"]}
