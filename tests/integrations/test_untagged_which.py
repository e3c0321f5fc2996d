"""Which of the units that were received and not tagged a row takes: never by a guess."""

from decimal import Decimal

import pytest

from core.access import SYSTEM
from funding.actions import ShareDraft, share_line
from funding.models import Award, Unit
from people.models import School, User
from tests.factories import make_asset
from tests.integrations.conftest import bring, look_at
from tests.integrations.untagged import ledger, received, said, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]


def test_another_award_than_the_ledgers_is_refused(arp: Award, local: Award, ana: User) -> None:
    received(("Chromebooks", 2, "800.00"), paid=arp)
    session = bring("Tag,PO,Cost,Award 1\nG1,PO-9,400,General fund\n", by=ana)
    assert "reclassify" in why(session)[2][0][1]
    assert why(session)[2][0][0] == "award_1"
    assert [tag for _cost, _paid, tag in ledger()] == ["", ""]


def test_another_vendors_row_is_refused(ana: User) -> None:
    received(("Chromebooks", 2, "800.00"), vendor="CDW")
    session = look_at("Tag,PO,Cost,Vendor\nH1,PO-9,400,cdw\nH2,PO-9,400,Dell\n", by=ana)
    assert why(session) == {3: [["vendor", "Purchase PO-9 is with CDW."]]}


def test_where_several_lines_fit_the_product_says_which(ana: User) -> None:
    received(("Chromebook 311", 2, "800.00"), ("Chromebook 714", 2, "800.00"))
    session = look_at(
        "Tag,Make,Model,Notes,PO,Cost\n"
        "I1,Acer,Chromebook 714,,PO-9,400\n"
        "I2,Acer,Chromebook 311,,PO-9,\n"
        "I3,,,Chromebook 714,PO-9,400\n",
        by=ana,
    )
    assert [text.split()[2:4] for text in said(session).values()] == [
        ["PO-9/2", "#1"],
        ["PO-9/1", "#1"],
        ["PO-9/2", "#2"],
    ]


def test_lines_that_differ_in_money_are_not_guessed_at(arp: Award, local: Award, ana: User) -> None:
    purchase = received(("Item A", 1, "400.00"), ("Item B", 1, "400.00"))
    for line, award in zip(purchase.lines.all(), (arp, local), strict=True):
        share_line(line, [ShareDraft(award, percent=Decimal(100))], by=SYSTEM)
    session = look_at("Tag,PO,Cost,Award 1\nJ1,PO-9,400,\nJ2,PO-9,400,General fund\n", by=ana)
    assert [field for field, _why in why(session)[2]] == ["po"]
    assert said(session)[3].startswith("takes unit PO-9/2 #1")


def test_a_refused_row_leaves_its_unit_to_the_next(ana: User) -> None:
    received(("Chromebooks", 1, "400.00"))
    session = bring("Tag,PO,Cost,Condition\nL1,PO-9,400,shiny\nL2,PO-9,400,good\n", by=ana)
    assert said(session) == {3: "takes unit PO-9/1 #1 at 400.00"}
    assert len(ledger()) == 1


def test_a_unit_that_was_tagged_since_the_preview_is_not_taken_twice(
    lincoln: School, ana: User
) -> None:
    from integrations.actions import apply_import
    from tests.integrations.conftest import work

    received(("Chromebooks", 2, "800.00"))
    session = look_at("Tag,PO,Cost\nM1,PO-9,400\n", by=ana)
    make_asset(school=lincoln, tag="M0", unit=Unit.objects.get(number=1))
    session = work(apply_import(session, by=ana))
    assert said(session) == {2: "takes unit PO-9/1 #2 at 400.00"}
    assert [tag for _cost, _paid, tag in ledger()] == ["M0", "M1"]
