"""Before anything is written, each row says what it would do, and why not."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assets.actions import ensure_products
from assets.models import Asset, Assignment, Category, Product
from core.access import SYSTEM
from core.journal import verify
from funding.models import Award, Unit, UnitShare
from integrations.actions import mend_cell, remap
from integrations.models import ImportSession
from people.models import Person, Room, School, User
from tests.factories import make_asset
from tests.integrations.conftest import bring, look_at, outcomes, undo

pytestmark = pytest.mark.django_db


def problems(session: ImportSession) -> dict[int, list[str]]:
    rows = session.rows.filter(outcome="refused")
    return {row.number: sorted(field for field, _why in row.problems) for row in rows}


def test_each_row_says_new_changed_same_or_refused_with_the_reason_per_cell(
    lincoln: School,
    room: Room,
    equipment: Category,
    maria: Person,
    ana: User,
    client_of: Callable[[User], Client],
) -> None:
    make_asset(school=lincoln, tag="A1", serial="S1", room=room, condition="good")
    make_asset(school=lincoln, tag="A2", serial="S2", room=room, condition="good")
    before = Asset.objects.count()
    session = look_at(
        "Tag,Serial,Make,Model,Room,Condition,Cost,Acquired,Holder id\n"
        "A1,S1,Acer,Chromebook 311,101,good,,,\n"
        f"A2,S2,Acer,Chromebook 311,102,poor,,,{maria.local_id}\n"
        "A3,S3,Acer,Chromebook 311,101,new,349.00,08/12/24,\n"
        "A4,1.23E+15,Acer,Chromebook 311,101,good,,,\n"
        "A5,S5,Acer,Chromebook 311,101,shiny,lots,yesterday,stranger\n",
        by=ana,
    )
    assert outcomes(session) == {"same": 1, "update": 1, "create": 1, "refused": 2}
    assert problems(session) == {5: ["serial"], 6: ["acquired_on", "condition", "cost", "holder"]}
    changed = session.rows.get(number=3).changes
    assert changed == {
        "room": ["Main 101", "Main 102"],
        "condition": ["Good", "Poor"],
        "holder": ["", maria.local_id],
    }
    assert Asset.objects.count() == before, "nothing is written before it is applied"
    html = client_of(ana).get(reverse("import", args=[session.pk])).content.decode()
    assert "Main 101 → Main 102" in html
    assert "digits" in html


def test_refused_rows_come_back_as_a_file_that_can_be_mended_and_brought_again(
    equipment: Category, lincoln: School, ana: User, client_of: Callable[[User], Client]
) -> None:
    session = bring("Tag,Serial,Condition\nB1,-77,good\nB2,+1+1,shiny\nB3,@x,\n", by=ana)
    assert Asset.objects.count() == 2, "good rows go in, refused ones stay behind"
    answer = client_of(ana).get(reverse("import-refused", args=[session.pk]))
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [r["Tag"] for r in rows] == ["B2"]
    assert rows[0]["Serial"] == "'+1+1", "inert for a spreadsheet"
    assert "Good" in " ".join(rows[0].values())
    bring(data.replace(b"shiny", b"good"), by=ana)
    assert Asset.objects.get(tag="B2").serial == "+1+1", "and as it was when it comes back"


def test_a_cell_is_mended_in_place(equipment: Category, lincoln: School, ana: User) -> None:
    session = look_at("Tag,Condition\nC1,shiny\n", by=ana)
    session = mend_cell(session, 2, "Condition", "good", by=ana)
    assert outcomes(session) == {"create": 1}


def test_columns_are_mapped_by_hand_and_remembered_for_the_source(
    equipment: Category, lincoln: School, ana: User
) -> None:
    session = look_at("Sticker,Ser,Colour\nD1,S1,red\n", by=ana, name="vendor.csv")
    assert session.mapping == {}
    mapping = {"Sticker": "tag", "Ser": "serial", "Colour": ""}
    session = remap(session, mapping, by=ana, options={})
    assert session.rows.get().raw["Colour"] == "red", "what is not used is kept"
    later = look_at("Sticker,Ser,Colour\nD2,S2,blue\n", by=ana, name="vendor.csv")
    assert later.mapping == {"Sticker": "tag", "Ser": "serial"}


@pytest.mark.parametrize(
    "body",
    [
        "Tag\n{0}\n",
        "Make,Model,Serial\nAcer,X,{0}\n",
        "Make,Notes\nAcer,blue\nAcer,blue\nAcer,red\n",
    ],
    ids=["by tag", "by make, model, serial", "by source and row"],
)
def test_the_same_file_twice_adds_nothing(equipment: Category, lincoln: School, body: str) -> None:
    text = body.format("E1")
    first = bring(text)
    count = Asset.objects.count()
    assert count == text.count("\n") - 1, "rows that are alike are things of their own"
    again = bring(text)
    assert Asset.objects.count() == count
    assert set(outcomes(again)) == {"same"}
    assert outcomes(first) == {"create": count}


def test_alike_rows_far_apart_are_things_of_their_own(equipment: Category, lincoln: School) -> None:
    text = "Make,Notes\n" + "Acer,blue\n" * 1500
    bring(text)
    assert Asset.objects.count() == 1500
    bring(text)
    assert Asset.objects.count() == 1500


def test_a_file_that_names_one_thing_twice_is_told_where(
    equipment: Category, lincoln: School
) -> None:
    session = look_at("Tag,Make,Serial\nF1,Acer,S1\nf1,Acer,S2\nF3,Acer,s1\n")
    assert outcomes(session) == {"create": 1, "refused": 2}
    assert problems(session) == {3: ["tag"], 4: ["serial"]}
    assert "row 2" in session.rows.get(number=3).problems[0][1]


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


def test_what_changed_since_is_updated_through_the_acts_of_the_desk(
    equipment: Category,
    lincoln: School,
    washington: School,
    maria: Person,
    jamal: Person,
    ana: User,
) -> None:
    bring(
        "Tag,Make,Model,Status,Room,Holder id\nM1,Acer,X,in "
        f"use,101,{maria.local_id}\nM2,Acer,X,in stock,101,\n"
    )
    text = (
        "Tag,Make,Model,School,Room,Holder id,Status,Last verified,Serial,Notes\n"
        f"M1,Acer,X,LIN,102,{jamal.local_id},in use,2025-09-01,S1,blue\n"
        "M2,Acer,Y,WAS,LIB,,in repair,2025-09-02,,\n"
    )
    session = bring(text, by=ana, settle="other=correct")
    assert outcomes(session) == {"update": 2}
    m1, m2 = Asset.objects.order_by("tag")
    assert (m1.holder, m1.room.code, m1.serial, m1.description) == (jamal, "102", "S1", "blue")  # type: ignore[union-attr]
    assert (m2.school, m2.room.code, m2.status, m2.product.model) == (
        washington,
        "LIB",
        "in_repair",
        "Y",
    )  # type: ignore[union-attr]
    assert str(m2.last_verified_on) == "2025-09-02"
    assert outcomes(bring(text, by=ana)) == {"same": 2}
    undo(session, by=ana)
    m1, m2 = Asset.objects.order_by("tag")
    assert (m1.holder, m1.room.code, m1.serial, m1.description) == (maria, "101", "", "")  # type: ignore[union-attr]
    assert (m2.school, m2.room.code, m2.status, m2.product.model) == (
        lincoln,
        "101",
        "in_stock",
        "X",
    )  # type: ignore[union-attr]
    assert Assignment.objects.filter(asset=m1, closed_at=None).get().person == maria
    assert verify.verify().findings == []


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("N1,lost,,", "status"),  # needs a case
        ("N1,disposed,,", "status"),  # is an act of its own
        ("N9,void,,", "status"),
        ("N1,in stock,999,", "room"),
        ("N\u202e1,in stock,,", "tag"),
    ],
)
def test_what_the_things_own_rules_refuse_is_said_in_the_preview(
    equipment: Category, lincoln: School, ana: User, row: str, column: str
) -> None:
    bring("Tag,Make\nN1,Acer\n")
    session = look_at(f"Tag,Status,Room,Make\n{row}\n", by=ana)
    assert problems(session) == {2: [column]}


def test_what_left_long_ago_comes_in_as_it_is_and_goes_again(
    equipment: Category, lincoln: School, ana: User
) -> None:
    session = bring("Tag,Status,Room\nO1,disposed,101\nO2,lost,101\nO3,stolen,\n", by=ana)
    assert outcomes(session) == {"create": 3}
    assert outcomes(
        look_at("Tag,Status,Room\nO1,disposed,101\nO2,lost,101\nO3,stolen,\n", by=ana)
    ) == {"same": 3}
    undo(session, by=ana)
    assert set(Asset.objects.values_list("status", flat=True)) == {"void"}
    bring("Tag,Status,Room\nO1,disposed,101\nO2,lost,101\nO3,stolen,\n", by=ana)
    assert list(Asset.objects.order_by("tag").values_list("status", flat=True)) == [
        "disposed",
        "lost",
        "stolen",
    ]
    assert verify.verify().findings == []


def test_nobody_else_sees_an_import(
    equipment: Category, tom: User, ned: User, lincoln: School, client_of: Callable[[Any], Client]
) -> None:
    session = look_at("Tag\nP1\n", by=tom)
    for name in ("import", "import-refused"):
        assert client_of(ned).get(reverse(name, args=[session.pk])).status_code == 404
    for args in (["apply"], ["undo"]):
        address = reverse("import-act", args=[session.pk, *args])
        assert client_of(ned).post(address).status_code == 404
    assert Product.objects.count() == 0
