"""Names that nobody knows are listed once, to make or to map, on a page without JavaScript."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assets.models import Asset, Category
from funding.models import Award, UnitShare
from integrations.models import ImportSession
from people.models import Person, Room, School, User
from tests.cast import again
from tests.forms import plan_of
from tests.integrations.conftest import look_at, outcomes, work

pytestmark = pytest.mark.django_db

FILE = """Tag,Make,Model,Category,School,Room,Cost,Award 1
1,Acer,C1,Equipment,Lincon Middle,101,300.00,ARP
2,Acer,C1,Equipment,Lincon Middle,Boiler room,300.00,ARP
3,Conn,T3,Tubas,Roosevelt High,9,300.00,ARP
4,Acer,C1,Equipment,LIN,Boiler room,,
"""


def settle(client: Client, session: ImportSession, wanted: dict[str, str]) -> None:
    """Choose on the page as a browser without JavaScript would: by the label of an option."""
    html = client.get(reverse("import", args=[session.pk])).content.decode()
    data = {}
    for i, name in re.findall(r'name="name-(\d+)" value="([^"]*)"', html):
        data[f"name-{i}"] = name
        data[f"kind-{i}"] = re.search(rf'name="kind-{i}" value="(\w+)"', html)[1]  # type: ignore[index]
        options = re.search(rf'name="choice-{i}"[^>]*>(.*?)</select>', html, re.S)[1]  # type: ignore[index]
        found = {
            text: value for value, text in re.findall(r'value="([^"]*)"[^>]*>([^<]*)<', options)
        }
        if name in wanted:
            data[f"choice-{i}"] = found[wanted[name]]
    assert client.post(reverse("import-unknown", args=[session.pk]), data).status_code == 302


def test_ana_makes_and_maps_what_nobody_knows(
    equipment: Category, arp: Award, ana: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(ana)
    session = look_at(FILE, by=ana)
    assert outcomes(session) == {"refused": 4}
    assert {k: {n: p["count"] for n, p in v.items()} for k, v in session.unknown.items()} == {
        "school": {"Lincon Middle": 2, "Roosevelt High": 1},
        "room": {"LIN Boiler room": 1},
    }
    settle(
        client,
        session,
        {
            "Lincon Middle": "it is Lincoln Middle School",
            "Roosevelt High": "create it",
            "LIN Boiler room": "create it",
        },
    )
    session.refresh_from_db()
    assert outcomes(session) == {"create": 1, "refused": 3}
    assert sorted(session.unknown) == ["award", "category", "room"]
    settle(
        client,
        session,
        {
            "ARP": f"it is {arp}",
            "Tubas": "create it",
            "Roosevelt High 9": "create it",
        },
    )
    session.refresh_from_db()
    assert outcomes(session) == {"create": 4}
    assert session.unknown == {}
    plan = plan_of(client, reverse("import", args=[session.pk]))
    client.post(reverse("import-act", args=[session.pk, "apply"]), plan)
    work(ImportSession.objects.get(pk=session.pk))
    schools = dict(Asset.objects.values_list("tag", "school__name"))
    lincoln = "Lincoln Middle School"
    assert schools == {"1": lincoln, "2": lincoln, "3": "Roosevelt High", "4": lincoln}
    assert UnitShare.objects.filter(award=arp).count() == 3


def test_everything_that_needs_no_more_is_made_with_one_button(
    equipment: Category, ana: User, client_of: Callable[[User], Client]
) -> None:
    session = look_at(FILE.replace(",ARP", ",").replace("300.00", ""), by=ana)
    client_of(ana).post(reverse("import-unknown", args=[session.pk]), {"all": "1"})
    session.refresh_from_db()
    assert outcomes(session) == {"create": 4}
    assert School.objects.filter(name="Roosevelt High").exists()
    assert Room.objects.filter(school__name="Roosevelt High", code="9").exists()


def test_an_award_is_made_under_the_program_that_fay_names(
    equipment: Category, arp: Award, ana: User, client_of: Callable[[User], Client]
) -> None:
    session = look_at("Tag,Cost,Award 1\n1,10.00,ARP round 2\n", by=ana)
    settle(client_of(ana), session, {"ARP round 2": f"create it under {arp.program}"})
    made = Award.objects.get(name="ARP round 2")
    assert made.program == arp.program
    session.refresh_from_db()
    assert outcomes(session) == {"create": 1}


def test_tom_is_offered_only_what_he_may_make(
    equipment: Category, tom: User, client_of: Callable[[User], Client]
) -> None:
    session = look_at("Tag,Category,Room\n1,Tubas,101\n2,Equipment,Attic\n", by=tom)
    client = client_of(tom)
    html = client.get(reverse("import", args=[session.pk])).content.decode()
    assert html.count("create it") == 1
    client.post(reverse("import-unknown", args=[session.pk]), {"all": "1"})
    assert Room.objects.filter(code="Attic").exists()
    assert not Category.objects.filter(name="Tubas").exists()
    forged = {"kind-0": "category", "name-0": "Tubas", "choice-0": "create"}
    assert client.post(reverse("import-unknown", args=[session.pk]), forged).status_code == 403
    assert not Category.objects.filter(name="Tubas").exists()


def test_a_name_is_not_mapped_to_what_tom_cannot_see(
    equipment: Category, tom: User, washington: School, client_of: Callable[[User], Client]
) -> None:
    session = look_at("Tag,School\n1,Elsewhere\n", by=again(tom))
    forged = {"kind-0": "school", "name-0": "Elsewhere", "choice-0": f"map:{washington.pk}"}
    client_of(tom).post(reverse("import-unknown", args=[session.pk]), forged)
    session.refresh_from_db()
    assert "mapped" not in session.options
    assert outcomes(session) == {"refused": 1}


def test_people_of_an_unknown_school_wait_for_it(lincoln: School, ana: User) -> None:
    from integrations.actions import create_unknown

    session = look_at("SIS ID,School SIS ID,First Name\n7,77,Ora\n", kind="people", by=ana)
    assert outcomes(session) == {"refused": 1}
    session = create_unknown(session, by=ana)
    from integrations.actions import apply_import

    work(apply_import(session, by=ana))
    assert Person.objects.get(local_id="7").school.code == "77"


def test_a_name_spelled_nearly_as_one_that_is_known_is_asked_for(
    equipment: Category, ana: User, client_of: Callable[[User], Client]
) -> None:
    session = look_at("Tag,Category\n1,Equip-ment\n2,Tubas\n", by=ana)
    client = client_of(ana)
    html = client.get(reverse("import", args=[session.pk])).content.decode()
    assert f'<option value="map:{equipment.pk}" selected>it is Equipment</option>' in html
    client.post(reverse("import-unknown", args=[session.pk]), {"all": "1"})
    assert set(Category.objects.values_list("name", flat=True)) == {"Equipment", "Tubas"}
