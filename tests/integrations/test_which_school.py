"""Which school a row means: its code and its name both say it, and neither goes before the
other."""

import pytest

from assets.models import Asset
from integrations.actions import preview
from integrations.models import ImportSession
from people.models import Person, School, User
from people.roles import Role
from tests.cast import make_user
from tests.factories import made, make_product
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]

BOTH = (
    "The row's columns name different schools: LIN is Lincoln Middle School (LIN), "
    "Washington Elementary is Washington Elementary (WAS). Correct one of them."
)


def schools_of_things() -> dict[str, str]:
    return dict(Asset.objects.values_list("tag", "school__code"))


@pytest.mark.parametrize(
    "headings",
    [
        "School Code,School Name",
        "School,School Name",
        "Site Code,Location",
        "Campus,Site",
        "School,School",
    ],
)
def test_a_code_beside_another_schools_name_is_refused_and_both_are_named(
    brings: Brings, washington: School, headings: str
) -> None:
    session = brings(
        f"Tag,{headings}\n1,LIN,Washington Elementary\n2,LIN,Lincoln Middle School\n"
        "3,,Washington Elementary\n4,WAS,\n"
    )
    assert outcomes(session) == {"refused": 1, "create": 3}
    refused = session.rows.get(number=2)
    named = {
        "LIN is Lincoln Middle School (LIN)",
        "Washington Elementary is Washington Elementary (WAS)",
    }
    assert all(name in refused.problems[0][1] for name in named), refused.problems
    assert schools_of_things() == {"2": "LIN", "3": "WAS", "4": "WAS"}


def test_a_known_thing_goes_to_neither_school(brings: Brings, washington: School) -> None:
    brings("Tag,School\n1,LIN\n")
    session = brings("Tag,School Code,School Name\n1,WAS,Lincoln Middle School\n")
    assert outcomes(session) == {"refused": 1}
    assert schools_of_things() == {"1": "LIN"}


def test_a_person_is_of_neither_school(brings: Brings, washington: School) -> None:
    session = brings(
        "Student ID,First Name,Last Name,School ID,School Name\n"
        "1,Mia,Test,LIN,Washington Elementary\n2,Leo,Test,WAS,Washington Elementary\n",
        kind="people",
    )
    assert outcomes(session) == {"refused": 1, "create": 1}
    assert why(session) == BOTH
    assert list(Person.objects.values_list("local_id", "school__code")) == [("2", "WAS")]


def test_a_school_takes_no_other_schools_name(brings: Brings, washington: School) -> None:
    assert outcomes(brings("Code,Name\nLIN,Lincoln Middle\n", kind="places")) == {"update": 1}
    session = brings(
        "Code,Name\nLIN,Washington Elementary\nWAS,Washington Elementary\n", kind="places"
    )
    assert outcomes(session) == {"refused": 1, "same": 1}
    assert "Lincoln Middle (LIN)" in why(session)
    assert "Washington Elementary (WAS)" in why(session)
    assert School.objects.get(code="WAS").name == "Washington Elementary"


@pytest.mark.parametrize(
    "row", ["LMS,Lincoln Middle School", "Lincoln Middle School,LIN", "LINCOLN MIDDLE-SCHOOL,L"]
)
def test_a_new_school_that_may_be_a_known_one_is_asked_about(brings: Brings, row: str) -> None:
    text = f"Code,Name\n{row}\n"
    session = brings(text, kind="places")
    assert session.rows.get().conflict == "place"
    assert "may be a school that is here: Lincoln Middle School (LIN)" in why(session)
    assert outcomes(brings(text, "place=that", kind="places")) == {"same": 1}
    assert School.objects.count() == 1
    session = brings(text, "place=ask place=another", kind="places")
    assert outcomes(session) == {"create": 1}, why(session)


