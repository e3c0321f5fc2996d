"""A name is the same name with another apostrophe, in another Unicode form or without its accent:
whoever bears it is found by it, and forgotten with it."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from assets.actions import change_asset
from assets.models import Asset, Category
from core.access import SYSTEM
from integrations.models import ImportSession, StagedRow
from people.actions import erase_person, save_people
from people.actions.roster import PersonDraft
from people.lookup import person_typed
from people.models import Person, School, User
from tests.factories import made, make_asset
from tests.forgotten import traces
from tests.integrations.conftest import bring

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, LAST = "Zephyrine", "O'Quackenbósch"
NFD = unicodedata.normalize("NFD", LAST)
#: How other programs write it.
SPELLED = [LAST.replace("'", "’"), LAST.replace("'", "ʼ"), NFD, "O'Quackenbosch", "O’QUACKENBOSCH"]


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def zephyrine(lincoln: School) -> Person:
    made(Category.objects.create(name="Equipment"))
    draft = PersonDraft(local_id="Z7", school=lincoln, first_name=FIRST, last_name=LAST)
    save_people([draft], by=SYSTEM)
    return Person.objects.get(local_id="Z7")


@pytest.mark.parametrize("last", SPELLED)
def test_rows_and_their_file_are_forgotten_however_they_spell_her(
    zephyrine: Person, last: str
) -> None:
    bring(f"Tag,School,Holder\nA1,Nowhere,{FIRST} {last}\n", name="holders.csv")
    bring("Tag,School,Holder\nA2,Nowhere,Zephyrine Quayle\n", name="others.csv")
    row = StagedRow.objects.get(session__name="holders.csv")
    assert row.outcome == "refused"
    assert FIRST in str(row.raw)
    erase_person(zephyrine, by=SYSTEM, reason="Asked for.")
    row.refresh_from_db()
    assert (row.blanked, FIRST in f"{row.raw}{row.problems}{row.person_key}") == (True, False)
    gone, other = ImportSession.objects.order_by("pk").select_related("file")
    assert (gone.file, other.file is None) == (None, False)
    assert "Quayle" in str(StagedRow.objects.get(session=other).raw)
    assert traces("Quackenb") == []


@pytest.mark.parametrize("last", SPELLED)
def test_a_note_that_spells_her_otherwise_is_listed_to_be_cleaned(
    zephyrine: Person, lincoln: School, ana: User, api_of: Callable[[User], Client], last: str
) -> None:
    laptop: Asset = make_asset(school=lincoln, tag="MV000123")
    change_asset(laptop, by=SYSTEM, description=f"Broken by {FIRST} {last} in May")
    told = api_of(ana).get(f"/api/v1/people/{zephyrine.pk}/written").json()
    assert [x["column"] for x in told["written"]] == ["description"]


@pytest.mark.parametrize("last", SPELLED[:3])
def test_she_is_found_at_the_desk_and_in_a_list(
    zephyrine: Person, lincoln: School, tom: User, last: str
) -> None:
    assert person_typed(f"{FIRST} {last}", tom, "person") == zephyrine
    assert person_typed(f"{last}, {FIRST}", tom, "person") == zephyrine
    make_asset(school=lincoln, tag="A1")
    bring(f"Tag,Holder,Status\nA1,{FIRST} {last},In use\n", name="holders.csv")
    assert Asset.objects.get(tag="A1").holder == zephyrine
