"""Two memberships whose sides overlap: the award of the one pays for things of which the other's
school has none, together with an award that pays at that school.

Each address, as somebody with both opens it, tells what it tells to one who holds the first, or to
one who holds the second. A school's membership shows an award as what pays there, and so not on
what another membership shows elsewhere.
"""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from core.time import days
from funding.panels import on_home, with_spending
from people.models import User
from reports.property_record import build
from tests.pairs.overlap import World, read, world
from tests.pairs.sides import Held

__all__ = ["world"]

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]
DIRECTOR: Held = ("technology_director", "one")
AUDITOR: Held = ("auditor of the award", "two")


def test_each_address_tells_two_memberships_what_it_tells_to_one_of_them(
    world: World, client_of: Of, api_of: Of
) -> None:
    one, two, both = (
        read(world, held, client_of, api_of)
        for held in ((DIRECTOR,), (AUDITOR,), (DIRECTOR, AUDITOR))
    )
    wrong = [
        f"{url} tells {word}"
        for url, words in both.items()
        for word in sorted(words - one.get(url, set()) - two.get(url, set()))
    ]
    assert {"ALLTAG", "666.66"} <= set().union(*both.values()), "the audited award's part"
    assert not wrong, "\n".join(wrong)


def test_what_others_pay_at_the_other_school_stays_one_sum_without_a_name(
    world: World, client_of: Of, api_of: Of
) -> None:
    pat = world.somebody(DIRECTOR, AUDITOR)
    shares = api_of(pat).get(f"/api/v1/shares?unit={world.unit.pk}").json()["results"]
    assert [(row["award"], row["amount"]) for row in shares] == [(world.audited.pk, "666.66")]
    purchase = world.unit.line.purchase_id
    for url in (f"/assets/{world.thing.pk}/", f"/purchases/{purchase}/lines/1/units/"):
        page = client_of(pat).get(url).content.decode()
        assert "444.44" in page and "333.33" not in page, url
        assert "Wolfram1" not in page and "Wolfram3" not in page, url
    now = days.now()
    data = build.build(world.audited, as_of=days.today(), known_at=now, by=pat, asked_at=now)
    others = {row.tag: row.other for row in data.rows}
    assert others["ALLTAG"] == "other awards and funds 40.00%"


def test_the_first_school_s_award_counts_its_things_there_alone(
    world: World, client_of: Of
) -> None:
    pat = world.somebody(DIRECTOR, AUDITOR)
    told = {row.pk: row.things for row in with_spending(pat)}
    assert told[world.here.pk] == 1 and told[world.audited.pk] == 3
    rows = on_home(SimpleNamespace(user=pat), None)["awards"]  # type: ignore[arg-type]
    home = {row["award"].pk: row["things"] for row in rows}
    assert home == {world.here.pk: 1, world.audited.pk: 3}
    listed = client_of(pat).get(f"/assets/?award={world.here.pk}").content.decode()
    assert "MARK1TAG" in listed and "ALLTAG" not in listed and "HALFTAG" not in listed


def test_who_sees_them_all_reads_every_name(world: World, fay: User, client_of: Of) -> None:
    page = client_of(fay).get(f"/assets/{world.thing.pk}/").content.decode()
    for word in ("Wolfram1", "Wolfram2", "Wolfram3", "666.66", "333.33", "111.11"):
        assert word in page
    assert {row.pk: row.things for row in with_spending(fay)}[world.here.pk] == 3


def test_at_the_thing_s_own_school_everybody_who_pays_is_named(world: World, client_of: Of) -> None:
    """Also beside an award of one's own."""
    pat = world.somebody(("technology_director", "two"), ("auditor of the award", "one"))
    page = client_of(pat).get(f"/assets/{world.thing.pk}/").content.decode()
    for word in ("Wolfram1", "Wolfram2", "Wolfram3", "666.66", "333.33", "111.11"):
        assert word in page
