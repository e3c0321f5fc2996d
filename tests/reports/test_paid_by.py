"""Paid by this award is one question: list, page, REST, counts and R1 give one answer."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from assets.actions import create_category, register_asset, void_asset
from assets.models import Asset
from core.access import SYSTEM
from core.time import days
from funding.actions import (
    LineDraft,
    ShareDraft,
    ask_units,
    decide,
    receive_units,
    record_purchase,
    share_line,
)
from funding.models import Award
from people.models import Room, School, User
from reports.property_record.build import build
from tests.factories import make_product
from tests.integrations.conftest import bring
from tests.reports.conftest import by_tag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
Browser = Callable[[User | None], Client]
SPLIT = (
    "Asset Tag,Make,Model,School,Cost,PO,Award 1,Award 1 percent,Award 2,Award 2 percent\n"
    "ZSP1,HP,Z1,LIN,100.00,PO-ZSP,ARP ESSER 2021,66.67,General fund,33.33\n"
    "ZSP2,HP,Z1,LIN,0.01,PO-ZSP,ARP ESSER 2021,50,General fund,50\n"
    "ZSP3,HP,Z1,LIN,0,PO-ZSP,ARP ESSER 2021,100,,\n"
)


@pytest.fixture
def equipment(lincoln: School) -> None:
    create_category("Equipment", by=SYSTEM)


def answers(
    award: Award, by: User, client: Client, api: Client, day: date | None = None
) -> list[set[str]]:
    """The tags that each way in says the award pays for."""
    as_of = f"&as_of={day}" if day else ""
    page = client.get(f"/assets/?award={award.pk}&columns=tag{as_of}").content.decode()
    found = [set(re.findall(r"\bZSP\d\b", page))]
    dataset = build(award, as_of=day or days.today(), known_at=days.now(), by=by)
    found.append(set(by_tag(dataset)))
    at = days.end_of_day(day) if day else None
    found.append(set(Asset.objects.paid_by([award.pk], at).values_list("tag", flat=True)))
    if day is None:
        rows = api.get(f"/api/v1/assets?award={award.pk}").json()
        found.append({row["tag"] for row in rows["results"]})
    return found


def test_every_share_that_exists_shows_everywhere_at_nothing_too(
    arp: Award, local: Award, fay: User, client_of: Browser, api_of: Browser
) -> None:
    bring(SPLIT)
    client, api = client_of(fay), api_of(fay)
    for award, tags in ((arp, {"ZSP1", "ZSP2", "ZSP3"}), (local, {"ZSP1", "ZSP2"})):
        assert answers(award, fay, client, api) == [tags] * 4, award
        page = client.get(f"/awards/{award.pk}/").content.decode()
        assert f"<strong>{len(tags)}</strong>" in page
        assert f"award={award.pk}&amp;school" in page
    found = {
        f.code: f.tags
        for award in (arp, local)
        for f in build(award, as_of=days.today(), known_at=days.now(), by=SYSTEM).findings
        if f.code.endswith("-zero")
    }
    assert found["cost-zero"] == ("ZSP3",)
    assert found["share-zero"] == ("ZSP2",)


def test_what_was_paid_on_a_past_day_is_one_answer_too(
    arp: Award, local: Award, ana: User, fay: User, client_of: Browser, api_of: Browser
) -> None:
    bring(SPLIT.replace("School,", "School,Acquired,").replace("LIN,", "LIN,2025-02-03,"))
    asset = Asset.objects.select_related("unit").get(tag="ZSP1")
    assert asset.unit is not None
    half = [ShareDraft(local, percent=Decimal(100))]
    since = days.start_of_day(date(2026, 1, 5))
    decide(ask_units([asset.unit], half, by=fay, reason="no", at=since), by=ana, approve=True)
    client, api = client_of(fay), api_of(fay)
    everything = {"ZSP1", "ZSP2", "ZSP3"}
    assert answers(arp, fay, client, api, date(2025, 2, 2)) == [set()] * 3
    assert answers(arp, fay, client, api, date(2025, 6, 30)) == [everything] * 3
    assert answers(arp, fay, client, api, date(2026, 6, 30)) == [everything - {"ZSP1"}] * 3
    assert answers(local, fay, client, api, date(2026, 6, 30)) == [{"ZSP1", "ZSP2"}] * 3
    assert answers(arp, fay, client, api) == [everything - {"ZSP1"}] * 4
    void_asset(Asset.objects.get(tag="ZSP2"), by=SYSTEM, reason="never came")
    assert answers(arp, fay, client, api) == [{"ZSP3"}] * 4


def test_ada_learns_nothing_of_an_award_that_is_not_hers(
    arp: Award, local: Award, ada: User, api_of: Browser
) -> None:
    bring(SPLIT)
    assert api_of(ada).get(f"/api/v1/assets?award={local.pk}").status_code == 404


@pytest.mark.parametrize("door", ["page", "rest"])
def test_a_thing_tagged_today_was_there_since_it_was_acquired(
    door: str,
    arp: Award,
    ana: User,
    lincoln: School,
    room: Room,
    client_of: Browser,
    api_of: Browser,
) -> None:
    """A purchase of 2024, received in two parts; one thing was acquired before it was received."""
    before = days.now()
    purchase = record_purchase("PO-2", by=ana, lines=[LineDraft("Carts", 2, Decimal(900))])
    line = purchase.lines.get()
    (first,) = receive_units(line, 1, by=ana, received_on=date(2024, 2, 1))
    share_line(line, [ShareDraft(arp, percent=Decimal(100))], by=ana)
    (second,) = receive_units(line, 1, by=ana, received_on=date(2024, 9, 2))
    share_line(line, [ShareDraft(arp, percent=Decimal(100))], by=ana, rest=True)
    units = [first, second]
    product, client = make_product(), client_of(ana) if door == "page" else api_of(ana)
    for tag, acquired in (("ZSP1", "2023-08-15"), ("ZSP2", "")):
        if door == "page":
            form = {
                "tag": tag,
                "category": product.category_id,
                "make": product.make,
                "model": product.model,
                "school": lincoln.pk,
                "room": room.pk,
                "status": "in_stock",
                "acquired_on": acquired,
                "line": units[0].line_id,
            }
            answer = client.post("/assets/new/", form)
            assert answer.status_code == 302, answer.content.decode()[:3000]
        else:
            body = {
                "tag": tag,
                "product": product.pk,
                "school": lincoln.pk,
                "room": room.pk,
                "unit": units[int(tag[-1]) - 1].pk,
                "acquired_on": acquired or None,
            }
            answer = client.post("/api/v1/assets", body, content_type="application/json")
            assert answer.status_code == 201, answer.content
    for day, count in (
        (date(2023, 6, 30), 0),
        (date(2023, 9, 30), 1),
        (date(2024, 6, 30), 1),
        (date(2024, 9, 2), 2),
        (days.today() - timedelta(days=1), 2),
    ):
        dataset = build(arp, as_of=day, known_at=days.now(), by=SYSTEM)
        assert (dataset.totals.assets, dataset.totals.federal) == (count, Decimal(450 * count)), day
        assert build(arp, as_of=day, known_at=before, by=SYSTEM).totals.assets == 0
        listed = [f.count for f in dataset.findings if f.code.startswith("listed")]
        assert listed == ([count] if count else [])


def test_a_thing_without_money_is_there_since_it_was_received(lincoln: School, room: Room) -> None:
    asset = register_asset(
        by=SYSTEM,
        tag="ZSP9",
        product=make_product(),
        school=lincoln,
        room=room,
        received_on=date(2024, 3, 1),
    )
    first = asset.spans.get()
    assert days.local_date(first.valid_from) == date(2024, 3, 1)
    assert first.listed_on == days.today()
