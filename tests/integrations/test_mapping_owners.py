"""How a source is read belongs to who saved it, unless they share it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assets.models import Category
from core.facts.columns import hidden
from core.models import Entry
from integrations.models import ImportSession, SavedMapping
from people.models import School, User
from tests.cast import make_user
from tests.factories import make_product
from tests.forms import plan_of
from tests.integrations.bringing import settle
from tests.integrations.conftest import look_at, outcomes

pytestmark = pytest.mark.django_db
TEXT = "Nr,What,State\n1,Thing,zzz\n"


@pytest.fixture(autouse=True)
def plain(equipment: Category) -> None:
    """What a technician brings is in the catalog."""
    make_product(make="", model="", category=equipment.name)


@pytest.fixture
def bea(lincoln: School) -> User:
    """A second technician."""
    return make_user("Bea", "technician", lincoln)


def map_on_page(client: Client, session: ImportSession, *fields: str, share: bool = False) -> int:
    data = {f"column-{i}": f for i, f in enumerate(fields)} | {"school": "LIN"}
    data |= plan_of(client, reverse("import", args=[session.pk]))
    answer = client.post(
        reverse("import-map", args=[session.pk]), data | ({"share": "1"} if share else {})
    )
    return answer.status_code


def read(by: User) -> ImportSession:
    return look_at(TEXT, by=by, name="Dell.csv")


def test_two_people_with_the_same_source_do_not_overwrite_each_other(
    equipment: Category, tom: User, bea: User, client_of: Callable[[User], Client]
) -> None:
    assert map_on_page(client_of(tom), read(tom), "tag", "description", "") == 302
    assert map_on_page(client_of(bea), read(bea), "serial", "", "condition") == 302
    assert read(tom).mapping == {"Nr": "tag", "What": "description"}
    assert read(bea).mapping == {"Nr": "serial", "State": "condition"}
    assert SavedMapping.objects.count() == 2


def test_what_tom_saved_is_not_used_for_bea_before_he_shares_it(
    equipment: Category, tom: User, bea: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(tom)
    map_on_page(client, read(tom), "tag", "", "status")
    settle(client, read(tom), {"zzz": "it is Surplus"})
    assert read(bea).mapping == {}
    map_on_page(client, read(tom), "tag", "", "status", share=True)
    session = read(bea)
    assert session.mapping == {"Nr": "tag", "State": "status"}
    assert outcomes(session) == {"create": 1}
    assert session.words["status"]["zzz"] == {"count": 1, "key": "surplus", "how": "remembered"}
    page = client_of(bea).get(reverse("import", args=[session.pk])).content.decode()
    assert "used as Tom shares them" in page
    map_on_page(client, read(tom), "tag", "", "status")
    assert read(bea).mapping == {}, "he does not share it any more"


def test_bea_changes_her_own_and_not_what_tom_shares(
    equipment: Category, tom: User, bea: User, client_of: Callable[[User], Client]
) -> None:
    map_on_page(client_of(tom), read(tom), "tag", "", "status", share=True)
    settle(client_of(bea), read(bea), {"zzz": "it is Missing"})
    assert outcomes(read(bea)) == {"create": 1}
    assert outcomes(read(tom)) == {"refused": 1}
    shared = SavedMapping.objects.get(owner=tom)
    assert (shared.words, shared.shared) == ({}, True)
    answer = map_on_page(client_of(bea), read(bea), "serial", "", "", share=True)
    assert answer == 409
    assert SavedMapping.objects.get(owner=tom).mapping["Nr"] == "tag"


def test_ana_may_change_what_tom_shares(
    equipment: Category, tom: User, ana: User, client_of: Callable[[User], Client]
) -> None:
    map_on_page(client_of(tom), read(tom), "tag", "", "status", share=True)
    assert map_on_page(client_of(ana), read(ana), "serial", "", "", share=True) == 302
    saved = SavedMapping.objects.get()
    assert (saved.owner, saved.mapping["Nr"], saved.shared) == (tom, "serial", True)
    told = Entry.objects.filter(kind="mapping.changed").latest("pk")
    assert told.by_id == ana.pk
    assert told.changes["mapping"][1] == hidden(saved.salt, saved.mapping), "masked, as typed"


@pytest.mark.untrue("a mapping as an older version left it")
def test_what_nobody_owns_serves_everybody_as_before_the_upgrade(
    equipment: Category, tom: User, client_of: Callable[[User], Client]
) -> None:
    SavedMapping.objects.create(source="Dell", kind="assets", shared=True, mapping={"Nr": "tag"})
    session = read(tom)
    assert session.mapping == {"Nr": "tag"}
    page = client_of(tom).get(reverse("import", args=[session.pk])).content.decode()
    assert "used as the district shares them" in page
    assert map_on_page(client_of(tom), read(tom), "serial", "", "", share=True) == 409
    assert map_on_page(client_of(tom), read(tom), "serial", "", "") == 302
    assert SavedMapping.objects.get(owner=None).mapping == {"Nr": "tag"}


def test_a_remembered_school_that_tom_may_not_see_is_asked_for(
    equipment: Category,
    washington: School,
    ana: User,
    tom: User,
    client_of: Callable[[User], Client],
) -> None:
    text = "Tag,School\n1,Elm Street\n"
    client = client_of(ana)
    session = look_at(text, by=ana, name="Dell.csv")
    settle(client, session, {"Elm Street": "it is Washington Elementary"})
    map_on_page(client, session, "tag", "school", share=True)
    assert outcomes(look_at(text, by=ana, name="Dell.csv")) == {"create": 1}
    session = look_at(text, by=tom, name="Dell.csv")
    assert outcomes(session) == {"refused": 1}
    assert (list(session.unknown), session.words) == (["school"], {"school": {}})
