"""Lists without tags under another file name, or with a cell that is written otherwise: asked."""

import pytest

from assets.models import Asset
from tests.integrations.conftest import bring, look_at, outcomes, why

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
