"""Lists that somebody keeps by hand: what is drawn for the cell above, and numbers of rows."""

import pytest

from assets.models import Asset, Category, Product
from core.access import SYSTEM
from integrations import actions
from integrations.actions.unknown import creatable
from integrations.kinds.rows.unknown import read_names
from people.models import Person, Room, School
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
HEAD = "Asset Tag,Make,Model,Category,School,Room\n"


@pytest.mark.parametrize(
    "ditto", ['""""', "''", "ditto", "- ditto -", "Same as above", "〃", "-''-"]
)
def test_what_stands_for_the_cell_above_is_no_name(brings: Brings, ditto: str) -> None:
    row = ",".join([ditto] * 5)
    rooms = Room.objects.count()
    session = brings(f"{HEAD}RA1,HP,One,Equipment,LIN,\nRA2,{row}\n")
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert why(session).count("seems to stand for the cell above it") == 5, why(session)
    assert not list(creatable(session, SYSTEM))
    assert (Product.objects.count(), Room.objects.count()) == (1, rooms)


def test_people_may_be_called_ditto_or_same() -> None:
    head = "ID,First Name,Last Name,School,Grade\n"
    text = head + '1001,Do,Ditto,LIN,9\n1002,Sam,Same,LIN,9\n1003,"""",Oh,LIN,9\n'
    session = bring(text, kind="people")
    assert outcomes(session) == {"create": 2, "refused": 1}
    assert set(Person.objects.values_list("last_name", flat=True)) == {"Ditto", "Same"}


def test_a_question_mark_and_several_schools_are_not_created_with_all(washington: School) -> None:
    rows = "A1,HP,One,?,LIN,?\nA2,HP,One,Cart,LIN;WAS,9\nA3,HP,One,Cart,East,9\n"
    rows += "A4,HP,One,Cart,LIN / Washington Elementary,9\n"
    session = look_at(HEAD + rows)
    assert len(read_names(session.unknown)["school"]) == 3
    assert ("school", "East") in list(creatable(session, SYSTEM))
    actions.create_unknown(session, by=SYSTEM)
    assert set(School.objects.values_list("code", flat=True)) == {"LIN", "WAS", "East"}
    assert set(Category.objects.values_list("name", flat=True)) == {"Equipment", "Cart"}
    assert not Room.objects.filter(code="?").exists()


@pytest.mark.parametrize("heading", ["#", "Number", " # "])
def test_numbers_of_rows_are_no_tags(brings: Brings, heading: str) -> None:
    head = f"{heading},Asset #,Make,Model,School\n"
    session = brings(f"{head}1,D7,Virco,785,LIN\n2,D9,Virco,785,LIN\n3,D8,Virco,785,LIN\n")
    assert set(Asset.objects.values_list("tag", flat=True)) == {"D7", "D8", "D9"}
    session = look_at(f"{heading},Make,Model,School\n1,Virco,785,LIN\n2,Virco,785,LIN\n")
    assert "tag" not in session.mapping.values()


def test_a_number_that_does_not_count_is_a_tag() -> None:
    bring("Number,Make,Model\n1001,HP,One\n1002,HP,One\n")
    assert set(Asset.objects.values_list("tag", flat=True)) == {"1001", "1002"}
    assert look_at("Number,Make,Model\n1,HP,One\n").mapping["Number"] == "tag"
