"""What the front page counts is what the lists behind it show, for whoever looks."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from assets.lists.filters import AssetFilter
from assets.lists.queues import OF_MONEY, QUEUES
from assets.lists.waiting import counted, untagged
from core.models import Entry
from people.actions import add_membership
from people.models import School, User
from people.roles import Role
from tests.cast import make_user
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


@pytest.mark.parametrize("who", ["ana", "tom", "fay", "vic", "ned", "ada"])
def test_each_number_is_that_of_its_list(who: str, world: object, cast: dict[str, User]) -> None:
    by = cast[who]
    found = counted(by)
    for queue in QUEUES:
        of_list = AssetFilter(queue=queue).apply(by).count()
        assert found.queues.get(queue, 0) == of_list, queue
    for status, n in found.statuses.items():
        assert AssetFilter(status=status).apply(by).count() == n


@pytest.mark.parametrize("queue", sorted(OF_MONEY))
def test_what_waits_for_money_is_told_only_who_sees_costs(
    queue: str, world: object, vic: User, client_of: Of
) -> None:
    """Day by day the queue would say since when an award pays for each thing."""
    assert queue not in counted(vic).queues
    page = client_of(vic).get("/assets/").content.decode()
    assert f'value="{queue}"' not in page
    for address in ("/assets/", "/assets/export.csv"):
        for day in ("", "&as_of=2026-01-31"):
            answer = client_of(vic).get(f"{address}?queue={queue}{day}")
            assert answer.status_code == 400, address
            assert "is not one of the choices of queue" in answer.content.decode()


def test_what_waits_for_money_is_told_of_the_schools_whose_costs_somebody_sees(
    lincoln: School, washington: School, ana: User
) -> None:
    eve = make_user("Eve", Role.FINANCE, lincoln)
    add_membership(eve, role=Role.VIEWER, school=washington, by=ana)
    make_asset(school=lincoln, tag="L-1")
    make_asset(school=washington, tag="W-1")
    found = AssetFilter(queue="no_unit").apply(eve)
    assert [a.tag for a in found] == ["L-1"]
    assert counted(eve).queues["no_unit"] == 1


def test_units_that_wait_for_a_tag_are_counted_with_the_oldest(world: object, fay: User) -> None:
    found = untagged(fay)
    assert (found["n"] > 0) == (found["oldest"] is not None)


@pytest.mark.parametrize("who", ["ana", "tom", "vic", "ned"])
def test_lately_is_the_head_of_the_activity(who: str, world: object, cast: dict[str, User]) -> None:
    by = cast[who]
    whole = Entry.objects.visible_to(by).order_by("-id")
    assert [e.pk for e in Entry.objects.all().lately(by, 8)] == [e.pk for e in whole[:8]]


def test_the_front_page_shows_them(world: object, ana: User, client_of: Of) -> None:
    page = client_of(ana).get("/").content.decode()
    for queue, n in counted(ana).queues.items():
        if n:
            assert re.search(rf"queue={queue}\"[^>]*>[^<]*<strong>{n:,}</strong>", page), queue
