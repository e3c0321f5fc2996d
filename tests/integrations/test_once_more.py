"""A thing that a file means by another name, that was merged, that somebody gave another tag or
counted otherwise: it is there once, and each of its rows means it."""

import pytest

from assets.actions import merge_assets
from assets.models import Asset
from core.access import SYSTEM
from integrations.models import ImportSession
from people.models import School, User
from tests.integrations.conftest import Brings, bring, look_at, outcomes, undo, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lincoln", "equipment")]
HEADER = "Asset Tag,Serial,Make,Model,Condition\n"
TWO = HEADER + "EE001,EES001,HP,11 EE,Good\nEE002,EES002,HP,11EE,Good\n"
DESKS = "Description,Make,Room\nDesk,Virco,\nDesk,Virco,\nStool,Virco,\n"
THIRTY = "Description,Make,Model,Quantity,Unit cost\nDesk,Virco,785,30,89.50\n"


def thing(tag: str) -> Asset:
    return Asset.objects.get(tag=tag)


def merged() -> Asset:
    """EE002 was EE001 all the time."""
    bring(TWO)
    return merge_assets(thing("EE002"), into=thing("EE001"), by=SYSTEM, reason="entered twice")


def count() -> int:
    return Asset.objects.active().filter(merged_into=None).count()


@pytest.mark.parametrize(
    "rows",
    ["EE001,,,,Good\n,EES001,HP,11 EE,Broken\n", ",EES001,,,Good\nEE001,,,,Broken\n"],
)
def test_a_thing_by_its_tag_and_by_its_serial_is_told_once(brings: Brings, rows: str) -> None:
    bring(TWO)
    bring(HEADER + "EE001,,,,Poor\n")
    session = brings(HEADER + rows)
    assert outcomes(session) == {"update": 1, "refused": 1}
    assert "The same item stands in row 2." in why(session)
    assert thing("EE001").condition == "good"


def test_a_second_row_that_contradicts_what_is_so_is_refused_too() -> None:
    bring(TWO)
    session = look_at(HEADER + "EE001,,,,Good\n,EES001,HP,11 EE,Broken\n")
    assert outcomes(session) == {"same": 1, "refused": 1}
    both = HEADER + "EE001,,,,Good\n,EES001,HP,11 EE,Good\n"
    assert outcomes(look_at(both)) == {"same": 2}


def test_rows_of_a_thing_and_of_what_was_merged_into_it_are_one_things(brings: Brings) -> None:
    merged()
    session = brings(HEADER + "EE001,,,,Fair\nEE002,,,,Poor\n")
    assert outcomes(session) == {"update": 1, "refused": 1}
    assert thing("EE001").condition == "fair"


def test_a_merge_that_the_file_asks_for_and_a_row_of_the_merged_one() -> None:
    bring(TWO)
    session = bring(HEADER + "EE001,EES002,,,\nEE002,,,,Poor\n", settle="two=merge")
    assert outcomes(session) == {"update": 1, "refused": 1}


def test_a_merged_things_serial_means_the_one_that_stayed(brings: Brings) -> None:
    merged()
    for row in (",EES002,HP,11EE,Poor\n", ",EES002,,,Poor\n", "EE002,EES002,HP,11EE,Poor\n"):
        session = brings(HEADER + row)
        assert set(outcomes(session)) <= {"update", "same"}, why(session)
        assert "merged into" in session.rows.get().warnings[0]
    one = thing("EE001")
    assert (count(), one.condition, one.serial, one.product.model) == (1, "poor", "EES001", "11 EE")


def test_a_merged_things_serial_beside_another_tag_is_asked() -> None:
    merged()
    bring(HEADER + "EE003,EES003,HP,11 EE,\n")
    session = look_at(HEADER + "EE003,EES002,HP,11EE,\n")
    assert session.rows.get().conflict == "two"
    assert look_at(HEADER + "EE009,EES002,HP,11EE,\n").rows.get().conflict == "serial"


