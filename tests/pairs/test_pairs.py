"""Whoever holds two memberships sees what each shows, and nothing that neither does.

Two schools, two awards, each kind of membership at each of them: every pair opens every page,
export, label, feed, list of the API, file and report. What stands there is exactly what the two
show: the words of the other side nowhere, their own somewhere, so that no empty page makes it
green. Pairs that reach the same (scopes.py) open these between them; in `make soak` each opens
every one.
"""

import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from core.journal import sealing
from people.models import User
from tests.cast import make_user
from tests.pairs.opening import opened
from tests.pairs.places import TURNS
from tests.pairs.scopes import Holders, alike, reach, sides_of
from tests.pairs.sides import ALONE, MARKS, PAIRS, expected, give, make_side

pytestmark = pytest.mark.django_db
WORDS = {word: (side, what) for side, mark in MARKS.items() for what, word in mark.items()}
Part = tuple[int, int]
#: What somebody read: of which side (the first or second in their order), and what of it.
Read = set[tuple[int, str]]


class Reader:
    """The world, and what somebody with some memberships reads there."""

    def __init__(self, client_of: Callable[..., Client], api_of: Callable[..., Client]) -> None:
        self.sides = {name: make_side(name) for name in MARKS}
        self.client_of, self.api_of = client_of, api_of
        sealing.seal_all()

    def look(self, held: Holders, turn: int | None, part: Part) -> tuple[Read, list[str]]:
        """What they read in their part, and what is wrong with it."""
        user = make_user("Pat", None)
        for one in held:
            give(user, one, self.sides)
        pat = User.objects.get(pk=user.pk)
        order = sides_of(held)
        sides = {name: self.sides[name] for name in order}
        may, seen, wrong = expected(*held), set[str](), []
        clients = self.client_of(user), self.api_of(user)
        for url, text in opened(pat, *clients, sides, turn, part):
            here = {word for word in WORDS if word in text}
            wrong += [f"{held}: {url} tells {word}" for word in sorted(here - may)]
            seen |= here
        return {(order.index(WORDS[w][0]), WORDS[w][1]) for w in seen}, wrong


def own(held: Holders) -> Read:
    """What they are to read somewhere."""
    order = sides_of(held)
    return {(order.index(WORDS[word][0]), WORDS[word][1]) for word in expected(*held)}


def test_there_are_pairs_enough() -> None:
    assert len(PAIRS) >= 60
    pairs = [group for group in alike([*ALONE, *PAIRS]) if len(group[0]) == 2]
    assert len(pairs) >= 5 * TURNS, "many pairs open each of the further addresses"


def test_those_who_reach_alike_are_to_read_alike() -> None:
    for group in alike([*ALONE, *PAIRS]):
        assert len({reach(held, swapped=sides_of(held)[0] != "one") for held in group}) == 1
        assert all(own(held) == own(group[0]) for held in group)


@pytest.fixture
def _no_sweeping_meanwhile() -> Iterator[None]:
    """A tenth of the time went into looking for garbage among what stays."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_sweeping_meanwhile")
@pytest.mark.parametrize(
    "each_alone",
    [pytest.param(False, id="between them"), pytest.param(True, id="each", marks=pytest.mark.soak)],
)
def test_nobody_sees_with_two_memberships_what_neither_shows(
    district: Any, client_of: Callable[..., Client], api_of: Callable[..., Client], each_alone: bool
) -> None:
    """One world for all of them: what it takes to make it is the same for every pair."""
    reader = Reader(client_of, api_of)
    everybody: list[Holders] = [*ALONE, *PAIRS]
    groups = [[held] for held in everybody] if each_alone else alike(everybody)
    wrong = []
    for n, group in enumerate(groups):
        gc.collect()
        everything = each_alone or len(group[0]) == 1
        read: Read = set()
        for i, held in enumerate(group):
            with transaction.atomic():
                seen, more = reader.look(held, None if everything else n, (i, len(group)))
                transaction.set_rollback(True)
            read |= seen
            wrong += more
        wrong += [f"{group}: {what} stands nowhere" for what in sorted(own(group[0]) - read)]
    assert not wrong, "\n".join(wrong)
