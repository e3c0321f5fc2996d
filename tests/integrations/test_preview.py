"""Before anything is written, each row says what it would do, and why not."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assets.models import Asset, Category, Product
from integrations.actions import mend_cell, remap
from integrations.models import ImportSession
from people.models import Person, Room, School, User
from tests.factories import make_asset
from tests.integrations.conftest import bring, look_at, outcomes

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
