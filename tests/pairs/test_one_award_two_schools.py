"""An award that pays at two schools: who sees it at the one is told nothing of the other by it."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from assets.models import Asset
from core import runs
from core.access import SYSTEM
from core.time import days
from funding.models import Award
from people.actions import add_membership
from people.models import School, User
from people.roles import Role
from reports.actions import request_report, stored_dataset
from tests.cast import again, make_user
from tests.factories import make_asset, make_purchase

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


@dataclass
class Shared:
    """One thing at each school that ARP pays."""

    here: Asset
    there: Asset


@pytest.fixture
def shared(arp: Award, lincoln: School, washington: School) -> Shared:
    _purchase, units = make_purchase(quantity=2, amount="658.00", shares=[(arp, "100")])
    return Shared(
        make_asset(school=lincoln, unit=units[0], tag="HERE1"),
        make_asset(school=washington, unit=units[1], tag="THERE1"),
    )


PAIRS = [
    (Role.FINANCE, Role.VIEWER),
    (Role.TECHNOLOGY_DIRECTOR, Role.TECHNICIAN),
    (Role.FINANCE, Role.TECHNICIAN),
]


@pytest.fixture(params=PAIRS, ids="{0[0]} and {0[1]}".format)
def both(request: pytest.FixtureRequest, lincoln: School, washington: School) -> User:
    """Sees awards and costs at Lincoln, and things alone at Washington."""
    at_lincoln, at_washington = request.param
    user = make_user("Bo", at_lincoln, lincoln)
    add_membership(user, role=at_washington, by=SYSTEM, school=washington)
    return again(user)


def test_its_report_has_the_things_of_the_school_where_reports_are_made(
    shared: Shared, both: User, arp: Award, washington: School
) -> None:
    if not both.has_perm("reports.make_report"):
        pytest.skip("makes no reports")
    for school, tags in ((None, {"HERE1"}), (washington, set())):
        report = request_report(arp, by=both, as_of=days.today(), formats=["csv"], school=school)
        assert report.run_id is not None and runs.execute(report.run_id)
        report.refresh_from_db()
        assert {row[0] for row in stored_dataset(report).rows} == tags


def test_its_list_export_labels_and_counts_tell_nothing_of_the_other_school(
    shared: Shared, both: User, arp: Award, client_of: Of, api_of: Of
) -> None:
    client, api = client_of(both), api_of(both)
    today = f"as_of={days.today()}"
    for path in (
        f"/assets/?award={arp.pk}",
        f"/assets/?award={arp.pk}&{today}",
        f"/assets/export.csv?award={arp.pk}",
    ):
        answer = client.get(path)
        assert answer.status_code == 200
        page = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert b"HERE1" in page and b"THERE1" not in page, path
    told = api.get(f"/api/v1/assets?award={arp.pk}").json()["results"]
    assert [row["tag"] for row in told] == ["HERE1"]
    award = client.get(f"/awards/{arp.pk}/").content.decode()
    assert "Lincoln" in award and "Washington" not in award
    assert ">2<" not in award, "neither its items nor those of its purchase"
    assert (
        b"HERE1" in client.get("/assets/").content and b"THERE1" in client.get("/assets/").content
    )


def test_a_label_says_who_paid_to_whom_the_award_shows(
    shared: Shared, both: User, arp: Award, client_of: Of, tom: User
) -> None:
    sheet = {"sheet": "5160", "start": "1", "funding": "on"}
    printed = 0
    for user, tag, told in ((both, "HERE1", True), (both, "THERE1", False), (tom, "HERE1", False)):
        answer = client_of(user).post(f"/assets/labels/?tag={tag}", sheet)
        page = answer.content.decode()
        if answer.status_code == 200 and tag in page:  # labels are printed where that is allowed
            printed += 1
            assert (arp.program.name in page) is told, (user, tag)
    assert printed


def test_a_narrow_token_does_not_ask_for_an_award_s_things(
    shared: Shared, arp: Award, api_of: Callable[..., Client], rob: User
) -> None:
    narrow = api_of(rob, scopes=["assets.view_asset"])
    assert narrow.get(f"/api/v1/assets?award={arp.pk}").status_code == 403
    assert narrow.get("/api/v1/assets").status_code == 200


def test_another_token_gets_no_replay_of_what_a_wider_one_was_told(
    shared: Shared, api_of: Callable[..., Client], rob: User
) -> None:
    body = json.dumps({})
    path, key = f"/api/v1/assets/{shared.here.pk}/verify", {"HTTP_IDEMPOTENCY_KEY": "k1"}
    wide, narrow = api_of(rob), api_of(rob, scopes=["assets.verify_asset"])
    assert wide.post(path, body, "application/json", **key).status_code == 200
    answer = narrow.post(path, body, "application/json", **key)
    assert answer.status_code == 422, "to it that is another request"
