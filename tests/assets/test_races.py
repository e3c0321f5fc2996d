"""32 desks scan the same device: one hands it out, the others get a sentence. Files that
bring the same tags: one of them does."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from django.db import connection

from assets.actions import AssetDraft, assign_asset, register_assets
from assets.models import Asset, Assignment
from core.problems import Refused
from people.models import Room, School, User
from tests.cast import again
from tests.factories import make_asset, make_student

DESKS = 32


def _race(desks: Sequence[Callable[[User], object]], by: User) -> Counter[str]:
    """Each desk does its act at the same moment; how each ended."""
    barrier = threading.Barrier(len(desks))
    ends: Counter[str] = Counter()
    lock = threading.Lock()

    def at(desk: Callable[[User], object]) -> None:
        user = again(by)
        barrier.wait()
        try:
            desk(user)
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

    threads = [threading.Thread(target=at, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def _rounds(rounds: int, lincoln: School, tom: User) -> None:
    people = [make_student(school=lincoln, first=f"S{n}") for n in range(DESKS)]
    for n in range(rounds):
        asset = make_asset(school=lincoln)
        desks = [lambda by, a=asset, p=person: assign_asset(a, to=p, by=by) for person in people]
        ends = _race(desks, tom)
        assert ends == {"won": 1, "409 assigned-already": DESKS - 1}, (n, ends)
        assert Assignment.objects.filter(asset=asset, closed_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_desk_wins_and_the_others_are_told(tom: User, lincoln: School) -> None:
    _rounds(10, lincoln, tom)


@pytest.mark.django_db(transaction=True)
def test_the_same_hundred_tags_come_in_once_and_the_others_are_told_which(
    tom: User, lincoln: School, room: Room
) -> None:
    product = make_asset(school=lincoln).product

    def register(by: User) -> None:
        drafts = [
            AssetDraft(tag=f"N{n:04d}", product=product, school=lincoln, room=room)
            for n in range(100)
        ]
        register_assets(drafts, by=by)

    assert _race([register] * 4, tom) == {"won": 1, "409 tag-taken": 3}
    assert Asset.objects.filter(tag__startswith="N").count() == 100


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_one_desk_wins_three_hundred_times(
    tom: User, lincoln: School, record_property: Callable[[str, object], None]
) -> None:
    _rounds(300, lincoln, tom)
    record_property("rounds", 300)
    record_property("desks", DESKS)
