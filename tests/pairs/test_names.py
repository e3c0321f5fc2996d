"""A person shows on a thing as that thing shows people, however the person shows elsewhere.

Things of the first side are in the hands of people of the second: one was handed to Zelda where it
is, one to Yolanda at her school, from which it came. Whoever sees the things by an award alone, and
the people by their school, never gets from the one to the other, on whatever page: not by a
sentence, not by a list of what somebody holds, not by a filter, not by the feed.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from assets.actions import assign_asset, move_asset, return_asset
from core import runs
from core.access import SYSTEM
from core.journal import sealing
from core.problems import Refused
from core.time import days
from integrations.actions import preview, stage
from people.actions import add_membership, change_room, merge_people
from people.models import Person, Room, School, User
from people.roles import Role
from reports.actions import request_report
from tests.cast import again, make_user
from tests.factories import made, make_asset, make_purchase, make_student
from tests.pairs.places import opened, text_of
from tests.pairs.sides import MARKS, Held, give, make_side

pytestmark = pytest.mark.django_db
Sides = dict[str, dict[str, Any]]
#: Who sees the things by an award alone, and the people by name.
HIDING: list[tuple[Held, Held]] = [
    (("auditor of the award", "one"), (kind, "two"))
    for kind in ("viewer", "technician", "technology_director")
]
NAMING: list[tuple[Held, ...]] = [
    (("technician", "one"),),
    (("auditor of the award", "one"), ("technician", "one")),
    (("auditor by name", "one"), ("auditor of the award", "two")),
]


@pytest.fixture
def sides(district: Any) -> Sides:
    """The two sides, and things of the first in the hands of people of the second."""
    found = {name: make_side(name) for name in MARKS}
    (one, award), (two, _award) = found["one"]["rows"], found["two"]["rows"]
    before = days.now() - timedelta(days=20)
    _purchase, units = make_purchase(shares=[(award, "100")], at=before)
    zelda, yolanda = (
        make_student(school=two, first=name, last="Quark") for name in ("Zelda", "Yolanda")
    )
    still = make_asset(school=one, tag="STILL-1", unit=units[0], at=before)
    assign_asset(still, to=zelda, by=SYSTEM)
    moved = make_asset(school=two, tag="MOVED-1", unit=units[1], at=before)
    assign_asset(moved, to=yolanda, by=SYSTEM, at=days.now() - timedelta(days=9))
    move_asset(moved, to=Room.objects.get(school=one), by=SYSTEM)
    back = make_asset(school=one, tag="BACK-1", unit=units[2], at=before)
    assign_asset(back, to=zelda, by=SYSTEM, at=days.now() - timedelta(days=9))
    return_asset(back, by=SYSTEM)
    own = make_asset(school=two, tag="OWN-1", at=before)
    assign_asset(own, to=zelda, by=SYSTEM, at=days.now() - timedelta(days=9))
    sealing.seal_all()
    people: dict[str, Any] = {"zelda": zelda, "yolanda": yolanda}
    return found | {"crossed": people | {"things": [still, moved, back]}}


def reader(held: tuple[Held, ...], sides: Sides, name: str = "Pat") -> User:
    user = make_user(name, None)
    for kind, side in held:
        if kind.startswith("auditor"):
            give(user, (kind, side), sides)
        else:
            add_membership(user, by=SYSTEM, role=kind, school=sides[side]["rows"][0])
    return again(user)


def everything(
    user: User, sides: Sides, client_of: Callable[..., Client], api_of: Callable[..., Client]
) -> Iterator[tuple[str, str]]:
    """Each address that leads from people to things or back, with what it answers."""
    pages, api = client_of(user), api_of(user)
    crossed = sides["crossed"]
    yield from opened(user, pages, api, {k: sides[k] for k in MARKS}, 0)
    today, then = (days.today() - timedelta(days=n) for n in (0, 5))
    for thing in crossed["things"]:
        for url in ("", f"?as_of={today}", f"?as_of={then}"):
            yield f"/assets/{thing.pk}/{url}", text_of(pages.get(f"/assets/{thing.pk}/{url}"))
        yield f"assets/{thing.pk}", text_of(api.get(f"/api/v1/assets/{thing.pk}"))
    for person in (crossed["zelda"], crossed["yolanda"]):
        holder = f"holder={person.pk}"
        for url in (
            f"/people/{person.pk}/",
            f"/people/{person.pk}/?on={today}",
            f"/people/{person.pk}/?on={then}",
            f"/assets/?{holder}",
            f"/assets/?{holder}&as_of={today}",
            f"/assets/?{holder}&as_of={then}",
            f"/assets/export.csv?{holder}",
            f"/assets/export.csv?{holder}&as_of={then}",
            f"/assets/labels/?{holder}",
        ):
            yield url, text_of(pages.get(url))
        yield f"assets?{holder}", text_of(api.get(f"/api/v1/assets?{holder}"))


def pieces(url: str, text: str) -> list[str]:
    """A page in one piece; one that lists what happened, or things with their holders, by rows."""
    if (
        url == "/"
        or url.startswith("/activity/")
        or (url.startswith("/assets/") and "holder=" not in url)
    ):
        return re.split(r"</(?:tr|li|dd|p)>|\n", text)
    return [text]


@pytest.mark.parametrize("held", HIDING, ids=lambda held: "+".join(map("@".join, held)))
def test_no_page_leads_from_a_name_to_a_thing_that_shows_its_people_by_pseudonyms(
    held: tuple[Held, ...], sides: Sides, client_of: Callable[..., Client], api_of: Any
) -> None:
    crossed, wrong, seen = sides["crossed"], [], ""
    tags = [t.tag for t in crossed["things"]]
    for url, text in everything(reader(held, sides), sides, client_of, api_of):
        of_thing = re.match(r"/assets/\d+/", url)
        for piece in pieces(url, text):
            for name, person in (("Zelda", crossed["zelda"]), ("Yolanda", crossed["yolanda"])):
                if name in piece and (of_thing or any(tag in piece for tag in tags)):
                    wrong.append(f"{url} tells that {name} has it")
                if name in piece and person.pseudonym in piece:
                    wrong.append(f"{url} tells who {person.pseudonym} is")
        seen += text
    assert not wrong, "\n".join(wrong)
    words = {*tags, "OWN-1", "Zelda", "Yolanda", crossed["zelda"].pseudonym}
    assert {word for word in words if word not in seen} == set(), "each is told somewhere"


@pytest.mark.parametrize("held", NAMING, ids=lambda held: "+".join(map("@".join, held)))
def test_the_page_of_a_thing_that_names_people_names_them_all(
    held: tuple[Held, ...], sides: Sides, client_of: Callable[..., Client]
) -> None:
    crossed, pages = sides["crossed"], client_of(reader(held, sides))
    still, moved, back = (pages.get(f"/assets/{t.pk}/").content.decode() for t in crossed["things"])
    for text in (still, back):
        assert "was handed to Zelda Quark" in text
        assert crossed["zelda"].pseudonym not in text
    assert "Yolanda" in moved
    assert "handed to Yolanda" not in moved or "auditor by name" in held[0]


def test_with_whom_it_was_at_another_school_is_not_told_by_pseudonym_either(
    sides: Sides, client_of: Callable[..., Client]
) -> None:
    crossed = sides["crossed"]
    text = client_of(reader((("technician", "one"),), sides)).get(
        f"/assets/{crossed['things'][1].pk}/"
    )
    page = text.content.decode()
    assert "was handed to somebody of another school" in page
    assert crossed["yolanda"].pseudonym not in page


@pytest.mark.django_db(transaction=True)  # what is not committed is not sealed
def test_the_feed_tells_no_holder_of_a_thing_that_shows_by_pseudonyms(
    sides: Sides, api_of: Callable[..., Client]
) -> None:
    crossed = sides["crossed"]
    moved, yolanda = crossed["things"][1], crossed["yolanda"]

    def told(name: str, *held: Held) -> set[int]:
        feed = api_of(reader(held, sides, name)).get("/api/v1/journal?limit=200")
        rows = feed.json()["results"]
        return {
            pk
            for e in rows
            if e["subject_id"] == moved.pk and e["subject_type"] == "assets.asset"
            for pk in e["changes"].get("holder", ())
        }

    assert told("Pat", *HIDING[0]) == set()
    assert yolanda.pk in told("Vera", ("viewer", "two")), (
        "of a thing that left her school, as it knew then"
    )


def test_a_merge_is_refused_without_the_tags_of_things_of_others(sides: Sides) -> None:
    user = reader((("technology_director", "two"),), sides)
    zelda, into = sides["crossed"]["zelda"], make_student(school=sides["two"]["rows"][0])
    with pytest.raises(Refused) as error:
        merge_people(zelda, into=into, by=user, reason="Twice")
    said = str(error.value.problems[0].message)
    assert "OWN-1" in said
    assert "1 more" in said
    assert "STILL-1" not in said


def test_an_import_does_not_try_out_who_has_a_thing_of_others(sides: Sides) -> None:
    user = reader((("auditor of the award", "one"), ("technician", "two")), sides)
    zelda = sides["crossed"]["zelda"]
    text = f"Asset Tag,Serial,School,Assigned To\nSTILL-1,,TWO,{zelda.local_id}\n"
    session = preview(
        stage(text.encode(), by=user, kind="assets", name="x.csv", options={"school": "TWO"}),
        by=user,
    )
    row = session.rows.get()
    assert row.outcome == "refused"
    assert "taken" in json.dumps(row.problems)


def test_a_report_names_nobody_who_also_has_a_thing_that_shows_by_pseudonyms(
    sides: Sides, client_of: Callable[..., Client]
) -> None:
    (one, award), (two, _award) = sides["one"]["rows"], sides["two"]["rows"]
    before = days.now() - timedelta(days=20)
    _purchase, units = make_purchase(shares=[(award, "100")], at=before)
    both, here = (
        made(
            Person.objects.create(
                kind=Person.Kind.STAFF,
                local_id=first,
                first_name=first,
                last_name="Doe",
                school=two,
            )
        )
        for first in ("Bartholomew", "Hermione")
    )
    for unit, school, person in zip(units, (one, two, two), (both, both, here), strict=True):
        asset = make_asset(school=school, unit=unit, at=before)
        assign_asset(asset, to=person, by=SYSTEM, at=days.now() - timedelta(days=9))
    user = reader((("auditor of the award", "one"), ("viewer", "two")), sides)
    report = request_report(award, by=user, as_of=days.today(), formats=["csv"])
    assert report.run_id
    assert runs.execute(report.run_id)
    csv = text_of(client_of(user).get(f"/reports/{report.pk}/csv/"))
    assert "Hermione Doe" in csv
    assert "Bartholomew" not in csv
    assert both.pseudonym in csv


def test_a_school_where_somebody_sees_no_people_names_no_custodian_of_a_room(
    lincoln: School, washington: School, client_of: Callable[..., Client], api_of: Any
) -> None:
    named, hidden = (
        make_student(school=s, first=n) for s, n in ((washington, "Nora"), (lincoln, "Hugo"))
    )
    for school, person in ((washington, named), (lincoln, hidden)):
        room = school.rooms.get(code="LIB")
        change_room(room, by=SYSTEM, custodian=person)
    user = make_user("Pat", Role.VIEWER, washington)
    add_membership(user, by=SYSTEM, role=Role.AUDITOR, school=lincoln)
    page = client_of(again(user)).get("/rooms/").content.decode()
    assert "Nora" in page
    assert "Hugo" not in page
    rows = api_of(again(user)).get("/api/v1/rooms?limit=200").json()["results"]
    assert {r["custodian"] for r in rows} == {None, named.pk}
