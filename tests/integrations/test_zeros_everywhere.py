"""Zeros, spaces and signs that were lost: not of tags and ids alone."""

from decimal import Decimal

import pytest

from assets.models import Asset, Product
from core.access import SYSTEM
from funding.actions import create_award
from funding.models import Award, Purchase
from people.actions import create_school
from people.models import Room, School
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
HEAD = "Tag,Make,Model,PO,Cost\n"
OLD = HEAD + "A1,HP,One,0012345,500\n"


def orders() -> dict[str, int]:
    found: dict[str, int] = {}
    for number in Asset.objects.values_list("unit__line__purchase__number", flat=True):
        found[number] = found.get(number, 0) + 1
    return found


@pytest.mark.parametrize("number", ["12345", "PO 0012345", "p.o. #12345"])
def test_a_purchase_of_other_zeros_is_asked_about(brings: Brings, number: str) -> None:
    brings(OLD)
    more = HEAD + f"A2,HP,One,{number},500\n"
    session = brings(more)
    assert session.rows.get().conflict == "purchase"
    assert f"The purchase {number} looks like 0012345, with other zeros or signs." in why(session)
    assert orders() == {"0012345": 1}
    brings(more, "purchase=that")
    assert orders() == {"0012345": 2}
    assert Purchase.objects.count() == 1


def test_it_may_be_another_purchase(brings: Brings) -> None:
    brings(OLD)
    brings(HEAD + "A2,HP,One,12345,500\n", "purchase=another")
    assert orders() == {"0012345": 1, "12345": 1}
    session = look_at(HEAD + "A3,HP,One,12345,500\nA4,HP,One,0012345,500\nA5,HP,One,12346,500\n")
    assert outcomes(session) == {"create": 3}, "what is here by its own number asks nothing"


def test_a_purchase_is_asked_about_beside_an_earlier_row(brings: Brings) -> None:
    file = OLD + "A2,HP,One,12345,500\n"
    assert "looks like 0012345 in row 2" in why(brings(file))
    brings(file, "purchase=that")
    assert orders() == {"0012345": 2}


@pytest.mark.parametrize(("there", "told"), [("IZ 324", "IZ324"), ("IZ-324", "iz 324")])
def test_a_tag_with_other_signs_is_asked_about(brings: Brings, there: str, told: str) -> None:
    brings(f"Tag,Make,Model\n{there},HP,One\n")
    session = brings(f"Tag,Make,Model\n{told},HP,One\n")
    assert f"looks like {there}" in why(session).replace("Equipment ", "")
    assert "with other spaces or hyphens" in why(session)
    brings(f"Tag,Make,Model\n{told},HP,One\n", "alike=that")
    assert Asset.objects.count() == 1
    brings(f"Tag,Make,Model\n{told},HP,One\n", "alike=ask alike=another")
    assert Asset.objects.count() == 2
    assert outcomes(look_at("Tag,Make,Model\nIZ325,HP,One\n10-1,HP,One\n101,HP,One\n")) == {
        "create": 3
    }


def test_two_spaces_make_no_second_name(brings: Brings) -> None:
    file = "Tag,Make,Model,PO,Cost,Vendor\nB1,HP,Pro Book 9,PO-1,5,CDW Government\n"
    brings(file)
    wide = file.replace("Pro Book", "Pro  Book").replace("CDW G", "CDW  G").replace("B1", "B2")
    assert outcomes(brings(wide)) == {"create": 1}
    assert Product.objects.get().model == "Pro Book 9"
    assert set(Purchase.objects.values_list("vendor__name", flat=True)) == {"CDW Government"}


def test_schools_and_rooms_of_other_zeros_are_asked_about(brings: Brings) -> None:
    create_school("0771", "West", by=SYSTEM)
    file = "School code,School name,Room\n0771,,0101\n"
    brings(file, kind="places")
    other = "School code,School name,Room\n771,Western,\n0771,,Rm 101\n0771,,102\n"
    session = brings(other, kind="places")
    assert "771 looks like 0771, with other zeros or signs." in why(session)
    assert "Rm 101 looks like 0101, with other zeros or signs." in why(session)
    brings(other, "place=that", kind="places")
    assert set(School.objects.exclude(code="LIN").values_list("code", "name")) == {("0771", "West")}
    rooms = Room.objects.filter(school__code="0771").values_list("code", flat=True)
    assert sorted(rooms) == ["0101", "102"]
    brings(other, "place=ask place=another", kind="places")
    assert Room.objects.filter(school__code="0771", code="Rm 101").exists()
    assert School.objects.get(code="771").name == "Western"


def test_places_of_one_file_are_compared(brings: Brings) -> None:
    file = "School code,School name,Room\n0771,West,101\n771,West,0101\n0771,West,1-01\n"
    session = brings(file, kind="places")
    assert "looks like 0771 in row 2" in why(session)
    brings(file, "place=that", kind="places")
    assert not School.objects.filter(code="771").exists()


def test_awards_are_one_however_their_numbers_are_written(arp: Award) -> None:
    head = "Award,Program,FAIN,FRN\n"
    bring(head + "Title I,ARP,S010A-250047,\n", kind="awards")
    session = look_at(head + "Title One,ARP,s010a 250047,\nTitle  I,ARP,,\n", kind="awards")
    assert "There is an award with this FAIN already" in why(session)
    assert outcomes(session) == {"refused": 1, "same": 1}, "its name has one space"


def test_awards_that_stand_beside_each_other_can_be_changed(arp: Award) -> None:
    for name, fain in (("One", "S010A-250047"), ("Two", "S010A250047")):
        create_award(by=SYSTEM, program=arp.program, name=name, fain=fain)
    bring("Award,Program,Amount\nOne,ARP,5\n", kind="awards")
    assert Award.objects.get(name="One").amount == Decimal(5)


@pytest.mark.parametrize(
    ("kind", "head", "cell", "taken"),
    [
        ("awards", "Award,Program,ALN\nNew,ARP,", "84.01", False),
        ("awards", "Award,Program,ALN\nNew,ARP,", "84", False),
        ("awards", "Award,Program,ALN\nNew,ARP,", "84.010", True),
        ("awards", "Award,Program,ALN\nNew,ARP,", "84.425D", True),
        ("places", "School code,School name,NCES id\nNEW,New,", "10000500871", False),
        ("places", "School code,School name,NCES id\nNEW,New,", "010000500871", True),
    ],
)
def test_numbers_that_are_too_short_are_refused(
    arp: Award, kind: str, head: str, cell: str, taken: bool
) -> None:
    session = look_at(f"{head}{cell}\n", kind=kind)
    assert (outcomes(session) == {"create": 1}) == taken
    assert ("may have lost a zero" in why(session)) == (not taken)


@pytest.mark.parametrize(("choice", "count"), [("that", 1), ("another", 2)])
def test_an_answer_stands_when_the_other_row_came_in_before(
    monkeypatch: pytest.MonkeyPatch, choice: str, count: int
) -> None:
    monkeypatch.setattr("integrations.actions.apply.BATCH", 1)
    session = bring(OLD + "A2,HP,One,12345,500\n", settle=f"purchase={choice}")
    assert outcomes(session) == {"create": 2}, why(session)
    assert Purchase.objects.count() == count
    rooms = "School code,Room\nLIN,909\nLIN,0909\n"
    session = bring(rooms, kind="places", settle=f"place={choice}")
    assert "refused" not in outcomes(session), why(session)
    assert Room.objects.filter(code__endswith="909").count() == count
