"""What a role does not allow is told in the preview, and not only once the file is applied."""

import pytest

from assets.models import Asset
from core.access import SYSTEM
from integrations import actions
from integrations.models import ImportSession
from people.actions import change_person
from people.models import Person, Room, School, User
from people.roles import Role
from tests.cast import make_user
from tests.integrations.conftest import bring, look_at, outcomes, why, work
from tests.integrations.holders import somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]


def as_told(session: ImportSession) -> dict[int, list[list[str]]]:
    """The reasons of the preview; applied, it has the same and nothing more."""
    told = {row.number: row.problems for row in session.rows.order_by("number")}
    before = outcomes(session)
    session = work(actions.apply_import(session, by=session.owner or SYSTEM))
    assert outcomes(session) == before
    assert {row.number: row.problems for row in session.rows.order_by("number")} == told
    return told


def test_who_may_bring_things_but_no_people(ned: User, lincoln: School) -> None:
    somebody(lincoln, "7", "Mia Test")
    session = look_at("id,first name,school\n7,Mia,WAS\n8,New,WAS\n", kind="people", by=ned)
    sentence = "Your role does not allow you to add people in this school."
    assert as_told(session) == {n: [["school", sentence]] for n in (2, 3)}
    assert Person.objects.count() == 1


def test_who_is_here_already_is_not_theirs_to_change(
    tom: User, lincoln: School, washington: School
) -> None:
    mia = somebody(lincoln, "7", "Mia Test")
    session = look_at("id,first name,grade\n7,Mia,9\n", kind="people", by=tom)
    sentence = "Your role does not allow you to change people of this school."
    assert as_told(session) == {2: [["school", sentence]]}
    assert outcomes(look_at("id,first name\n7,Mia\n", kind="people", by=tom)) == {"same": 1}
    change_person(mia, by=SYSTEM, school=washington)


def test_an_id_of_another_school_is_told(lincoln: School, washington: School) -> None:
    dora = make_user("Dora", Role.TECHNOLOGY_DIRECTOR, washington)
    somebody(lincoln, "7", "Mia Test")
    session = look_at("id,first name,school\n7,Mia,WAS\n8,New,WAS\n", kind="people", by=dora)
    assert as_told(session) == {2: [["local_id", "Somebody of another school has this id."]], 3: []}


@pytest.mark.parametrize(
    ("heading", "cell", "field"),
    [
        ("condition", "Poor", "condition"),
        ("notes", "scratched", "description"),
        ("last verified", "10/1/2026", "last_verified_on"),
        ("status", "Missing", "status"),
        ("holder", "7", "holder"),
        ("room", "101", "room"),
    ],
)
def test_what_a_finance_officer_does_not_do_with_things(
    fay: User, lincoln: School, heading: str, cell: str, field: str
) -> None:
    somebody(lincoln, "7", "Mia Test")
    bring("school code,school name,room\nLIN,Lincoln Middle School,101\n", kind="places")
    bring("tag,serial\n1,A1\n")
    told = as_told(look_at(f"tag,{heading}\n1,{cell}\n", by=fay))
    assert told[2] and {name for name, _why in told[2]} == {field}
    assert "Your role does not allow" in told[2][0][1]
    assert Asset.objects.get(tag="1").version == 1


def test_schools_and_rooms_are_for_who_may_make_them(tom: User, fay: User, lincoln: School) -> None:
    head = "school code,school name,address,room\n"
    new = f"{head}NEW,New School,,\nLIN,,1 Elm Street,\nLIN,,,901\n"
    session = look_at(new, kind="places", by=tom)
    assert as_told(session) == {
        2: [["code", "Your role does not allow you to add schools."]],
        3: [["code", "Your role does not allow you to change this school."]],
        4: [],
    }
    assert Room.objects.filter(school=lincoln, code="901").exists()
    session = look_at(f"{head}LIN,,,902\n", kind="places", by=fay)
    assert "Your role does not allow you to change rooms of this school." in why(session)
