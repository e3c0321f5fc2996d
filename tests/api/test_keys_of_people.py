"""A thing and a room of Lincoln name their people also where these are of another school by now;
the key to a person's record is told to who may open that record, in whatever shape it stands."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.actions import assign_asset, return_asset
from assets.models import Asset
from core.access import SYSTEM
from people.actions import add_membership, change_person, change_room, merge_people
from people.models import Person, Room, School, User
from people.roles import Role
from tests.api.test_feed import feed
from tests.api.test_strict import Api
from tests.cast import again, make_user
from tests.factories import make_asset, make_student

pytestmark = pytest.mark.django_db(transaction=True)
#: Under which a shape of the API holds somebody's key.
OF_PEOPLE = {"holder", "person", "custodian", "merged_into", "into"}


@pytest.fixture
def things(lincoln: School, room: Room, maria: Person, jamal: Person) -> dict[str, Any]:
    """Maria has a thing, gave one back and answers for a room, and was entered twice; Jamal has a
    thing and answers for another room."""
    hers, was, his = (make_asset(school=lincoln, room=room) for _n in range(3))
    assign_asset(hers, to=maria, by=SYSTEM)
    assign_asset(his, to=jamal, by=SYSTEM)
    assign_asset(was, to=maria, by=SYSTEM)
    return_asset(was, by=SYSTEM)
    twice = make_student(school=lincoln, first="Mary")
    merge_people(twice, into=maria, by=SYSTEM, reason="Enrolled twice")
    library = lincoln.rooms.get(code="LIB")
    return {
        "hers": hers,
        "his": his,
        "twice": twice,
        "room": change_room(room, by=SYSTEM, custodian=maria),
        "library": change_room(library, by=SYSTEM, custodian=jamal),
    }


def keys(told: Any, name: str = "") -> set[int]:
    """The keys of people anywhere in an answer."""
    if isinstance(told, dict):
        return set().union(*(keys(v, k.removesuffix("_id")) for k, v in told.items()), set())
    if isinstance(told, list):
        return set().union(*(keys(v, name) for v in told), set())
    return {told} if isinstance(told, int) and name in OF_PEOPLE else set()


def everything(api: Any, things: dict[str, Any]) -> dict[str, set[int]]:
    """The keys of people by the address that tells them; entries of people in the feed as well."""
    found = {
        address: keys(api.get(f"/api/v1/{address}").json())
        for address in (
            "assets",
            "rooms",
            "people",
            f"assets/{things['hers'].pk}",
            f"rooms/{things['room'].pk}",
            f"people/{things['twice'].pk}",
        )
    }
    people = [e for e in feed(api) if e["subject_type"] not in ("assets.category",)]
    return found | {"journal": keys(json.loads(json.dumps(people)))}


def test_the_key_of_who_went_to_another_school_is_told_in_no_shape(
    things: dict[str, Any],
    maria: Person,
    jamal: Person,
    washington: School,
    tom: User,
    ana: User,
    api_of: Api,
) -> None:
    before = everything(api_of(tom), things)
    assert all(maria.pk in told for told in before.values()), before

    change_person(maria, by=SYSTEM, school=washington)
    after = everything(api_of(tom), things)
    assert [at for at, told in after.items() if maria.pk in told] == []
    for at in ("assets", "rooms", "journal"):
        assert jamal.pk in after[at], "who is of his school is told as ever"
    assert all(maria.pk in told for told in everything(api_of(ana), things).values())

    both = make_user("Bo", Role.TECHNICIAN, washington)
    add_membership(both, by=SYSTEM, role=Role.VIEWER, school=things["hers"].school)
    told = everything(api_of(again(both)), things)
    assert all(maria.pk in keys for keys in told.values()), "he may open her record"


def test_what_tom_may_not_read_he_does_not_change(
    things: dict[str, Any], maria: Person, washington: School, tom: User, api_of: Api
) -> None:
    change_person(maria, by=SYSTEM, school=washington)
    api, url = api_of(tom), f"/api/v1/rooms/{things['room'].pk}"
    answer = api.patch(
        url, {"name": "Lab"}, "application/json", headers={"if-match": api.get(url)["ETag"]}
    )
    assert (answer.status_code, answer.json()["custodian"]) == (200, None)
    assert Room.objects.get(pk=things["room"].pk).custodian == maria
    url = f"/api/v1/assets/{things['hers'].pk}"
    answer = api.patch(
        url, {"use": "Class"}, "application/json", headers={"if-match": api.get(url)["ETag"]}
    )
    assert (answer.status_code, answer.json()["holder"]) == (200, None)
    assert Asset.objects.get(pk=things["hers"].pk).holder == maria


def test_no_filter_answers_for_her_and_the_list_of_her_things_leads_nowhere(
    things: dict[str, Any],
    maria: Person,
    jamal: Person,
    washington: School,
    tom: User,
    api_of: Api,
    client_of: Callable[[User], Client],
) -> None:
    change_person(maria, by=SYSTEM, school=washington)
    api, page = api_of(tom), client_of(tom)
    for person, count in ((maria, 0), (jamal, 1)):
        answer = api.get(f"/api/v1/assets?holder={person.pk}").json()
        assert len(answer["results"]) == count
    assert things["hers"].tag not in page.get(f"/assets/?holder={maria.pk}").content.decode()
    assert things["his"].tag in page.get(f"/assets/?holder={jamal.pk}").content.decode()
    for url in (f"/assets/{things['hers'].pk}/", f"/rooms/{things['room'].pk}/", "/activity/"):
        assert f'/people/{maria.pk}/"' not in page.get(url).content.decode(), url
