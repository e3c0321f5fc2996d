"""An act is one entry for each thing, however many columns and instants it tells."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from assets.actions import (
    assign_asset,
    change_asset,
    change_status,
    correct_asset,
    find_and_verify,
    merge_assets,
    unmerge_assets,
)
from assets.models import Asset, Status
from core.models import Entry
from core.problems import Refused
from core.time import days
from funding.models import Award
from people.models import Person, Room, School, User
from tests.factories import make_asset, make_purchase

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def written(act: Callable[[], Any], *things: Asset) -> list[Entry]:
    """What an act added to the journal of some things."""
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
    act()
    added = Entry.objects.filter(pk__gt=last, subject_type="assets.asset").order_by("subject_id")
    return list(added.filter(subject_id__in=[thing.pk for thing in things]))


def test_an_edit_of_description_condition_room_money_and_day_is_one_entry(
    ana: User, lincoln: School, room: Room, arp: Award
) -> None:
    _purchase, units = make_purchase(quantity=1, shares=[(arp, "100")])
    asset = make_asset(school=lincoln, at=days.now() - 9 * DAY)
    [entry] = written(
        lambda: change_asset(
            asset,
            by=ana,
            description="In a blue case",
            condition="fair",
            home_room=room,
            unit=units[0],
            acquired_on=date(2025, 8, 1),
        ),
        asset,
    )
    assert entry.kind == "asset.changed"
    told = {"description", "condition", "condition_on", "home_room", "unit", "acquired_on"}
    assert set(entry.changes) == told
    assert entry.changes["unit"] == [None, units[0].pk]
    begins = min(span["valid_from"] for span in entry.data["rows"]["assets.assetspan"])
    assert begins == days.start_of_day(date(2025, 8, 1)).isoformat(), "it was there since"


def test_a_correction_of_tag_holder_room_and_day_is_one_entry(
    ana: User, lincoln: School, room: Room, maria: Person, jamal: Person
) -> None:
    start = days.now() - 30 * DAY
    asset = make_asset(school=lincoln, at=start, tag="W-1")
    assign_asset(asset, to=maria, by=ana, at=start + 5 * DAY)
    [entry] = written(
        lambda: correct_asset(
            asset,
            by=ana,
            reason="Read from the wrong card",
            tag="W-2",
            holder=jamal,
            room=room,
            acquired_on=days.local_date(start - 9 * DAY),
        ),
        asset,
    )
    assert entry.kind == "asset.corrected" and "words" in entry.data["reason"]
    assert entry.changes["tag"] == ["W-1", "W-2"]
    assert entry.changes["holder"] == [maria.pk, jamal.pk]
    assert entry.changes["room"] == [None, room.pk]
    assert {"assets.assetcode", "assets.assignment"} <= set(entry.data["rows"])


def test_a_merge_that_moves_the_money_is_one_entry_each_and_so_is_its_undoing(
    ana: User, lincoln: School, arp: Award
) -> None:
    _purchase, units = make_purchase(quantity=1, shares=[(arp, "100")])
    paid = make_asset(school=lincoln, unit=units[0])
    other = make_asset(school=lincoln)
    twice = "Tagged twice"
    merged, absorbed = written(
        lambda: merge_assets(paid, into=other, by=ana, reason=twice), paid, other
    )
    assert (merged.kind, absorbed.kind) == ("asset.merged", "asset.absorbed")
    assert absorbed.changes["unit"] == [None, units[0].pk]
    apart, back = written(lambda: unmerge_assets(paid, by=ana, reason="Two after all"), paid, other)
    assert (apart.kind, back.kind) == ("asset.unmerged", "asset.separated")
    assert back.changes["unit"] == [units[0].pk, None]


def test_a_missing_thing_that_is_scanned_was_found_and_seen_in_one_entry(
    ana: User, lincoln: School, library: Room
) -> None:
    asset = make_asset(school=lincoln)
    change_status(asset, to=Status.MISSING, by=ana)
    [entry] = written(lambda: find_and_verify(asset, by=ana, room=library), asset)
    assert entry.kind == "asset.found_again"
    assert entry.changes["status"] == [Status.MISSING, Status.IN_STOCK]
    [sighting] = entry.data["rows"]["assets.verification"]
    assert sighting["room"] == library.pk


def test_an_act_that_is_refused_half_way_leaves_no_entry(
    ana: User, lincoln: School, jamal: Person
) -> None:
    asset = make_asset(school=lincoln, tag="N-1")
    entries = Entry.objects.count()
    with pytest.raises(Refused) as refusal:  # the tag is right; nobody has it who could be wrong
        correct_asset(asset, by=ana, reason="Wrong", tag="N-9", holder=jamal)
    assert refusal.value.problems[0].code == "not-assigned"
    assert (Entry.objects.count(), Asset.objects.get(pk=asset.pk).tag) == (entries, "N-1")
