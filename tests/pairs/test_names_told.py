"""Feed, merge, import and report tell no holder of a thing that shows its people by pseudonyms."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from assets.actions import assign_asset
from core import runs
from core.access import SYSTEM
from core.problems import Refused
from core.time import days
from integrations.actions import preview, stage
from people.actions import add_membership, change_room, merge_people
from people.models import Person, School
from people.roles import Role
from reports.actions import request_report
from tests.cast import again, make_user
from tests.factories import made, make_asset, make_purchase, make_student
from tests.pairs.hidden import reader, sides
from tests.pairs.opening import text_of
from tests.pairs.sides import Held

__all__ = ["sides"]

pytestmark = pytest.mark.django_db
Sides = dict[str, dict[str, Any]]
#: Who sees the things by an award alone, and the people by name.
HIDING: list[tuple[Held, Held]] = [
    (("auditor of the award", "one"), (kind, "two"))
    for kind in ("viewer", "technician", "technology_director")
]


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
        "of an item that left her school, as it knew then"
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
