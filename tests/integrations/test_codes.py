"""Codes of files: zeros that were lost or put before, tags that are cards; awards with commas."""

from decimal import Decimal

import pytest

from assets.models import Asset, Category
from core.time import days
from funding.actions import ShareDraft, create_award, share_units
from funding.models import Award
from people.models import Person, Room, School, User
from tests.factories import made, make_asset, make_product, make_purchase
from tests.integrations.conftest import Brings, bring, look_at, outcomes, undo, why
from tests.integrations.files import as_csv

pytestmark = pytest.mark.django_db
HEADER = "Asset Tag,Serial,Make,Model,School"


@pytest.mark.parametrize(
    ("there", "comes"), [("000123", "123"), ("123", "000123"), ("0123", "123"), ("123", "0123")]
)
def test_lost_and_padded_zeros_are_noticed_in_both_directions(
    brings: Brings, lincoln: School, there: str, comes: str
) -> None:
    known = make_asset(
        school=lincoln, tag=there, serial="ZL1", product=make_product(make="HP", model="X7")
    )
    text = f"{HEADER},Notes\n{comes},ZL1,HP,X7,LIN,seen\n"
    session = brings(text)
    assert outcomes(session) == {"refused": 1}
    assert f"looks like {there}" in why(session)
    brings(text, "alike=that")
    known.refresh_from_db()
    assert (known.tag, known.description) == (there, "seen")
    assert Asset.objects.count() == 1


def test_a_similar_tag_may_be_another_things(brings: Brings, lincoln: School) -> None:
    make_asset(school=lincoln, tag="456", serial="")
    text = "Asset Tag,Make,Model,School\n000456,HP,X8,LIN\n"
    assert outcomes(brings(text)) == {"refused": 1}
    assert outcomes(brings(text, "alike=another")) == {"create": 1}
    assert set(Asset.objects.values_list("tag", flat=True)) == {"456", "000456"}
    assert outcomes(brings(text)) == {"same": 1}, "asked once"


def test_two_spellings_of_a_number_in_one_file_are_noticed(brings: Brings, lincoln: School) -> None:
    text = "Asset Tag,Make,Model,School\n456,HP,X8,LIN\n0456,HP,X8,LIN\n"
    session = brings(text)
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert "in row 2" in why(session)


def test_a_card_that_is_a_tag_is_warned_of_in_both_directions(
    brings: Brings, lincoln: School
) -> None:
    people = (
        "Student ID,First Name,Last "
        "Name,School,Grade\n700123,Cora,Collide,LIN,9\n700001,Abe,Firstkid,LIN,9\n"
    )
    things = f"{HEADER}\n700123,ZX1,Acer,C311,LIN\nZX-3,ZX3,Acer,C311,LIN\n"
    assert outcomes(brings(people, kind="people")) == {"create": 2}
    session = brings(things)
    assert outcomes(session) == {"create": 2}
    warned = {r.raw["Asset Tag"]: r.warnings for r in session.rows.all()}
    assert "700123 is also the id of a person" in warned["700123"][0]
    assert warned["ZX-3"] == []


def test_a_tag_that_is_a_card_is_warned_of_in_the_other_direction(
    brings: Brings, lincoln: School, library: Room
) -> None:
    make_asset(school=lincoln, tag="700123")
    text = (
        "Student ID,First Name,Last "
        "Name,School,Grade\n700123,Cora,Collide,LIN,9\nlib,Li,Brary,LIN,9\n700001,Abe,Firstkid,LIN,9\n"
    )
    session = brings(text, kind="people")
    warned = {r.raw["Student ID"]: r.warnings for r in session.rows.all()}
    assert "700123 is also the tag of Acer" in warned["700123"][0]
    assert "is also the room" in warned["lib"][0]
    assert warned["700001"] == []
    session = brings("School Code,Room\nLIN,700001\n", kind="places")
    assert "is also the id of a person" in session.rows.get().warnings[0]


def test_tom_is_not_told_of_cards_and_tags_that_are_not_his(
    tom: User, washington: School, lincoln: School, equipment: Category
) -> None:
    make_asset(school=washington, tag="700123")
    made(Person.objects.create(kind="student", local_id="700999", school=washington))
    people = look_at("Student ID,School\n700123,LIN\n", by=tom, kind="people")
    things = look_at(f"{HEADER}\n700999,ZX1,Acer,C311,LIN\n", by=tom)
    assert [r.warnings for s in (people, things) for r in s.rows.all()] == [[], []]


