"""Lists without tags: a second school's is its own, the same one again is the same one."""

import hashlib
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assets.actions import change_product, correct_asset
from assets.models import Asset, Category
from core.access import SYSTEM
from integrations.actions import preview
from integrations.models import ImportSession, StagedRow
from people.models import School, User
from tests.factories import made
from tests.integrations.conftest import Brings, bring, look_at, outcomes, undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln", "washington")]
OLDER = pytest.mark.untrue("what an older version wrote is written behind its back")
HEAD = "Description,Make,Model,Acquired\n"
DESKS = f"{HEAD}Desk,Virco,785,8/1/2024\nDesk,Virco,785,8/1/2024\nStool,Virco,122,8/1/2024\n"


def of(school: str) -> int:
    return Asset.objects.active().filter(school__code=school).count()


def before_schools_were_part_of_it(session: ImportSession) -> None:
    """As if the session's things had come in by an older version."""
    for row in session.rows.all():
        raw = json.dumps(row.raw, sort_keys=True)
        print_ = hashlib.sha256(f"{session.source}\n{raw}".encode()).hexdigest()[:40]
        key = f"{print_}#{row.source_key.partition('#')[2]}"
        StagedRow.objects.filter(pk=row.pk).update(source_key=key)
        Asset.objects.filter(pk=row.object_id or 0).update(source_key=key)


def move(asset: Asset) -> None:
    """It was the other school's all the time."""
    there = School.objects.get(code="WAS")
    correct_asset(asset, by=SYSTEM, reason="a mistake", school=there)


def gone(session: ImportSession) -> str:
    return "".join(n for n in session.plan_notes if "has no row" in n)


def test_a_second_schools_list_is_its_own() -> None:
    bring(DESKS, school="LIN")
    assert outcomes(bring(DESKS, school="WAS")) == {"create": 3}
    assert (of("LIN"), of("WAS")) == (3, 3)
    for school in ("LIN", "WAS", "Washington Elementary"):
        assert outcomes(look_at(DESKS, school=school)) == {"same": 3}, "each is there now"


def test_by_command_too(tmp_path: Path) -> None:
    for school in ("LIN", "WAS"):
        path = tmp_path / school / "furniture.csv"
        path.parent.mkdir()
        path.write_text(DESKS)
        more = {"school": school, "category": "Equipment", "apply": True, "verbosity": 0}
        call_command("import_file", "assets", str(path), **more)
    assert (of("LIN"), of("WAS")) == (3, 3)


def test_on_the_page_the_same_list_again_is_the_same(brings: Brings) -> None:
    assert outcomes(brings(DESKS)) == {"create": 3}
    assert outcomes(brings(DESKS)) == {"same": 3}
    assert of("LIN") == 3


def test_a_thing_that_went_to_another_school_is_known_by_its_list() -> None:
    bring(DESKS, school="LIN")
    move(Asset.objects.get(description="Stool"))
    again = look_at(DESKS, school="LIN")
    assert outcomes(again) == {"same": 3}
    assert outcomes(look_at(DESKS, school="WAS")) == {"create": 3}


def test_what_the_row_says_of_its_school_goes_before_what_is_said_of_the_file() -> None:
    named = "Description,Make,School\nDesk,Virco,WAS\n"
    bring(named, school="LIN")
    assert outcomes(look_at(named, school="")) == {"same": 1}


@OLDER
@pytest.mark.parametrize("forgotten", [False, True])
def test_a_list_of_an_older_version_is_known_for_its_school_and_no_other(forgotten: bool) -> None:
    session = bring(DESKS, school="LIN")
    before_schools_were_part_of_it(session)
    if forgotten:
        ImportSession.objects.filter(pk=session.pk).update(options={})
    assert outcomes(look_at(DESKS, school="LIN")) == {"same": 3}
    assert outcomes(look_at(DESKS, school="")) == {"same": 3}, "there is only one"
    other = bring(DESKS, school="WAS")
    assert outcomes(other) == {"create": 3}
    assert outcomes(look_at(DESKS, school="LIN")) == {"same": 3}
    assert outcomes(look_at(DESKS, school="WAS")) == {"same": 3}


