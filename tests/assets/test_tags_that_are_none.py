"""A tag is one that a list and a scan lead back to: nobody is given another one, and what stands in
the register goes on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.actions import correct_asset, register_asset
from assets.models import Asset, Category
from core.access import SYSTEM
from core.problems import Refused
from people.actions import change_person, change_room, create_room
from people.models import Person, Room, School, User
from tests.assets.test_register_refusals import form
from tests.factories import make_asset, make_product
from tests.integrations.conftest import bring, equipment, outcomes
from tests.refusing import page_says, refusal, rest_says

__all__ = ["equipment", "form"]

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
NONE = [
    ("N/A", "tag-says-nothing", "says in a list that there is no tag"),
    ("none", "tag-says-nothing", "says in a list that there is no tag"),
    ("--", "tag-says-nothing", "says in a list that there is no tag"),
    ("000", "tag-says-nothing", "says in a list that there is no tag"),
    ("'00123", "code-marked", "leave out the sign before it"),
    ('="00123"', "code-marked", "leave out the sign before it"),
    ("*00123*", "code-marked", "or the stars around it"),
    ("1.23E+15", "code-broken", "write it as it stands on the item"),
    ("900,452", "code-broken", "write it as it stands on the item"),
    ("#REF!", "code-broken", "write it as it stands on the item"),
    ("AMP&amp;2", "code-broken", "write it as it stands on the item"),
    ("JosÃ©-1", "code-broken", "write it as it stands on the item"),
    ("900452 (lost)", "code-remark", "write the code alone"),
    ("900452 NEW", "code-remark", "write the code alone"),
    ("Asset 900452", "code-remark", "write the code alone"),
    ("900452/900453", "code-remark", "write the code alone"),
    ("Needs tag", "tag-says-nothing", "says in a list that there is no tag"),
    ("Undo", "code-is-command", "Who scans Undo tells the desk"),
    ("DONE", "code-is-command", "Who scans DONE tells the desk"),
]


@pytest.mark.parametrize(("tag", "code", "said"), NONE)
def test_page_rest_and_a_correction_refuse_it(
    tag: str,
    code: str,
    said: str,
    form: dict[str, Any],
    tom: User,
    rob: User,
    client_of: Of,
    api_of: Of,
    lincoln: School,
) -> None:
    page_says(client_of(tom), "/assets/new/", form | {"tag": tag}, code, said)
    body = {"tag": tag, "product": make_product().pk, "school": lincoln.pk}
    rest_says(api_of(rob), "assets", body, code, said, pointer="/tag")
    other = make_asset(school=lincoln, tag="77")
    with refusal(code), pytest.raises(Refused, match=said):
        correct_asset(other, by=tom, reason="Misread", tag=tag)


def test_other_words_and_signs_are_tags(lincoln: School) -> None:
    for tag in (
        "MAR-01",
        "Nonesuch",
        "O'HARE-1",
        "*5",
        "NA-7",
        "UNDO-1",
        "#12",
        "=A2",
        "12/0034",
        "MRP 014",
        "A&B;1",
    ):
        assert register_asset(by=SYSTEM, tag=tag, product=make_product(), school=lincoln).tag == tag


def test_none_may_be_a_description(form: dict[str, Any], tom: User, client_of: Of) -> None:
    assert client_of(tom).post("/assets/new/", form | {"description": "none"}).status_code == 302


@pytest.mark.parametrize("tag", ["DONE", "'A-1", "'A&amp;1"])
def test_a_list_brings_in_no_such_thing(tag: str, equipment: Category) -> None:
    session = bring(f"Tag,Make,Model,Status\n{tag},Dell,Y,In stock\nA-2,Dell,Y,In stock\n")
    assert list(Asset.objects.values_list("tag", flat=True)) == ["A-2"]
    assert outcomes(session) == {"refused": 1, "create": 1}


@pytest.mark.parametrize("tag", ["DONE", "'A-1"])
def test_what_stands_so_is_found_by_lists_and_corrected_back(
    tag: str, lincoln: School, ana: User, equipment: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:  # it was registered when nobody refused that
        before.setattr("assets.register.rules.tag_problems", lambda tag: ())
        asset = make_asset(school=lincoln, tag=tag)
    session = bring(f"Tag,Condition\n{tag},Good\n")
    assert outcomes(session) == {"update": 1}
    asset.refresh_from_db()
    assert asset.condition == "good"
    correct_asset(asset, by=ana, reason="Its own", tag=tag, serial="S-9")
    correct_asset(asset, by=ana, reason="A better one", tag="A-1")
    assert correct_asset(asset, by=ana, reason="Undone", tag=tag).tag == tag


def test_nobody_and_no_room_is_called_as_the_desk_is_told(
    ana: User, maria: Person, library: Room, lincoln: School, api_of: Of
) -> None:
    said = "tells the desk to undo or to be done"
    person = {"school": lincoln.pk, "kind": "student", "local_id": "done"}
    rest_says(api_of(ana), "people", person, "code-is-command", said, pointer="/local_id")
    room = {"school": lincoln.pk, "code": "Undo"}
    rest_says(api_of(ana), "rooms", room, "code-is-command", said, pointer="/code")
    with refusal("code-is-command"), pytest.raises(Refused, match=said):
        change_person(maria, by=ana, local_id="Undo")
    with refusal("code-is-command"), pytest.raises(Refused, match=said):
        change_room(library, by=ana, code="DONE")
    assert create_room(lincoln, "DONE 1", by=ana).pk


def test_lists_of_people_and_of_rooms_name_nobody_so(lincoln: School) -> None:
    people = bring(
        "Student ID,First Name,Last Name,School\nDONE,Uma,Ray,Lincoln Middle School\n",
        kind="people",
    )
    assert outcomes(people) == {"refused": 1}
    places = bring("School Code,School,Room\nLIN,Lincoln Middle School,UNDO\n", kind="places")
    assert outcomes(places) == {"refused": 1}
    assert not Room.objects.filter(code="UNDO").exists()
