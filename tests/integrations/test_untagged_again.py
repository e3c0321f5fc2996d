"""Lists without tags under another file name, or with a cell that is written otherwise: asked."""

import pytest

from assets.models import Asset
from people.models import School
from tests.integrations.conftest import bring, look_at, outcomes, why
from tests.integrations.holders import somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln", "washington")]
HEAD = "Description,Make,Model,Cost,Run Date\n"


def desks(many: int, day: str = "11/30/2026", cost: str = "10", more: str = "") -> str:
    return HEAD + f"Desk,Virco,785,{cost},{day}\n" * many + more


def test_a_list_under_another_name_is_asked_about_once_for_all_rows() -> None:
    bring(desks(4), name="furn.csv")
    text = desks(4, more="Stool,Virco,122,5,11/30/2026\n")
    session = look_at(text, name="furn_2026-12.csv")
    assert outcomes(session) == {"refused": 4, "create": 1}
    assert "Nothing tells it from" in why(session)
    came = bring(text, name="furn_2026-12.csv", settle="again=that")
    assert outcomes(came) == {"same": 4, "create": 1}, why(came)
    assert Asset.objects.count() == 5
    assert outcomes(look_at(text, name="furn_2026-12.csv")) == {"same": 5}, "as answered before"


@pytest.mark.parametrize(("day", "cost"), [("12/30/2026", "10"), ("11/30/2026", "10.00")])
def test_a_column_that_nobody_uses_or_another_format_doubles_nothing(day: str, cost: str) -> None:
    bring(desks(2))
    text = desks(2, day, cost)
    assert outcomes(look_at(text)) == {"refused": 2}
    assert outcomes(bring(text, settle="again=that")) == {"same": 2}
    assert Asset.objects.count() == 2


def test_they_may_be_others_and_one_more_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    bring(desks(2), name="one.csv")
    monkeypatch.setattr("integrations.actions.apply.BATCH", 1)
    session = bring(desks(3), name="two.csv", settle="again=another")
    assert outcomes(session) == {"create": 3}, why(session)
    assert Asset.objects.count() == 5
    session = bring(desks(6), name="three.csv", settle="again=that")
    assert outcomes(session) == {"same": 5, "create": 1}, why(session)
    assert Asset.objects.count() == 6


def test_what_a_row_says_otherwise_is_another_thing() -> None:
    bring(desks(2), name="one.csv")
    for text, school in (
        (desks(2, cost="11"), "LIN"),
        (desks(2).replace("Desk", "Table"), "LIN"),
        (desks(2), "WAS"),
    ):
        assert outcomes(look_at(text, name="two.csv", school=school)) == {"create": 2}
    assert outcomes(look_at(desks(3), name="one.csv")) == {"same": 2, "create": 1}


WITHOUT = "Description,Make,Model,Acquired\n"
PLACED = "Description,Make,Model,Acquired,Room\n"


def test_a_list_that_says_the_rooms_later_on_finds_its_things_again() -> None:
    """Each room is one thing's, and what is in a room already is the one that is there."""
    rows = "Desk,Virco,785,8/12/2024\n"
    bring(WITHOUT + rows * 2, name="furn.csv")
    text = PLACED + "Desk,Virco,785,8/12/2024,102\n" + "Desk,Virco,785,8/12/2024,101\n"
    session = look_at(text, name="furn.csv")
    assert outcomes(session) == {"refused": 2} and "Nothing tells it from" in why(session)
    came = bring(text, name="furn.csv", settle="again=that")
    assert outcomes(came) == {"update": 2}, why(came)
    first, second = Asset.objects.order_by("pk").values_list("room__code", flat=True)
    assert (first, second) == ("102", "101")
    turned = PLACED + "".join(reversed(text.removeprefix(PLACED).splitlines(keepends=True)))
    assert outcomes(bring(turned, name="furn.csv")) == {"same": 2}, "as answered before"
    elsewhere = text.replace(",101", ",103").replace(",102", ",104")
    assert "update" not in outcomes(look_at(elsewhere, name="furn.csv")), "other rooms, others"


def test_other_facts_that_are_said_later_on_make_nothing_anew() -> None:
    bring("Make,Model\n" + "Virco,785\n" * 2, name="furn.csv")
    text = "Make,Model,Description,Acquired\n" + "Virco,785,Desk,8/12/2024\n" * 3
    came = bring(text, name="furn.csv", settle="again=that")
    assert outcomes(came) == {"update": 2, "create": 1}, why(came)
    assert set(Asset.objects.values_list("description", flat=True)) == {"Desk"}


def test_a_list_that_says_later_on_who_has_its_things_hands_them_out(lincoln: School) -> None:
    somebody(lincoln, "990101", "Mia Test", "mia@demo.example")
    bring("Make,Model\n" + "Virco,785\n" * 2, name="furn.csv")
    text = "Make,Model,Holder\nVirco,785,990101\nVirco,785,\n"
    came = bring(text, name="furn.csv", settle="again=that")
    assert outcomes(came) == {"update": 1, "same": 1}, why(came)
    assert list(Asset.objects.exclude(holder=None).values_list("holder__local_id", flat=True)) == [
        "990101"
    ]
