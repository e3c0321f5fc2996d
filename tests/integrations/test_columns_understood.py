"""Columns and cells that mean less than they seem to, or are not kept: said, never guessed."""

from decimal import Decimal

import pytest

from assets.models import Asset
from funding.models import Award, UnitShare
from tests.integrations.conftest import bring, look_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]


def test_an_award_that_pays_nothing_of_a_free_thing_is_no_trouble(arp: Award) -> None:
    bring(
        "Tag,Make,Model,Cost,Award 1,Amount 1\n"
        "Z1,HP,Free,0.00,ARP ESSER 2021,0.00\nZ2,HP,Paid,100,ARP ESSER 2021,100"
    )
    amounts = {a.tag: a.unit.cost for a in Asset.objects.select_related("unit") if a.unit}
    assert amounts == {"Z1": Decimal("0.00"), "Z2": Decimal("100.00")}
    assert UnitShare.objects.filter(award=arp).count() == 2


def test_a_receipt_that_is_not_kept_is_said() -> None:
    bring("Tag,Make,Model,Cost\nND1,HP,ND,60.00\n")
    session = look_at("Tag,Received\nND1,2023-05-05\n")
    (row,) = session.rows.all()
    assert row.outcome == "same"
    assert any("received on 05/05/2023 is not kept" in sentence for sentence in row.warnings)


def test_a_receipt_that_is_known_is_not_told_again() -> None:
    text = "Tag,Make,Model,Cost,Received\nND1,HP,ND,60.00,2023-05-05\nND2,HP,ND,,2023-05-06\n"
    bring(text)
    rows = look_at(text).rows.all()
    assert {(row.outcome, tuple(row.warnings)) for row in rows} == {("same", ())}


def test_a_part_of_one_is_no_per_cent(arp: Award) -> None:
    head = "Tag,Make,Model,Cost,Award 1,Award 1 percent\n"
    session = look_at(f"{head}P1,HP,A,1000,ARP ESSER 2021,0.6\nP2,HP,A,1000,ARP ESSER 2021,1\n")
    assert [row.outcome for row in session.rows.order_by("number")] == ["refused", "refused"]
    assert "0.6% or 60%" in str(session.rows.order_by("number")[0].problems)
    session = look_at(f"{head}P3,HP,A,1000,ARP ESSER 2021,0.6%\nP4,HP,A,1000,ARP ESSER 2021,60\n")
    assert {row.outcome for row in session.rows.all()} == {"create"}


def test_nobody_calls_a_school_or_a_category_so() -> None:
    rows = "Tag,Make,Model,School,Category\nN1,HP,NA1,N/A,Equipment\nN2,HP,NA2,LIN,TBD\n"
    session = look_at(rows)
    assert session.unknown == {}, "nothing that could be made by one button"
    assert {row.outcome for row in session.rows.all()} <= {"create", "refused"}


def test_the_title_of_a_thing_is_not_who_holds_the_title() -> None:
    bring("Tag,Make,Model,Title,Title holder\nT1,HP,A,Chromebook charger,District\n")
    asset = Asset.objects.get(tag="T1")
    assert (asset.description, asset.title_holder) == ("Chromebook charger", "District")


def test_a_column_that_no_field_reads_is_said() -> None:
    session = look_at("Tag,Make,Model,Enrolled In,Rep Cost\nT1,HP,A,x,9\n")
    assert any("Enrolled In, Rep Cost" in note for note in session.plan_notes)
    assert not look_at("Tag,Make,Model\nT2,HP,A\n").plan_notes
