"""32 desks scan the same device: one hands it out, the others get a sentence (C-02)."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection

from assets.actions import assign_asset
from assets.models import Asset, Assignment
from core.problems import Refused
from people.models import Person, School, User
from tests.cast import again
from tests.factories import make_asset, make_student

DESKS = 32


def _race(asset: Asset, people: list[Person], by: User) -> Counter[str]:
    """Each person's desk assigns the asset at the same moment; how each ended."""
    barrier = threading.Barrier(len(people))
    ends: Counter[str] = Counter()
    lock = threading.Lock()

    def desk(person: Person) -> None:
        user = again(by)
        barrier.wait()
        try:
            assign_asset(asset, to=person, by=user)
            end = "won"
        except Refused as refusal:
            problem = refusal.problems[0]
            end = f"{refusal.status} {problem.code}" if problem.message else "silent"
        except Exception as error:  # noqa: BLE001 - anything else is what this test looks for
            end = repr(error)
        finally:
            connection.close()
        with lock:
            ends[end] += 1

    threads = [threading.Thread(target=desk, args=(p,)) for p in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def _rounds(rounds: int, lincoln: School, tom: User) -> None:
    people = [make_student(school=lincoln, first=f"S{n}") for n in range(DESKS)]
    for n in range(rounds):
        asset = make_asset(school=lincoln)
        ends = _race(asset, people, tom)
        assert ends == {"won": 1, "409 assigned-already": DESKS - 1}, (n, ends)
        assert Assignment.objects.filter(asset=asset, closed_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_desk_wins_and_the_others_are_told(tom: User, lincoln: School) -> None:
    _rounds(10, lincoln, tom)


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_one_desk_wins_three_hundred_times(
    tom: User, lincoln: School, record_property: Callable[[str, object], None]
) -> None:
    _rounds(300, lincoln, tom)
    record_property("rounds", 300)
    record_property("desks", DESKS)
