"""The day on which a list says that a device was deployed: since when whoever has it has it, where
no other column says so."""

from datetime import date

import pytest

from assets.models import Asset, Assignment
from core.time import days
from people.models import Person, School
from tests.integrations.conftest import Brings, look_at, outcomes, undo, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
HEAD = "assetTag,Make,Model,Acquired,DeployedDate,assignedTo"


def lent(tag: str = "D-1") -> date:
    """Since when its holder has a thing."""
    return days.local_date(Assignment.objects.get(asset__tag=tag, closed_at=None).opened_at)


def test_it_is_the_day_of_the_hand_out(brings: Brings, maria: Person) -> None:
    text = f"{HEAD}\nD-1,Acer,C311,8/1/2025,2025-09-03,{maria.local_id}\n"
    session = brings(text)
    assert outcomes(session) == {"create": 1}, why(session)
    assert lent() == date(2025, 9, 3)
    again = brings(text)
    assert (outcomes(again), why(again)) == ({"same": 1}, "")
    undo(session)
    assert not Assignment.objects.filter(asset__tag="D-1", closed_at=None).exists()


def test_a_column_that_says_when_it_was_handed_out_goes_before_it(
    brings: Brings, maria: Person
) -> None:
    row = f"D-1,Acer,C311,8/1/2025,2025-09-03,{maria.local_id},2025-10-01"
    session = brings(f"{HEAD},Checkout Date\n{row}\n")
    assert outcomes(session) == {"create": 1}, why(session)
    assert lent() == date(2025, 10, 1)
    assert "Deployed on 09/03/2025 (here: 10/01/2025)" in str(session.rows.get().warnings)


def test_beside_nobody_it_is_told_and_says_of_nobody_that_they_have_it(
    brings: Brings, lincoln: School
) -> None:
    session = brings(f"{HEAD},Room\nD-1,Acer,C311,8/1/2025,2025-09-03,,101\n")
    assert outcomes(session) == {"create": 1}, why(session)
    assert Asset.objects.get().status == "in_stock"
    assert any("DeployedDate: the day of a hand-out" in note for note in session.plan_notes)
    later = look_at(f"{HEAD}\nD-1,,,,2025-09-04,\n")
    assert "Deployed on 09/04/2025" in str(later.rows.get().warnings)


def test_a_day_before_it_came_is_refused_in_its_own_column(maria: Person) -> None:
    session = look_at(f"{HEAD}\nD-1,Acer,C311,2025-08-01,2025-07-01,{maria.local_id}\n")
    assert outcomes(session) == {"refused": 1}
    assert [name for name, _why in session.rows.get().problems] == ["deployed_on"]