def test_what_is_no_school_beside_a_known_one_is_not_read_and_said_once() -> None:
    session = look_at("Tag,School,Location\n1,LIN,Room 12\n2,LIN,Closet\n3,LIN,LIN\n")
    assert outcomes(session) == {"create": 3}
    assert (
        "Location: what is no school here stands beside one that is, and was not read (cells: 2)."
        in session.plan_notes
    )


def test_a_name_of_two_schools_is_asked_once_for_all_its_rows(washington: School) -> None:
    made(School.objects.create(code="LI2", name="Lincoln Middle School"))
    text = "Tag,School,School Code\n1,Lincoln Middle School,\n2,Lincoln Middle School,LI2\n"
    session = look_at(text)
    assert outcomes(session) == {"refused": 1, "create": 1}
    assert "Lincoln Middle School (LI2), Lincoln Middle School (LIN)" in why(session)
    assert session.unknown["school"] == {"Lincoln Middle School": {"count": 1}}


def test_a_code_that_is_another_schools_name_is_asked(washington: School) -> None:
    made(School.objects.create(code="X1", name="LIN"))
    assert outcomes(look_at("Tag,School\n1,LIN\n2,X1\n")) == {"refused": 1, "create": 1}


def test_what_stays_of_a_name_of_two_schools_stays(washington: School) -> None:
    bring("Tag,School\n1,LIN\n")
    made(School.objects.create(code="LI2", name="Lincoln Middle School"))
    session: ImportSession = bring("Tag,School\n1,Lincoln Middle School\n")
    assert outcomes(session) == {"same": 1}


THINGS = """Tag,Make,Model,School Code,School Name
1,Acer,Chromebook 311,LIN,{other}
2,Acer,Chromebook 311,LIN,Lincoln Middle School
3,Acer,Chromebook 311,LIN,Building 7
4,Acer,Chromebook 311,LIN,
"""


@pytest.mark.parametrize(
    "other", ["Washington Elementary", " washington elementary", "WAS", "WAS,Building 7"]
)
def test_tom_brings_nothing_that_is_said_to_be_of_a_school_next_door_too(
    tom: User, ana: User, washington: School, other: str
) -> None:
    text = THINGS.format(other=f'"{other}"')
    make_product()
    session = bring(text, by=tom)
    assert outcomes(session) == {"refused": 1, "create": 3}
    assert (
        why(session)
        == f"LIN, {other.strip()}: these do not mean one school of yours. Correct one of them."
    )
    assert schools_of_things() == {"2": "LIN", "3": "LIN", "4": "LIN"}, "a building is no school"


def test_what_somebody_said_is_a_school_next_door_is_none_of_toms(
    tom: User, washington: School
) -> None:
    make_product()
    session = look_at(THINGS.format(other="The Annex"), by=tom)
    assert outcomes(session) == {"create": 4}
    session.options |= {"mapped": {"school": {"theannex": str(washington.pk)}}}
    session.save()
    assert outcomes(preview(session, by=tom)) == {"refused": 1, "create": 3}


def test_a_name_of_toms_school_and_of_one_next_door_is_toms_beside_its_code(
    tom: User, washington: School
) -> None:
    made(School.objects.create(code="LI2", name="Lincoln Middle School"))
    make_product()
    assert outcomes(look_at(THINGS.format(other="LIN"), by=tom)) == {"create": 4}


def test_a_director_of_lincoln_brings_no_person_that_is_of_a_school_next_door_too(
    lincoln: School, washington: School
) -> None:
    dora = make_user("Dora", Role.TECHNOLOGY_DIRECTOR, lincoln)
    session = bring(
        "Student ID,First Name,Last Name,School ID,School Name\n"
        "1,Mia,Test,LIN,Washington Elementary\n2,Leo,Test,LIN,Lincoln Middle School\n",
        kind="people",
        by=dora,
    )
    assert outcomes(session) == {"refused": 1, "create": 1}, why(session)
    assert list(Person.objects.values_list("local_id", "school__code")) == [("2", "LIN")]
