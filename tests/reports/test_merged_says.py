"""What one row of a merge says alone is what the thing that stays says."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from assets.actions import change_asset, unmerge_assets, verify_asset
from assets.lists.past import as_they_stood
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.models import Award, Unit
from people.models import School, User
from tests.reports.merged import FIELDS, Make, fresh, merged, record, told

pytestmark = pytest.mark.django_db


def test_what_stays_is_all_that_the_other_said_and_was_seen_when_that_was(
    arp: Award, paid: Unit, thing: Make, lincoln: School, ana: User
) -> None:
    said = {"title_holder": "State", "use": "Math", "description": "A dent"}
    loser = thing("L", paid, date(2024, 7, 20), condition="good", **said)
    winner = thing("W", None, None)
    verify_asset(loser, by=SYSTEM)
    blank = {f: getattr(fresh(winner), f) for f in FIELDS}
    change_asset(fresh(loser), by=SYSTEM, home_room=lincoln.rooms.get(code="LIB"))
    before = days.now()
    merged(loser, winner)
    row = record(arp)
    assert (row.tag, row.title_holder, row.condition) == ("W", "State", "Good")
    assert (row.acquired_on, row.last_verified_on) == (date(2024, 7, 20), days.today())
    assert record(arp, before).tag == "L"
    stays = fresh(winner)
    assert {f: getattr(stays, f) for f in FIELDS} == {f: getattr(fresh(loser), f) for f in FIELDS}
    assert told(arp, date(2024, 7, 20))[0] == ["L"]
    unmerge_assets(loser, by=SYSTEM, reason="Two")
    assert {f: getattr(fresh(winner), f) for f in FIELDS} == blank
    assert record(arp).tag == "L"
    assert verify.verify().findings == []


def test_what_was_told_anew_after_a_merge_stays_when_that_is_undone(thing: Make) -> None:
    loser, winner = thing("L", condition="good", use="Math"), thing("W")
    merged(loser, winner)
    verify_asset(fresh(winner), by=SYSTEM, condition="broken")
    change_asset(fresh(winner), by=SYSTEM, use="Art")
    unmerge_assets(loser, by=SYSTEM, reason="Two")
    stays = fresh(winner)
    assert (stays.condition, stays.use) == ("broken", "Art")
    assert (stays.condition_on, stays.last_verified_on) == (days.today(), days.today())
    assert fresh(loser).last_verified_on is None
    assert verify.verify().findings == []


def test_a_day_that_contradicts_what_is_known_of_what_stays_is_not_taken(thing: Make) -> None:
    loser, winner = thing("L", acquired_on=date(2025, 8, 1)), thing("W", acquired_on=None)
    seen = days.start_of_day(date(2025, 1, 10))
    verify_asset(winner, by=SYSTEM, at=seen)
    merged(loser, winner)
    assert fresh(winner).acquired_on is None
    assert fresh(winner).last_verified_on == date(2025, 1, 10)


def test_when_it_was_seen_is_told_of_a_chain_of_merges_and_as_known_then(
    arp: Award, paid: Unit, thing: Make
) -> None:
    rows = [thing(tag, unit) for tag, unit in (("A", None), ("B", None), ("C", paid))]
    day = date(2025, 5, 5)
    verify_asset(rows[0], by=SYSTEM, at=days.start_of_day(day))
    before = days.now()
    merged(rows[0], rows[1])
    merged(rows[1], rows[2])
    after = days.now()
    assert record(arp, before).last_verified_on is None
    assert record(arp).last_verified_on == day == fresh(rows[2]).last_verified_on
    [past], _named = as_they_stood([fresh(rows[2])], date(2025, 6, 1), SYSTEM)
    assert past.last_verified_on == day
    verify_asset(fresh(rows[2]), by=SYSTEM)
    [past], _named = as_they_stood([fresh(rows[2])], date(2025, 6, 1), SYSTEM)
    assert past.last_verified_on == day
    unmerge_assets(rows[1], by=SYSTEM, reason="Two")
    assert record(arp, after).last_verified_on == day, "as it was known"
    assert record(arp).last_verified_on == days.today()
    assert fresh(rows[1]).last_verified_on == day
    assert verify.verify().findings == []


def test_the_preview_of_a_merge_names_what_is_taken_over(
    ana: User, client_of: Callable[[User], Client], thing: Make
) -> None:
    loser, winner = thing("L", condition="good", title_holder="State"), thing("W")
    form = {"into": winner.tag, "reason": "One item"}
    page = client_of(ana).post(f"/assets/{loser.pk}/merge/", form).content.decode()
    for words in ("title holder", "State", "condition", "Good"):
        assert words in page
    assert fresh(loser).merged_into is None


def test_her_list_of_a_past_day_has_the_rows_of_her_record(
    arp: Award, paid: Unit, thing: Make, ada: User, client_of: Callable[[User], Client]
) -> None:
    """Also what was merged since, and whose money another row brings now."""
    loser = thing("L-OLD", paid, date(2024, 7, 20))
    winner = thing("W-NEW", None, None)
    merged(loser, winner)
    day = date(2024, 12, 31)
    assert told(arp, day)[0] == ["L-OLD"]
    for address in ("/assets/", "/assets/export.csv"):
        answer = client_of(ada).get(f"{address}?award={arp.pk}&as_of={day}")
        text = answer.getvalue() if answer.streaming else answer.content
        assert b"L-OLD" in text and b"W-NEW" not in text, address
    today = client_of(ada).get(f"/assets/?award={arp.pk}").content
    assert b"W-NEW" in today and b"L-OLD" not in today
    page = client_of(ada).get(f"/assets/{loser.pk}/")
    assert (page.status_code, page["Location"]) == (302, f"/assets/{winner.pk}/")