def test_an_award_with_a_comma_in_its_name_undoes(
    ana: User, lincoln: School, arp: Award, equipment: Category
) -> None:
    title = create_award(by=ana, program=arp.program, name="Title I, Part A")
    purchase, units = make_purchase(quantity=1, amount="450.00")
    text = f'Asset Tag,Make,Model,PO,Cost,Award\nT-1,HP,X,{purchase.number},450,"{title.name}"\n'
    session = bring(text, by=ana)
    assert outcomes(session) == {"create": 1}
    assert Asset.objects.get(tag="T-1").unit == units[0]
    done = undo(session, by=ana)
    assert done.state == "undone", why(done)
    assert Asset.objects.get(tag="T-1").status == "void"


def test_another_award_since_is_not_undone(
    ana: User, lincoln: School, local: Award, equipment: Category
) -> None:
    title = create_award(by=ana, program=local.program, name="Title I, Part A")
    one = create_award(by=ana, program=local.program, name="Title I")
    other = create_award(by=ana, program=local.program, name="Part A")
    purchase, units = make_purchase(quantity=1, amount="450.00")
    text = f'Asset Tag,Make,Model,PO,Cost,Award\nT-1,HP,X,{purchase.number},450,"{title.name}"\n'
    session = bring(text, by=ana)
    drafts = [ShareDraft(one, percent=Decimal(50)), ShareDraft(other, percent=Decimal(50))]
    share_units([(units[0], drafts)], by=ana, at={units[0].pk: days.now()})
    done = undo(session, by=ana)
    assert done.state == "applied"
    assert "What pays for T-1 changed since" in why(done)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("900451.0", "decimal: 900451.0"),
        ("900451.00", "decimal"),
        ("900,452", "commas"),
        ("1,900,452", "commas"),
        ("#900452", "without the sign"),
        ("# 900452", "without the sign"),
    ],
)
@pytest.mark.parametrize("column", ["Asset Tag", "Serial", "PO", "Invoice"])
def test_a_number_that_became_a_quantity_is_no_second_code(
    brings: Brings, lincoln: School, column: str, written: str, said: str
) -> None:
    head = ["Make", "Model", column, *(["Asset Tag"] if column != "Asset Tag" else [])]
    session = brings(as_csv(head, [["HP", "F9", written, "T-1"][: len(head)]]).decode())
    assert outcomes(session) == {"refused": 1}
    assert said in why(session)
    assert not Asset.objects.exists()


def test_nobody_is_on_the_roster_twice_for_a_decimal(brings: Brings, lincoln: School) -> None:
    text = "Student ID,First Name,Last Name,School,Grade\n%s,Ann,Ash,LIN,9\n"
    assert outcomes(brings(text % "98765501", kind="people")) == {"create": 1}
    for written in ("98765501.0", '"98,765,501"', "#98765501"):
        session = brings(text % written, kind="people")
        assert outcomes(session) == {"refused": 1}, written
    assert outcomes(brings(text % "*98765501*", kind="people")) == {"same": 1}
    assert Person.objects.filter(first_name="Ann").count() == 1


def test_the_stars_of_code_39_are_no_part_of_a_tag(brings: Brings, lincoln: School) -> None:
    make_asset(school=lincoln, tag="900451")
    session = brings("Asset Tag,School,Notes\n*900451*,LIN,seen\n")
    assert outcomes(session) == {"update": 1}
    assert Asset.objects.get().description == "seen"
    assert any("start and stop signs" in note for note in session.plan_notes)


@pytest.mark.parametrize("tag", ["10.05", "A-1.0", "1.0.2", "A,1", "1,23", "*A", "#A1", "12345.6"])
def test_codes_that_only_resemble_such_numbers_stay_as_they_are(
    brings: Brings, lincoln: School, tag: str
) -> None:
    session = brings(as_csv(["Asset Tag", "Make", "Model"], [[tag, "HP", "F9"]]).decode())
    assert outcomes(session) == {"create": 1}, why(session)
    assert Asset.objects.get().tag == tag
