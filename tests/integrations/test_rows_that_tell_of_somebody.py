"""A row tells of somebody whom no column of its file names: who had the thing that came back. It is
forgotten with them, and its import holds personal values."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client

from assets.actions import assign_asset, return_asset
from assets.models import Asset, Category
from core.access import SYSTEM
from integrations import actions
from integrations.models import ImportSession, StagedRow
from people.actions import PersonDraft, add_person, change_person, erase_person
from people.models import Person, School, User
from tests.factories import make_asset
from tests.integrations.conftest import Brings, bring, look_at, work
from tests.integrations.kept_files import sweep_after

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]

#: So short an id is a number like any other: no text is searched for it.
SHORT = "712"
#: Of a thing that somebody has: each says that nobody has it, and not who had it.
FILES = {
    "a status": ("Tag,Status\nTA4,In stock\n", "returned=check_in"),
    "a room": ("Tag,School,Room\nTA4,LIN,101\n", "held=check_in"),
}


@pytest.fixture
def mia(lincoln: School, equipment: Category) -> Person:
    draft = PersonDraft(local_id=SHORT, school=lincoln, first_name="Mia", last_name="Thistlewood")
    return add_person(draft, by=SYSTEM)


@pytest.fixture(autouse=True)
def thing(mia: Person, lincoln: School) -> Asset:
    asset = make_asset(school=lincoln, tag="TA4", serial="5CD111")
    assign_asset(asset, to=mia, by=SYSTEM)
    return asset


def erased(person: Person) -> None:
    person.refresh_from_db()
    erase_person(person, by=SYSTEM, reason="Asked for.")


def told(session: ImportSession) -> str:
    return str(session.rows.values())


@pytest.mark.parametrize("file", FILES)
def test_who_gave_a_thing_back_is_forgotten_in_the_row_that_says_so(
    brings: Brings, mia: Person, file: str
) -> None:
    session = brings(*FILES[file])
    assert SHORT in session.rows.get().changes["holder"]
    erased(mia)
    assert session.rows.get().blanked
    assert SHORT not in told(session)


def test_who_has_a_thing_that_a_list_gives_to_nobody_is_forgotten_with_the_warning(
    mia: Person, thing: Asset
) -> None:
    session = bring("Tag,Checkout Type\nTA4,nobody\n")
    assert f"here: {SHORT}" in told(session)
    return_asset(thing, by=SYSTEM)
    erased(mia)
    assert SHORT not in told(session)


@pytest.mark.parametrize("file", FILES)
def test_such_a_row_goes_after_the_keeping_time(file: str) -> None:
    session = bring(FILES[file][0], settle=FILES[file][1])
    assert SHORT in told(session)
    sweep_after(timedelta(days=91))
    assert SHORT not in told(session)


#: Each asks something, and its sentence says who has which thing.
ASKING = {
    "other": "Tag,Serial\nTA4,5CD222",
    "alike": "Tag\nT-A4",
    "returned": "Tag,Status\nTA4,In stock",
    "serial": "Tag,Serial\nNEW1,5CD111",
}


@pytest.mark.parametrize("asks", ASKING)
def test_who_has_the_thing_that_a_question_is_about_is_forgotten_with_it(
    mia: Person, thing: Asset, asks: str
) -> None:
    session = look_at(ASKING[asks])
    assert session.rows.get().conflict == asks
    assert f"with {SHORT}" in told(session)
    return_asset(thing, by=SYSTEM)
    erased(mia)
    assert SHORT not in told(session)


def test_a_row_that_tells_of_nobody_is_of_no_persons_file(thing: Asset) -> None:
    return_asset(thing, by=SYSTEM)
    assert not look_at(FILES["a status"][0]).personal


def test_who_has_the_thing_only_since_the_preview_is_forgotten_too(
    mia: Person, thing: Asset, jamal: Person
) -> None:
    text, settle = FILES["a status"]
    return_asset(thing, by=SYSTEM)
    assign_asset(thing, to=jamal, by=SYSTEM)
    session = look_at(text)
    kind, choice = settle.split("=")
    session = actions.settle_conflicts(session, kind, choice, by=SYSTEM)
    return_asset(thing, by=SYSTEM)
    assign_asset(thing, to=mia, by=SYSTEM)
    session = work(actions.apply_import(session, by=SYSTEM))
    assert session.rows.get().outcome == "refused"
    return_asset(thing, by=SYSTEM)
    erased(mia)
    assert SHORT not in told(session)


@pytest.mark.parametrize("then", ["preview", "apply"])
def test_who_is_called_otherwise_now_stays_claimed_when_the_row_is_planned_again(
    mia: Person, thing: Asset, then: str
) -> None:
    return_asset(thing, by=SYSTEM)
    session = look_at("Tag,Holder\nTA4,Mia Thistlewood\n")
    change_person(mia, by=SYSTEM, first_name="Maja", last_name="Neu")
    if then == "preview":
        actions.preview(session, by=SYSTEM)
    else:
        work(actions.apply_import(session, by=SYSTEM))
    erased(mia)
    assert "Thistlewood" not in told(session)


def test_rows_of_an_older_release_are_theirs_by_whoever_had_the_thing(
    mia: Person, thing: Asset, jamal: Person, lincoln: School
) -> None:
    """It kept no key for files without a column of holders."""
    text, settle = FILES["a status"]
    hers = bring(text, settle=settle)
    other = make_asset(school=lincoln, tag="TB5")
    assign_asset(other, to=jamal, by=SYSTEM)
    his = bring(text.replace("TA4", "TB5"), settle=settle)
    erased(jamal)
    shown = {"holder": ["J-1", ""]}
    StagedRow.objects.filter(session=his).update(blanked=False, changes=shown)
    StagedRow.objects.update(person_key_before="")
    ImportSession.objects.update(personal=False)
    import_module("integrations.migrations.0012_holders_of_rows").keep_holders(apps, None)
    assert "J-1" not in told(his), "he is gone already"
    assert set(ImportSession.objects.values_list("personal", flat=True)) == {True}
    erased(mia)
    assert SHORT not in told(hers)
