"""Before anything is written, each row says what it would change of a thing that is there."""

import pytest

from assets.models import Asset, Assignment, Category
from core.journal import verify
from people.models import Person, School, User
from tests.integrations.conftest import bring, look_at, outcomes, undo
from tests.integrations.test_preview import problems

pytestmark = pytest.mark.django_db


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
    assert count == text.count("\n") - 1, "rows that are alike are items of their own"
    again = bring(text)
    assert Asset.objects.count() == count
    assert set(outcomes(again)) == {"same"}
    assert outcomes(first) == {"create": count}


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