@OLDER
def test_a_list_of_an_older_version_is_known_when_its_things_moved() -> None:
    before_schools_were_part_of_it(bring(DESKS, school="LIN"))
    bring(f"{HEAD}Lamp,Acme,1,8/1/2024\n", school="WAS")
    for desk in Asset.objects.filter(description="Desk"):
        move(desk)
    assert outcomes(look_at(DESKS, school="LIN")) == {"same": 3}
    assert outcomes(look_at(DESKS, school="WAS")) == {"create": 3}


@OLDER
def test_two_schools_lists_of_an_older_version_are_asked_for_their_school() -> None:
    for school in ("LIN", "WAS"):
        session = bring(DESKS, school=school)
        before_schools_were_part_of_it(session)
    found = look_at(DESKS, school="")
    assert outcomes(found) == {"refused": 3}
    assert "names no school. Say at the columns which one names it" in str(
        [r.problems for r in found.rows.all()]
    )


def test_a_list_of_another_category_is_another_list() -> None:
    made(Category.objects.create(name="Laboratory"))
    bring(DESKS)
    assert outcomes(bring(DESKS, category="Laboratory")) == {"create": 3}
    for category in ("Equipment", "laboratory"):
        assert outcomes(look_at(DESKS, category=category)) == {"same": 3}
    assert outcomes(look_at(DESKS, category="")) == {"same": 3}, "nobody has to say it twice"


def test_things_that_were_given_another_category_are_the_same_ones() -> None:
    bring(DESKS)
    asset = Asset.objects.filter(description="Desk")[0]
    other = made(Category.objects.create(name="Furniture"))
    change_product(asset.product, by=SYSTEM, category=other)
    assert outcomes(look_at(DESKS)) == {"same": 3}


def test_whoever_sees_one_school_brings_what_the_whole_district_would(ned: User) -> None:
    bring(DESKS, school="LIN")
    wide, narrow = look_at(DESKS, school="WAS"), look_at(DESKS, school="WAS", by=ned)
    assert outcomes(wide) == outcomes(narrow) == {"create": 3}


def test_a_corrected_list_says_which_things_it_no_longer_names() -> None:
    bring(DESKS, school="LIN")
    bring(DESKS, school="WAS")
    later = look_at(DESKS.replace("Stool,Virco,122,8/1/2024", "Stool,Virco,122,8/2/2024"))
    assert outcomes(later) == {"same": 2, "create": 1}
    assert "number: 1." in gone(later)
    assert "no row: 1." in gone(later), "the other school's are not meant"
    assert gone(look_at(DESKS)) == "", "nothing is new"
    assert gone(look_at(f"{HEAD}Desk,Virco,785,8/1/2024\n")) == "", "a part of it adds nothing"
    assert gone(look_at(DESKS + "Lamp,Acme,1,8/1/2024\n")) == "", "nothing is missing"
    assert gone(look_at(DESKS.replace("8/1", "8/2"), name="other.csv")) == "", "another source"


def test_what_was_undone_is_no_thing_that_is_missing() -> None:
    undo(bring(DESKS))
    assert gone(look_at(DESKS.replace("8/1", "8/2"))) == ""
    assert outcomes(look_at(DESKS)) == {"update": 3}, "it is not void after all"


@OLDER
def test_rows_of_an_older_version_are_looked_up_together() -> None:
    bring(f"{HEAD}Lamp,Acme,1,8/1/2024\n", school="WAS")
    asked = []
    for many in (2, 40):
        rows = "".join(f"Desk {many} {n},Virco,785,8/1/2024\n" for n in range(many))
        before_schools_were_part_of_it(bring(HEAD + rows, school="LIN"))
        session = look_at(HEAD + rows, school="LIN")
        with CaptureQueriesContext(connection) as queries:
            session = preview(session, by=SYSTEM)
        assert outcomes(session) == {"same": many}
        # What a day is in the district is looked up anew by each row, whatever is known of it.
        asked.append(sum("core_district" not in q["sql"] for q in queries))
    assert asked[1] <= asked[0] + 2, "a query of its own for no row"
