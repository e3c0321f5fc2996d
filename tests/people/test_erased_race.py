"""A desk hands something out while somebody else erases whom it is for: one of the two is
refused."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from assets.actions import (
    AssetDraft,
    assign_asset,
    assign_assets,
    correct_asset,
    register_assets,
)
from assets.models import Asset
from core.access import SYSTEM
from core.problems import Refused
from people.actions import change_room, create_room, erase_person
from people.models import Person, School
from tests.factories import make_asset, make_student

pytestmark = pytest.mark.django_db(transaction=True)
Act = Callable[[], object]


def second(first: Act, other: Act) -> list[str]:
    """`first` has acted and not committed when `other` begins: the codes with which that is
    refused."""
    codes: list[str] = []
    began = threading.Event()

    def run() -> None:
        began.set()
        try:
            other()
        except Refused as refused:
            codes.extend(p.code for p in refused.problems)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        first()
        thread.start()
        began.wait()
        time.sleep(0.3)  # long enough for the other to come to the row; its end is waited for below
        assert thread.is_alive(), "the other waits for us"
    thread.join()
    return codes


def doors(asset: Asset, person: Person) -> dict[str, Act]:
    """Every act after which somebody has a thing, with what it had read before."""
    draft = AssetDraft(tag="RACE1", product=asset.product, school=asset.school, holder=person)
    return {
        "assign": lambda: assign_asset(asset, to=person, by=SYSTEM),
        "bulk": lambda: assign_assets([(asset, person)], by=SYSTEM),
        "correct": lambda: correct_asset(asset, by=SYSTEM, holder=person, reason="The wrong one."),
        "register": lambda: register_assets([draft], by=SYSTEM),
    }


@pytest.fixture
def maria(lincoln: School) -> Person:
    return make_student(school=lincoln, first="Maria", last="Lopez")


def a_thing(door: str, lincoln: School) -> Asset:
    asset = make_asset(school=lincoln)
    if door == "correct":
        assign_asset(asset, to=make_student(school=lincoln, first="Una"), by=SYSTEM)
        asset.refresh_from_db()
    return asset


@pytest.mark.parametrize("door", ["assign", "bulk", "correct", "register"])
def test_who_is_being_erased_gets_nothing(door: str, maria: Person, lincoln: School) -> None:
    act = doors(a_thing(door, lincoln), maria)[door]
    codes = second(lambda: erase_person(maria, by=SYSTEM, reason="Asked for."), act)
    assert codes == ["person-inactive"]
    assert not Asset.objects.filter(holder=maria).exists()


def test_who_is_being_erased_answers_for_no_room(maria: Person, lincoln: School) -> None:
    room = create_room(lincoln, "R1", by=SYSTEM)
    codes = second(
        lambda: erase_person(maria, by=SYSTEM, reason="Asked for."),
        lambda: change_room(room, by=SYSTEM, custodian=maria),
    )
    assert codes == ["erased"]
    una = make_student(school=lincoln, first="Una", last="Vane")
    codes = second(
        lambda: change_room(room, by=SYSTEM, custodian=una),
        lambda: erase_person(una, by=SYSTEM, reason="Asked for."),
    )
    assert codes == ["custodian"]


@pytest.mark.parametrize("door", ["assign", "bulk", "correct", "register"])
def test_who_is_being_handed_something_is_kept(door: str, maria: Person, lincoln: School) -> None:
    act = doors(a_thing(door, lincoln), maria)[door]
    codes = second(act, lambda: erase_person(maria, by=SYSTEM, reason="Asked for."))
    assert codes == ["holds"]
    assert not Person.objects.get(pk=maria.pk).erased_at
    assert Asset.objects.filter(holder=maria).exists()
