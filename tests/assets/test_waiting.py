"""What the front page counts is what the lists behind it show, for whoever looks."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from assets.lists.filters import QUEUES, AssetFilter
from assets.lists.waiting import counted, untagged
from core.models import Entry
from people.models import User

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


@pytest.mark.parametrize("who", ["ana", "tom", "fay", "vic", "ned", "ada"])
def test_each_number_is_that_of_its_list(who: str, world: object, cast: dict[str, User]) -> None:
    by = cast[who]
    found = counted(by, money=True)
    for queue in QUEUES:
        of_list = AssetFilter(queue=queue).apply(by).count()
        assert found.queues.get(queue, 0) == of_list, queue
    for status, n in found.statuses.items():
        assert AssetFilter(status=status).apply(by).count() == n


def test_tom_is_told_no_number_that_hangs_on_money_alone(
    world: object, vic: User, client_of: Of
) -> None:
    assert "no_unit" not in counted(vic, money=False).queues
    assert "cost_unknown" not in counted(vic, money=False).queues


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
    for queue, n in counted(ana, money=True).queues.items():
        if n:
            assert re.search(rf"queue={queue}\"[^>]*>[^<]*<strong>{n:,}</strong>", page), queue