def test_merged_twice_is_the_last_one_and_another_thing_is_another() -> None:
    one = merged()
    bring(HEADER + "EE003,EES003,HP,11 EE,\n")
    merge_assets(one, into=thing("EE003"), by=SYSTEM, reason="entered twice")
    session = bring(HEADER + ",EES002,HP,11EE,Poor\n,EES002,Dell,900,Good\n")
    assert outcomes(session) == {"update": 1, "create": 1}
    assert thing("EE003").condition == "poor"


def test_an_untagged_thing_that_was_merged_does_not_come_back(brings: Brings) -> None:
    brings(DESKS)
    one, other = Asset.objects.filter(description="Desk").order_by("pk")
    merge_assets(other, into=one, by=SYSTEM, reason="counted twice")
    session = brings(DESKS)
    assert outcomes(session) == {"same": 3}
    assert count() == 2


def test_another_answer_of_how_many_is_refused_naming_what_is_here() -> None:
    bring(THIRTY, quantity="each")
    session = look_at(THIRTY, quantity="lot")
    assert outcomes(session) == {"refused": 1}
    first = Asset.objects.order_by("pk")[0]
    assert "items of their own" in why(session)
    assert first.tag in why(session)
    assert outcomes(look_at(THIRTY, quantity="each")) == {"same": 30}


def test_a_lot_does_not_become_thirty_things(tmp_path) -> None:
    brought = bring(THIRTY, quantity="lot")
    session = look_at(THIRTY, quantity="each")
    assert outcomes(session) == {"refused": 30}
    assert f"one lot, {Asset.objects.get().tag}" in why(session)
    assert outcomes(look_at(THIRTY, quantity="lot-total")) == {"update": 1}
    undo(brought)
    assert outcomes(bring(THIRTY, quantity="each")) == {"update": 1, "create": 29}
    assert outcomes(look_at(THIRTY, quantity="each")) == {"same": 30}, "the last answer counts"


def test_a_thing_that_got_another_tag_is_known_by_the_tag_of_its_list(brings: Brings) -> None:
    bring(HEADER + "EE001,,HP,11 EE,Good\n")
    row = HEADER + "EE001,,Epson,EB,Good\n"
    assert outcomes(brings(row, "other=retag")) == {"create": 1}
    again = brings(row)
    assert outcomes(again) == {"same": 1}, why(again)
    assert outcomes(brings(row.replace("Good", "Poor"))) == {"update": 1}
    assert (count(), thing("EE001").condition) == (2, "good")


def test_a_retagged_thing_of_another_source_is_asked_about(ana: User, lincoln: School) -> None:
    bring(HEADER + "EE001,,HP,11 EE,Good\n")
    row = HEADER + "EE001,,Epson,EB,Good\n"
    bring(row, settle="other=retag")
    session = look_at(row, name="other.csv", by=ana)
    assert ImportSession.objects.get(pk=session.pk).rows.get().conflict == "other"


def notes(session: ImportSession) -> str:
    return " ".join(session.plan_notes)


def test_the_same_bytes_under_another_name_are_told_before_they_double(ana: User) -> None:
    bring(DESKS, name="desks.csv", by=ana)
    session = look_at(DESKS, name="desks (1).csv", by=ana)
    assert "This very file came before under the name of another source (desks)" in notes(session)
    assert "This very file" not in notes(look_at(DESKS, name="desks.csv", by=ana))
    other = look_at(DESKS.replace("Stool", "Chair"), name="desks (1).csv", by=ana)
    assert "This very file" not in notes(other)
    tagged = HEADER + "EE001,,HP,11,\n"
    bring(tagged, name="one.csv", by=ana)
    assert "This very file" not in notes(look_at(tagged, name="two.csv", by=ana))


def test_what_somebody_elses_file_is_called_is_not_told(ana: User, tom: User) -> None:
    bring(DESKS, name="Of Maria Lopez.csv", by=ana)
    session = look_at(DESKS, name="desks.csv", by=tom)
    assert "somebody else's" in notes(session)
    assert "Maria" not in notes(session)
