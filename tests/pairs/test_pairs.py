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
from tests.pairs.places import TURNS, opened
from tests.pairs.sides import ALONE, MARKS, PAIRS, Held, expected, give, make_side

pytestmark = [pytest.mark.django_db, pytest.mark.soak]
WORDS = {word for mark in MARKS.values() for word in mark.values()}


def look(
    held: tuple[Held, ...], turn: int | None, sides: dict[str, dict[str, Any]], client_of: Any,
    api_of: Any,
) -> list[str]:  # fmt: skip
    """What is wrong with what somebody with these memberships reads."""
    user = make_user("Pat", None)
    for one in held:
        give(user, one, sides)
    may, seen, wrong = expected(*held), set[str](), []
    pat = User.objects.get(pk=user.pk)
    for url, text in opened(pat, client_of(user), api_of(user), sides, turn):
        here = {word for word in WORDS if word in text}
        wrong += [f"{held}: {url} tells {word}" for word in sorted(here - may)]
        seen |= here
    return wrong + [f"{held}: {word} stands nowhere" for word in sorted(may - seen)]


def test_there_are_pairs_enough() -> None:
    assert len(PAIRS) >= 60
    assert len(PAIRS) >= 10 * TURNS, "many pairs open each of the further addresses"


def test_nobody_sees_with_two_memberships_what_neither_shows(
    district: Any, client_of: Callable[[User], Client], api_of: Callable[..., Client]
) -> None:
    """One world for all of them: what it takes to make it is the same for every pair."""
    sides = {name: make_side(name) for name in MARKS}
    sealing.seal_all()
    looks: list[tuple[tuple[Held, ...], int | None]] = [(held, None) for held in ALONE]
    looks += [(held, turn) for turn, held in enumerate(PAIRS)]
    wrong = []
    for held, turn in looks:
        with transaction.atomic():
            wrong += look(held, turn, sides, client_of, api_of)
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)
