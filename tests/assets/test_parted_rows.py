"""A row of another school was merged into a thing of Lincoln, by mistake, and stands alone again:
who sees Lincoln's alone reads its life, and no more what the other thing is called by."""

from collections.abc import Callable

import pytest
from django.test import Client

from assets.actions import correct_asset, merge_assets, unmerge_assets
from assets.models import Asset
from core.access import SYSTEM
from core.journal.showing import Shown
from core.models import Entry
from core.time import days
from funding.models import Award
from people.models import School, User
from reports.property_record.build import build
from tests.api.test_feed import feed
from tests.api.test_strict import Api
from tests.factories import make_asset, make_purchase

pytestmark = pytest.mark.django_db(transaction=True)
Of = Callable[[User], Client]
#: What the other thing is called by: its tag, an older one, its serial.
WORDS = ("ROO-77", "ROO-OLD", "SERIAL-ROO")


def fresh(asset: Asset) -> Asset:
    return Asset.objects.get(pk=asset.pk)


@pytest.fixture
def one(lincoln: School, washington: School, arp: Award) -> tuple[Asset, Asset]:
    """The thing that stays, and what was merged into it."""
    _purchase, [unit] = make_purchase(quantity=1, amount="500.00", shares=[(arp, "100")])
    other = make_asset(school=washington, tag="ROO-OLD", serial="SERIAL-ROO")
    correct_asset(other, by=SYSTEM, reason="Relabeled", tag="ROO-77")
    stays = make_asset(school=lincoln, tag="LIN-1", serial="", unit=unit)
    merge_assets(fresh(other), into=stays, by=SYSTEM, reason="One item")
    return fresh(stays), fresh(other)


def told(user: User, thing: Asset, client_of: Of, api_of: Api) -> dict[str, str]:
    """The passport, the activity and the feed as somebody reads them, without the search field."""
    client = client_of(user)
    return {
        "life": client.get(f"/assets/{thing.pk}/").content.decode(),
        "activity": client.get("/activity/").content.decode(),
        "feed": str(feed(api_of(user))),
    }


def said(pages: dict[str, str]) -> set[str]:
    return {f"{name}: {word}" for name, text in pages.items() for word in WORDS if word in text}


def test_what_was_parted_is_called_by_nothing_where_only_the_other_is_seen(
    one: tuple[Asset, Asset], tom: User, ned: User, ana: User, client_of: Of, api_of: Api
) -> None:
    stays, other = one
    merged = said(told(tom, stays, client_of, api_of))
    assert {"life: ROO-77", "feed: ROO-77", "life: SERIAL-ROO"} <= merged, "it is his item"

    unmerge_assets(other, by=SYSTEM, reason="Two items")
    pages = told(tom, stays, client_of, api_of)
    assert said(pages) == set()
    assert "took over another row" in pages["life"], "that it was so stays told"
    entries = [e for e in feed(api_of(tom)) if e["kind"] == "asset.separated"]
    assert [e["changes"]["serial"] for e in entries] == [[None, ""]], "a copy knows its own again"
    for user in (ana,):
        assert said(told(user, stays, client_of, api_of)) >= {"life: ROO-77", "feed: SERIAL-ROO"}
    assert "feed: ROO-77" in said(told(ned, other, client_of, api_of)), "it is his school's thing"


def test_a_row_that_somebody_sees_goes_on_being_told_and_one_that_goes_on_to_be_it_too(
    lincoln: School, washington: School, tom: User, client_of: Of, api_of: Api
) -> None:
    stays, seen = (make_asset(school=lincoln, tag=t) for t in ("LIN-1", "ROO-77"))
    merge_assets(seen, into=stays, by=SYSTEM, reason="One item")
    unmerge_assets(fresh(seen), by=SYSTEM, reason="Two items")
    assert "life: ROO-77" in said(told(tom, stays, client_of, api_of))

    foreign = make_asset(school=washington, tag="ROO-OLD")
    merge_assets(foreign, into=fresh(stays), by=SYSTEM, reason="One item")
    last = make_asset(school=lincoln, tag="LIN-2")
    merge_assets(fresh(stays), into=last, by=SYSTEM, reason="One item")
    assert "feed: ROO-OLD" in said(told(tom, last, client_of, api_of)), "all of it is one item"


def test_an_older_release_s_merge_told_the_tag_alone(
    one: tuple[Asset, Asset], tom: User, ana: User
) -> None:
    stays, other = one
    unmerge_assets(other, by=SYSTEM, reason="Two items")
    entry = Entry.objects.of(stays).get(kind="asset.absorbed")
    entry.data = {"tag": entry.data["tag"]}
    assert Shown([entry], tom).data(entry) == {}
    assert Shown([entry], ana).data(entry) == entry.data


def test_a_property_record_of_any_knowledge_does_not_name_it(
    one: tuple[Asset, Asset], arp: Award, ada: User, client_of: Of
) -> None:
    stays, other = one
    merged = days.now()
    unmerge_assets(other, by=SYSTEM, reason="Two items")
    for known_at in (merged, days.now()):
        found = build(arp, as_of=days.today(), known_at=known_at, by=ada)
        assert [row[0] for row in found.rows] == ["LIN-1"]
        assert not [word for word in WORDS if word in str(found.findings)]
    page = client_of(ada).get(f"/assets/{stays.pk}/").content.decode()
    assert not [word for word in WORDS if word in page]
