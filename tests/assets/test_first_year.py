"""A slip of a year (0001 for 2001) is told where it is typed, and nothing reckons with it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from core.web.asked import day_asked
from funding.models import Award
from people.models import Person, Room, User
from tests.factories import make_asset
from tests.refusing import refusal

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
SAID = "Give a date from 1900 to 2199."


ADDRESSES = [
    "/assets/?as_of=",
    "/assets/?queue=not_verified&as_of=",
    "/assets/export.csv?as_of=",
    "/assets/labels/?as_of=",
    "/assets/{asset}/?as_of=",
    "/rooms/{room}/?on=",
    "/people/{person}/?on=",
    "/activity/?on=",
]


def test_tom_is_told_that_no_list_is_of_the_year_1(
    tom: User, room: Room, maria: Person, client_of: Of
) -> None:
    asset, client = make_asset(school=room.school, tag="Y-1"), client_of(tom)
    for address in ADDRESSES:
        at = address.format(asset=asset.pk, room=room.pk, person=maria.pk)
        for day in ("0001-01-01", "0002-01-01", "1899-12-31"):
            with refusal("out-of-range"):
                answer = client.get(at + day)
            assert answer.status_code == 400, at + day
            assert SAID in answer.content.decode()


def test_the_first_day_of_1900_is_a_day_of_which_a_list_can_be(
    tom: User, room: Room, client_of: Of
) -> None:
    assert day_asked("1900-01-01", "as_of") is not None
    for queue in ("", "&queue=not_verified"):
        assert client_of(tom).get(f"/assets/?as_of=1900-01-01{queue}").status_code == 200


def test_fay_orders_nothing_in_the_year_1(fay: User, client_of: Of) -> None:
    typed = {"number": "PO-1", "description": "Laptops", "quantity": "1"}
    for day in ("0001-01-01", "9999-12-31"):
        answer = client_of(fay).post("/purchases/new/", typed | {"ordered_on": day})
        assert answer.status_code == 200
        assert SAID in answer.content.decode()


def test_no_report_is_made_of_the_year_1_by_command(local: Award, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="1900 to 2199"):
        call_command("report", "r1", award=local.name, as_of="0001-01-01", out=str(tmp_path / "r"))
