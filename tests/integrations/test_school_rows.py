"""What the rows of one file say of one school is one, or none of it is taken."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from assets.models import Category
from core.access import SYSTEM
from integrations.actions import create_unknown
from people.actions import create_school
from people.models import Room, School
from tests.integrations.conftest import bring, look_at, outcomes, undo, why

pytestmark = pytest.mark.django_db

UPPER = "Benjamin Franklin Academy of the Arts - Upper"
LOWER = "Benjamin Franklin Academy of the Arts - Lower"


def schools() -> dict[str, str]:
    return dict(School.objects.order_by("code").values_list("code", "name"))


def test_one_code_of_two_schools_is_refused_with_both_rows_named(lincoln: School) -> None:
    text = "code,name,room\nNEW1,North Campus,1\nNEW1,South Campus,2\nNEW2,West,3\n"
    session = bring(text, kind="places")
    assert outcomes(session) == {"refused": 2, "create": 1}
    assert "NEW1 (Name): North Campus (row 2), South Campus (row 3)" in why(session)
    assert "NEW1" not in schools() and schools()["NEW2"] == "West"


def test_a_school_that_is_here_is_not_called_by_the_last_row(lincoln: School) -> None:
    text = "code,name,address\nLIN,,1 Oak St\nLIN,,2 Elm St\nlin,,1 Oak St\n"
    session = bring(text, kind="places")
    assert outcomes(session) == {"refused": 3}
    assert School.objects.get(code="LIN").address == lincoln.address


def test_a_row_of_a_later_batch_names_the_earlier_one(
    lincoln: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("integrations.actions.plan.BATCH", 1)
    session = look_at("code,name\nNEW1,North\nNEW1,South\n", kind="places")
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert "North (row 2), South (row 3)" in why(session)


def test_two_long_names_that_begin_alike_are_not_one_school(lincoln: School) -> None:
    session = bring(f"name\n{UPPER}\n{LOWER}\n", kind="places")
    assert outcomes(session) == {"refused": 2}
    assert f"{UPPER} (row 2), {LOWER} (row 3)" in why(session)
    session = bring(f"code,name\nBFU,{UPPER}\n,{LOWER}\n", kind="places")
    assert outcomes(session) == {"create": 2}
    assert schools()["Benjamin Franklin Academy of the"] == LOWER
    assert "It gets the code Benjamin Franklin Academy of the" in str(
        list(session.rows.values_list("warnings", flat=True))
    )


def test_a_long_name_does_not_take_the_code_of_a_school_that_is_here(lincoln: School) -> None:
    bring(f"name\n{UPPER}\n", kind="places")
    session = bring(f"name,room\n{LOWER},1\n", kind="places")
    assert outcomes(session) == {"refused": 1}
    assert f"is the code of {UPPER}" in why(session)
    assert not Room.objects.filter(school__name=UPPER).exists()


def test_rows_with_and_without_the_code_are_of_one_school(lincoln: School) -> None:
    text = "code,name,room\n,North,1\nNEW1,North,2\n,north,3\n"
    session = bring(text, kind="places")
    assert outcomes(session) == {"create": 3}, why(session)
    assert School.objects.get(code="NEW1").rooms.count() == 3
    assert outcomes(look_at(text, kind="places")) == {"same": 3}
    undo(session)
    assert not School.objects.get(code="NEW1").active


def test_a_name_to_which_the_file_gives_two_codes_is_asked_for(lincoln: School) -> None:
    session = look_at("code,name\nN1,North\nN2,North\n,North\n", kind="places")
    assert outcomes(session) == {"create": 2, "refused": 1}
    assert "several codes to it: N1, N2" in why(session)


def test_a_column_of_schools_may_hold_their_codes(lincoln: School) -> None:
    session = bring("School,Room\nlin,R77\n", kind="places")
    assert outcomes(session) == {"update": 1}
    assert Room.objects.get(code="R77").school == lincoln
    assert School.objects.get(code="LIN").name == lincoln.name


def test_a_list_of_things_makes_no_school_under_anothers_code(
    lincoln: School, equipment: Category
) -> None:
    create_school(UPPER[:32].strip(), UPPER, by=SYSTEM)
    session = look_at(f"tag,make,model,school\n1,HP,G8,{LOWER}\n")
    session = create_unknown(session, by=SYSTEM)
    refused = session.options["refused"]["school"].values()
    assert f"is the code of {UPPER}" in " ".join(refused)
    assert LOWER not in schools().values()


def test_the_command_makes_nothing_before_it_is_told_to_apply(
    lincoln: School, equipment: Category, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "tag,make,model,school,room,category\n1,HP,G8,Roosevelt,9,Tubas\n2,HP,G7,LIN,,Tubas\n"
    )
    before, out = schools(), io.StringIO()
    call_command("import_file", "assets", str(path), create_unknown=True, stdout=out)
    assert schools() == before and not Category.objects.filter(name="Tubas").exists()
    assert "would be made with --apply, school: Roosevelt (1)" in out.getvalue()
    assert "would be made with --apply, category: Tubas (1)" in out.getvalue()
    call_command("import_file", "assets", str(path), create_unknown=True, apply=True, stdout=out)
    assert "Roosevelt" in schools().values() and Category.objects.filter(name="Tubas").exists()


@pytest.mark.parametrize(
    "text",
    [
        "School,Room,Name\nLIN,772,Lab\n",
        "Name,Room,School\nLab,772,Lincoln Middle School\n",
        "School Code,Room,Name\nLIN,772,Lab\n",
        "Site Code,School,Name,Room\nLIN,Lincoln Middle School,Lab,772\n",
        "School,School Name,Room\nLIN,Lincoln Middle School,772\n",
        "Name,School Name,Room\nLab,Lincoln Middle School,772\n",
    ],
)
def test_a_list_of_rooms_with_their_names_is_of_the_school_that_it_names(
    lincoln: School, text: str
) -> None:
    session = bring(text, kind="places")
    assert outcomes(session) == {"update": 1}, why(session)
    assert schools() == {"LIN": "Lincoln Middle School"}
    assert Room.objects.filter(school=lincoln, code="772").exists()


@pytest.mark.parametrize(
    "text",
    [
        "School,Name\nLIN,Lab\n",
        "School,Code,Name\nLIN,772,Lab\n",
        "School,Name\nADA,Adams\n",
        "School,School Name,Room\nLIN,Adams,772\n",
        "School Code,School,School Name\nADA,LIN,Adams\n",
    ],
)
def test_columns_that_may_both_name_the_school_and_differ_are_refused(
    lincoln: School, text: str
) -> None:
    session = bring(text, kind="places")
    assert outcomes(session) == {"refused": 1}
    assert "is not known as the school that the other columns name" in why(session)
    assert schools() == {"LIN": "Lincoln Middle School"}


@pytest.mark.parametrize(
    "text",
    [
        "School,Name\nLIN,Lincoln Middle School\n",
        "Site,Site Name\nLincoln Middle School,Lincoln Middle School\n",
        "School Code,School,Name\nLIN,Lincoln Middle School,\n",
        "School,School Name\nLIN,\n",
    ],
)
def test_columns_that_name_one_school_are_one(lincoln: School, text: str) -> None:
    session = bring(text, kind="places")
    assert outcomes(session) == {"same": 1}, why(session)


def test_a_school_beside_its_code_is_the_name_of_a_new_one(lincoln: School) -> None:
    text = "School Code,School,School Name\nADA,Adams,\n"
    assert outcomes(bring(text, kind="places")) == {"create": 1}
    assert schools()["ADA"] == "Adams"
