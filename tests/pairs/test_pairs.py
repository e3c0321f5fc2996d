"""Whoever holds two memberships sees what each shows, and nothing that neither does.

Two schools, two awards, each kind of membership at each of them: every pair opens every page, export,
label, feed, list of the API, file and report. What stands there is exactly what the two show: the
words of the other side nowhere, their own somewhere, so that no empty page makes it green.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from core import sealing
from people.models import User
from tests.cast import make_user
from tests.pairs.places import opened
from tests.pairs.sides import HELD, MARKS, PAIRS, Held, expected, give, make_side

pytestmark = [pytest.mark.django_db, pytest.mark.soak]
WORDS = {word for mark in MARKS.values() for word in mark.values()}


@pytest.fixture
def sides(district: Any) -> dict[str, dict[str, Any]]:
    found = {name: make_side(name) for name in MARKS}
    sealing.seal_all()
    return found


def look(
    held: tuple[Held, ...], sides: dict[str, dict[str, Any]], client_of: Any, api_of: Any
) -> list[str]:
    """What is wrong with what somebody with these memberships reads."""
    user = make_user("Pat", None)
    for one in held:
        give(user, one, sides)
    may, seen, wrong = expected(*held), set[str](), []
    for url, text in opened(User.objects.get(pk=user.pk), client_of(user), api_of(user), sides):
        here = {word for word in WORDS if word in text}
        wrong += [f"{held}: {url} tells {word}" for word in sorted(here - may)]
        seen |= here
    return wrong + [f"{held}: {word} stands nowhere" for word in sorted(may - seen)]


def test_there_are_pairs_enough() -> None:
    assert len(PAIRS) >= 60


@pytest.mark.parametrize("first", HELD, ids="@".join)
def test_nobody_sees_with_two_memberships_what_neither_shows(
    first: Held,
    sides: dict[str, dict[str, Any]],
    client_of: Callable[[User], Client],
    api_of: Callable[..., Client],
) -> None:
    wrong = []
    pairs: list[tuple[Held, ...]] = [(first,), *(pair for pair in PAIRS if pair[0] == first)]
    for held in pairs:
        with transaction.atomic():
            wrong += look(held, sides, client_of, api_of)
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)
