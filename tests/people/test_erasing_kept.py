"""What keeps somebody from being forgotten, and until when."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from assets.actions import assign_asset, return_asset
from core.access import SYSTEM
from core.time import days
from funding.actions import create_award, create_program
from funding.models import Award
from funding.seed import seed_reference
from people.actions import erase_person, merge_people
from people.models import Person, Room, User
from tests.factories import make_asset, make_purchase, make_student
from tests.people.test_erasing import codes

pytestmark = pytest.mark.django_db
Browser = Callable[[User | None], Client]


@pytest.fixture
def ecf(district: Any) -> Award:
    seed_reference()
    program = create_program(by=SYSTEM, code="ECF1", name="Connectivity", family="ecf")
    return create_award(by=SYSTEM, program=program, name="ECF 2021")


def lend(person: Person, award: Award, *, given: date, back: date | None) -> None:
    """A laptop that an award paid for, handed to somebody and (perhaps) taken back."""
    at = days.start_of_day(given)
    _purchase, units = make_purchase(shares=[(award, "100")], received_on=given, quantity=1, at=at)
    asset = make_asset(school=person.school, unit=units[0], at=at)
    assign_asset(asset, to=person, by=SYSTEM, at=at + timedelta(hours=1))
    if back is not None:
        asset.refresh_from_db()
        room = person.school.rooms.first()
        return_asset(asset, by=SYSTEM, room=room, at=days.start_of_day(back) + timedelta(hours=9))


# What keeps them


def test_who_still_holds_something_is_kept(ana: User, maria: Person, client_of: Browser) -> None:
    asset = make_asset(school=maria.school, tag="MV1")
    assign_asset(asset, to=maria, by=SYSTEM)
    assert codes(maria, ana) == ["holds"]
    shown = client_of(ana).get(f"/people/{maria.pk}/erase/").content.decode()
    assert "They still hold items: MV1" in shown and "Erase for good" not in shown
    asset.refresh_from_db()
    return_asset(asset, by=SYSTEM, room=maria.school.rooms.first())
    assert erase_person(maria, by=ana, reason="Asked for.").erased_at


def test_an_ecf_loan_keeps_her_for_ten_years_and_the_page_says_until_when(
    ana: User, maria: Person, ecf: Award, client_of: Browser
) -> None:
    lend(maria, ecf, given=date(2022, 9, 1), back=date(2024, 6, 14))
    assert codes(maria, ana) == ["kept"]
    shown = client_of(ana).get(f"/people/{maria.pk}/erase/").content.decode()
    assert "until 06/14/2024" in shown and "They can be erased after 06/14/2034." in shown
    with time_machine.travel("2034-06-14T18:00:00Z", tick=False):
        assert codes(maria) == ["kept"]
    with time_machine.travel("2034-06-15T18:00:00Z", tick=False):
        assert erase_person(maria, by=SYSTEM, reason="Ten years are over.").erased_at


def test_a_loan_of_other_money_keeps_nobody(ana: User, maria: Person, arp: Award) -> None:
    lend(maria, arp, given=date(2022, 9, 1), back=date(2024, 6, 14))
    assert erase_person(maria, by=ana, reason="Asked for.").erased_at


def test_a_loan_by_a_row_that_was_merged_into_hers_keeps_her(
    ana: User, maria: Person, ecf: Award
) -> None:
    twice = make_student(school=maria.school, first="Mary", last="Lopes")
    lend(twice, ecf, given=date(2022, 9, 1), back=date(2023, 6, 14))
    merge_people(twice, into=maria, by=SYSTEM, reason="Enrolled twice")
    assert codes(maria, ana) == ["kept"]


@pytest.mark.untrue(reason="writes a row behind the register's back")
def test_without_the_parameter_nobody_can_tell(ana: User, maria: Person, ecf: Award) -> None:
    from funding.models import Parameter

    lend(maria, ecf, given=date(2012, 9, 1), back=date(2013, 6, 14))
    Parameter.objects.filter(key="ecf_retention_years").delete()
    assert codes(maria, ana) == ["kept-unknown"]


@pytest.mark.untrue(reason="writes a row behind the register's back")
def test_who_answers_for_a_room_is_kept(ana: User, maria: Person, room: Room) -> None:
    room.custodian = maria
    room.save(update_fields=["custodian"])
    assert codes(maria, ana) == ["custodian"]
