"""What changed: the journal by seal number, and lists since a seal number."""

from typing import Any

import pytest

from core.access import SYSTEM
from core.journal import sealing
from people.actions import erase_person, merge_people
from people.models import Person, Room, School, User
from tests.api.test_strict import Api, post
from tests.cast import make_user
from tests.factories import make_asset, make_purchase, make_student

pytestmark = pytest.mark.django_db(transaction=True)


def feed(api: Any, after: int = 0) -> list[dict[str, Any]]:
    """Every page of the feed after a number, read to its end."""
    sealing.seal_all()
    found: list[dict[str, Any]] = []
    while True:
        page = api.get(f"/api/v1/journal?after={after}&limit=3").json()
        found += page["results"]
        if page["next"] == after:
            return found
        after = page["next"]


def test_rob_reads_every_fact_once_and_goes_on_where_he_was(
    rob: User, api_of: Api, lincoln: School, maria: Person
) -> None:
    api, asset = api_of(rob), make_asset(school=lincoln)
    before = [e["number"] for e in feed(api)]
    assert before == list(range(1, len(before) + 1))
    post(api, f"assets/{asset.pk}/assign", {"person": maria.pk})
    news = feed(api, after=before[-1])
    assert [(e["kind"], e["subject_id"], e["via"]) for e in news] == [
        ("asset.assigned", asset.pk, "api")
    ]


def test_what_is_void_merged_or_erased_has_a_tombstone(
    rob: User, api_of: Api, lincoln: School, maria: Person, jamal: Person
) -> None:
    api, why = api_of(rob), {"reason": "x"}
    kept, void, loser = (make_asset(school=lincoln) for _n in range(3))
    post(api, f"assets/{void.pk}/void", why)
    post(api, f"assets/{loser.pk}/merge", {"into": kept.pk, **why})
    erase_person(maria, by=SYSTEM, reason="Asked for.")
    merge_people(make_student(school=lincoln), into=jamal, by=SYSTEM, reason="Twice.")
    stones = [e["kind"] for e in feed(api) if e["tombstone"]]
    assert stones == ["asset.voided", "asset.merged", "person.erased", "person.merged"]


def test_a_thing_that_left_tom_s_school_is_gone_for_tom(
    rob: User, tom: User, ned: User, api_of: Api, lincoln: School, washington: School
) -> None:
    asset = make_asset(school=lincoln)
    there = washington.rooms.get(code="101")
    post(api_of(rob), f"assets/{asset.pk}/move", {"room": there.pk})
    last = {name: feed(api_of(user))[-1] for name, user in (("tom", tom), ("ned", ned))}
    assert [(e["kind"], e["subject_id"], e["tombstone"]) for e in last.values()] == [
        ("asset.moved", asset.pk, True),
        ("asset.moved", asset.pk, False),
    ]


def test_lists_tell_what_changed_since_and_where_to_go_on(
    rob: User, api_of: Api, lincoln: School, room: Room
) -> None:
    api = api_of(rob)
    assets = [make_asset(school=lincoln) for _n in range(3)]
    sealing.seal_all()
    first = api.get("/api/v1/assets?changed_since=0").json()
    assert [a["id"] for a in first["results"]] == [a.pk for a in assets]
    assert first["head"] == sealing.head()[0]
    post(api, f"assets/{assets[1].pk}/verify", {})
    sealing.seal_all()
    news = api.get(f"/api/v1/assets?changed_since={first['head']}").json()
    assert [a["id"] for a in news["results"]] == [assets[1].pk]
    rest = api.get(f"/api/v1/assets?changed_since={news['head']}").json()
    assert rest["results"] == []
    assert "head" not in api.get("/api/v1/assets").json()


def test_a_principal_reads_the_feed_without_the_money(
    api_of: Api, rob: User, arp: Any, lincoln: School
) -> None:
    make_purchase(shares=[(arp, "100")])
    principal = make_user("Pat", "principal")
    shared = [e for e in feed(api_of(principal)) if e["kind"] == "unit.shared"]
    assert shared
    assert all("shares" not in e["changes"] for e in shared)
    assert all(e["changes"]["shares"] for e in feed(api_of(rob)) if e["kind"] == "unit.shared")


def test_a_token_that_may_not_see_people_learns_no_holder(
    rob: User, api_of: Api, lincoln: School, maria: Person
) -> None:
    asset = make_asset(school=lincoln)
    post(api_of(rob), f"assets/{asset.pk}/assign", {"person": maria.pk})
    narrow = api_of(rob, scopes=["assets.view_asset", "core.view_activity"])
    (entry,) = [e for e in feed(narrow) if e["kind"] == "asset.assigned"]
    assert not {"holder", "holder_id", "person", "person_id"} & entry["changes"].keys()
    assert narrow.get(f"/api/v1/assets/{asset.pk}").json()["holder"] is None
    assert narrow.get(f"/api/v1/assets?holder={maria.pk}").status_code == 403
