"""Things that were received and not tagged: a register that names their purchase tags them, and
the money stays as it is."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assets.models import Asset
from core.journal import verify
from funding.actions import ShareDraft, ask_units, decide
from funding.models import Award, Unit
from people.models import School, User
from tests.factories import make_asset, make_product
from tests.integrations.conftest import bring, look_at, outcomes, undo
from tests.integrations.untagged import ledger, received, said, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]


def test_ana_tags_what_was_received_by_a_file_and_no_money_is_added(arp: Award, ana: User) -> None:
    received(("Chromebooks", 3, "1200.00"), paid=arp)
    before = ledger()
    text = (
        "Tag,Make,Model,PO,Cost,Award 1\nA1,Acer,X,po-9,400.00,ARP ESSER "
        "2021\nA2,Acer,X,PO-9,400,\n"
    )
    session = look_at(text, by=ana)
    assert said(session) == {
        2: "takes unit PO-9/1 #1 at 400.00",
        3: "takes unit PO-9/1 #2 at 400.00",
    }
    session = bring(text, by=ana)
    paid = "ARP ESSER 2021 400.00"
    assert ledger() == [("400.00", paid, "A1"), ("400.00", paid, "A2"), ("400.00", paid, "")]
    assert outcomes(bring(text, by=ana)) == {"same": 2}
    undo(session, by=ana)
    assert ledger() == before, "untagged again, none of it void"
    again = bring(text, by=ana)
    assert outcomes(again) == {"update": 2}
    assert [tag for _cost, _paid, tag in ledger()] == ["A1", "A2", ""]
    undo(again, by=ana)
    assert ledger() == before
    assert verify.verify().findings == []


def test_more_things_than_were_received_are_new_units_and_the_preview_says_which(ana: User) -> None:
    received(("Chromebooks", 1, "400.00"))
    session = bring("Tag,PO,Cost\nB1,PO-9,400\nB2,PO-9,400\nB3,PO-8,400\n", by=ana)
    assert said(session) == {
        2: "takes unit PO-9/1 #1 at 400.00",
        3: "new unit PO-9/2 #1, on a line of its own",
    }
    assert len(ledger()) == 3


def test_a_cost_that_no_untagged_unit_has_is_said_to_be_a_new_unit(ana: User) -> None:
    received(("Chromebooks", 2, "800.00"))
    session = look_at("Tag,PO,Cost\nC1,PO-9,512.50\n", by=ana)
    assert said(session) == {
        2: "new unit PO-9/2 #1, on a line of its own: none of the untagged ones fits"
    }
    assert outcomes(session) == {"create": 1}


def test_a_line_that_splits_into_odd_cents_is_taken_whole(arp: Award, ana: User) -> None:
    received(("Carts", 3, "1000.00"), paid=arp)
    before = ledger()
    text = "Tag,PO,Cost,Award 1\n" + "".join(f"D{n},PO-9,333.33,ARP ESSER 2021\n" for n in range(3))
    session = bring(text, by=ana)
    assert [row[:2] for row in ledger()] == [row[:2] for row in before]
    assert outcomes(bring(text, by=ana)) == {"same": 3}
    undo(session, by=ana)
    assert ledger() == before


def test_an_unknown_cost_and_missing_shares_are_told_by_the_row_and_forgotten_by_undo(
    local: Award, ana: User
) -> None:
    received(("Tablets", 2, None))
    session = bring("Tag,PO,Cost,Award 1\nE1,PO-9,250.00,General fund\nE2,PO-9,,\n", by=ana)
    assert said(session) == {
        n: f"takes unit PO-9/1 #{n - 1}, whose cost is unknown" for n in (2, 3)
    }
    changes = session.rows.get(number=2).changes
    assert (changes["cost"], changes["award_1"]) == (["", "250.00"], ["", "General fund"])
    assert ledger() == [("250.00", "General fund 250.00", "E1"), ("None", "", "E2")]
    undo(session, by=ana)
    assert ledger() == [("None", "", ""), ("None", "", "")]
    assert verify.verify().findings == []


def test_a_row_without_a_cost_may_name_the_award_that_pays(arp: Award, ana: User) -> None:
    received(("Chromebooks", 2, "800.00"), paid=arp)
    session = bring("Tag,PO,Award 1\nF1,PO-9,S425U210035\n", by=ana)
    assert said(session) == {2: "takes unit PO-9/1 #1 at 400.00"}
    assert ledger()[0] == ("400.00", "ARP ESSER 2021 400.00", "F1")


def test_a_thing_that_is_there_without_money_takes_a_unit(lincoln: School, ana: User) -> None:
    received(("Chromebooks", 1, "400.00"))
    thing = make_asset(school=lincoln, tag="K1")
    session = bring("Tag,PO,Cost\nK1,PO-9,400\n", by=ana)
    assert said(session) == {2: "takes unit PO-9/1 #1 at 400.00"}
    assert ledger() == [("400.00", "", "K1")]
    undo(session, by=ana)
    thing.refresh_from_db()
    assert thing.unit is None
    assert ledger() == [("400.00", "", "")]


def test_fays_later_reclassification_stands_and_is_named(
    arp: Award, local: Award, ana: User, fay: User
) -> None:
    received(("Chromebooks", 1, "400.00"))
    session = bring("Tag,PO,Cost,Award 1\nN1,PO-9,400,General fund\n", by=ana)
    half = [ShareDraft(arp, percent=Decimal(50))]
    decide(ask_units([Unit.objects.get()], half, by=fay, reason="audit"), by=ana, approve=True)
    session = undo(session, by=ana)
    assert session.rows.get().problems == [["", "What pays for N1 changed since."]]
    assert ledger() == [("400.00", "ARP ESSER 2021 200.00", "N1")]


def test_taking_units_takes_no_query_for_each_row(ana: User) -> None:
    def cost(rows: int, number: str) -> int:
        received(("Tablets", rows, None), number=number)
        text = "Tag,PO,Cost\n" + "".join(f"{number}-{n},{number},9.00\n" for n in range(rows))
        with CaptureQueriesContext(connection) as queries:
            session = bring(text, by=ana, name=f"{number}.csv")
        assert outcomes(session) == {"create": rows}
        return len(queries)

    cost(2, "P0")
    assert cost(3, "P1") == cost(33, "P2")
    assert Asset.objects.exclude(unit=None).count() == Unit.objects.count() == 38


def test_tom_without_the_right_to_money_takes_none(tom: User) -> None:
    received(("Chromebooks", 1, "400.00"))
    make_product(make="", model="", category="Equipment")
    session = look_at("Tag,PO\nQ1,PO-9\n", by=tom)
    assert said(session) == {}
    assert [field for field, _why in why(session)[2]] == ["cost"]
