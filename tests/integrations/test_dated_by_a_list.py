"""A list that gives a thing another acquired day moves since when awards pay for it: its preview
says so, or refuses what nobody moves alone."""

from datetime import date

import pytest

from assets.models import Asset
from core.journal import verify
from core.models import Entry
from core.time import days
from funding.models import Award, UnitShare
from people.models import School, User
from tests.factories import make_student
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
HEAD = "Tag,Make,Model,Acquired,Cost,Award 1\n"
PAID = HEAD + "K1,Zeta,Z1,2022-07-01,777.11,ARP ESSER 2021\n"


def since() -> list[date]:
    rows = UnitShare.objects.known().order_by("valid_from")
    return [days.local_date(at) for at in rows.values_list("valid_from", flat=True)]


@pytest.mark.parametrize(
    ("day", "us"), [("2021-08-02", "08/02/2021"), ("2023-03-01", "03/01/2023")]
)
def test_the_preview_says_since_when_awards_pay_then(
    brings: Brings, arp: Award, ana: User, day: str, us: str
) -> None:
    brings(PAID)
    text = f"Tag,Acquired\nK1,{day}\n"
    entries = Entry.objects.filter(kind__in=("asset.changed", "unit.paid_from")).count()
    looked = look_at(text, by=ana)
    said = f"What awards pay for it is paid since {us} then, no more since 07/01/2022."
    assert (outcomes(looked), looked.rows.get().warnings) == ({"update": 1}, [said])
    assert since() == [date(2022, 7, 1)], "it was looked at only"
    assert Asset.objects.get(tag="K1").acquired_on == date(2022, 7, 1)
    now = Entry.objects.filter(kind__in=("asset.changed", "unit.paid_from")).count()
    assert now == entries, "nothing is recorded of it"
    assert outcomes(brings(text)) == {"update": 1}
    assert since() == [date.fromisoformat(day)]
    assert verify.verify().findings == []


def test_what_moves_no_money_says_nothing(brings: Brings, arp: Award) -> None:
    brings(PAID + "K2,Zeta,Z1,2022-07-01,5,\nK3,Zeta,Z1,2022-07-01,,\n")
    same = look_at(PAID.replace("Zeta,Z1,2022-07-01,777.11", "Zeta,Z1,2022-07-01,"))
    assert (outcomes(same), same.rows.get().warnings) == ({"same": 1}, [])
    for tag in ("K2", "K3"):
        looked = look_at(f"Tag,Acquired\n{tag},2021-08-02\n")
        assert (outcomes(looked), why(looked)) == ({"update": 1}, "")
        assert not looked.rows.get().warnings


def test_a_batch_goes_on_after_a_row_that_was_tried(arp: Award) -> None:
    bring(PAID + "K2,Zeta,Z1,2022-07-01,5,ARP ESSER 2021\n")
    session = bring("Tag,Acquired,Notes\nK1,2021-08-02,blue\nK2,2021-08-03,red\n")
    assert outcomes(session) == {"update": 2}
    assert since() == [date(2021, 8, 2), date(2021, 8, 3)]
    assert set(Asset.objects.values_list("description", flat=True)) == {"blue", "red"}
    assert verify.verify().findings == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("lost,2024-02-28,,", "Its status is of 02/28/2024, before it was received on 03/01/2024."),
        (
            "in use,,ID,2024-02-28",
            "It was handed out on 02/28/2024, before it was received on 03/01/2024.",
        ),
    ],
)
def test_nothing_befell_a_thing_before_it_was_received(
    lincoln: School, row: str, said: str
) -> None:
    someone = make_student(school=lincoln).local_id
    head = "Tag,Make,Model,Received,Status,Status since,Holder id,Checkout date\n"
    text = head + f"K1,Zeta,Z1,2024-03-01,{row.replace('ID', someone)}\n"
    refused = bring(text)
    assert (outcomes(refused), why(refused)) == ({"refused": 1}, said)
    right = text.replace("2024-02-28", "2024-03-01")
    assert outcomes(bring(right)) == {"create": 1}
