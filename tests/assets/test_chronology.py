"""Acquired, received, seen, disposed: one order at every door, and nothing is moved to fit it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from assets.actions import (
    AssetDraft,
    assign_asset,
    change_asset,
    correct_asset,
    dispose_asset,
    move_asset,
    register_asset,
    return_asset,
    verify_asset,
)
from assets.register.rules import draft_day_problems
from core.access import SYSTEM
from core.journal import verify
from core.problems import Refused
from core.time import days
from funding.actions import LineDraft, receive_units, record_purchase
from funding.rules.chronology import Chronology, chronology_problems
from people.models import Person, Room, School, User
from tests.factories import make_asset, make_product, make_purchase

pytestmark = pytest.mark.django_db
Browser = Callable[[User | None], Client]
TODAY = date(2026, 11, 28)
D = [date(2024, m, 1) for m in range(1, 7)]


def refused(do: Callable[[], object]) -> set[str]:
    with pytest.raises(Refused) as error:
        do()
    return {p.code for p in error.value.problems}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"acquired_on": date(2026, 12, 1)}, "in-the-future"),
        ({"acquired_on": D[3], "received_on": D[2]}, "received-before-acquired"),
        ({"acquired_on": D[3], "seen_on": D[2]}, "seen-before-acquired"),
        ({"received_on": D[3], "seen_on": D[2]}, "seen-before-received"),
        ({"acquired_on": D[3], "disposed_on": D[2]}, "disposed-before-acquired"),
        ({"acquired_on": D[3], "loaned_on": D[2]}, "loaned-before-acquired"),
        ({"acquired_on": D[3], "status_on": D[2]}, "changed-before-acquired"),
        ({"received_on": D[3], "loaned_on": D[2]}, "loaned-before-received"),
        ({"received_on": D[3], "status_on": D[2]}, "changed-before-received"),
        ({"acquired_on": D[3], "listed_on": D[2]}, "listed-before-acquired"),
    ],
)
def test_what_contradicts_is_refused_with_its_days(told: dict[str, date], code: str) -> None:
    (problem,) = chronology_problems(Chronology(today=TODAY, **told))
    assert problem.code == code
    assert all(f"{day:%m/%d/%Y}" in problem.message for day in told.values())


def test_one_day_for_all_of_it_is_in_order() -> None:
    same = dict.fromkeys(("acquired_on", "received_on", "seen_on", "disposed_on"), D[0])
    assert not list(chronology_problems(Chronology(today=D[0], **same)))


def test_a_new_thing_says_who_has_it_and_when_it_left_or_neither(lincoln: School) -> None:
    def codes(**values: object) -> set[str]:
        draft = AssetDraft(tag="N", product=make_product(), school=lincoln, legacy=True, **values)  # type: ignore[arg-type]
        return {p.code for p in draft_day_problems(draft, days.now())}

    assert codes(loaned_on=D[1]) == {"person-missing"}
    assert codes(disposed_on=D[1]) == {"not-disposed"}
    assert codes(disposed_on=D[1], status="disposed") == set()


def test_who_lost_it_had_it_before(lincoln: School, maria: Person) -> None:
    draft = {
        "tag": "N1",
        "product": make_product(),
        "school": lincoln,
        "legacy": True,
        "holder": maria,
        "status": "lost",
        "status_on": D[1],
    }
    assert refused(lambda: register_asset(by=SYSTEM, **draft, loaned_on=D[2])) == {"loaned-after"}
    asset = register_asset(by=SYSTEM, **draft)
    assert (asset.status, asset.holder) == ("lost", maria)
    assert verify.verify().findings == []


def test_every_door_asks(tom: User, ana: User, lincoln: School) -> None:
    _po, (unit, other) = make_purchase(quantity=2, received_on=D[2])
    asset = make_asset(school=lincoln, tag="100801", unit=unit, acquired_on=D[1])
    early, late = days.start_of_day(D[0]), days.today() + timedelta(days=1)
    between = days.start_of_day(D[1] + timedelta(days=1))
    assert refused(lambda: verify_asset(asset, by=tom, at=early)) == {"seen-before-acquired"}
    assert refused(lambda: verify_asset(asset, by=tom, at=between)) == {"seen-before-received"}
    assert refused(lambda: change_asset(asset, by=ana, acquired_on=D[4])) == {
        "received-before-acquired"
    }
    assert refused(lambda: correct_asset(asset, by=ana, reason="typo", acquired_on=late)) >= {
        "in-the-future"
    }
    assert refused(lambda: make_asset(school=lincoln, unit=other, acquired_on=D[3])) == {
        "received-before-acquired"
    }
    line = record_purchase("PO-F", by=ana, lines=[LineDraft("Carts", 1)]).lines.get()
    assert refused(lambda: receive_units(line, 1, by=ana, received_on=late)) == {"in-the-future"}
    waiting = make_asset(school=lincoln, status="awaiting_disposal", legacy=True, acquired_on=D[1])
    left = refused(lambda: dispose_asset(waiting, by=ana, method="recycled", disposed_on=D[0]))
    assert left == {"disposed-before-acquired"}


def test_a_corrected_day_of_acquisition_moves_when_it_was_there(
    ana: User, lincoln: School, room: Room, library: Room
) -> None:
    asset = make_asset(school=lincoln, tag="100802", room=room, acquired_on=D[3])
    move_asset(asset, to=library, by=ana, at=days.start_of_day(D[5]))

    def there(day: date) -> bool:
        return asset.spans.model.objects.as_of(days.end_of_day(day)).filter(asset=asset).exists()

    assert not there(D[1]) and there(D[3])
    correct_asset(asset, by=ana, reason="misread", acquired_on=D[1])
    assert not there(D[0]) and there(D[1])
    correct_asset(asset, by=ana, reason="misread again", acquired_on=D[4])
    assert not there(D[3]) and there(D[4])
    late = D[5] + timedelta(days=1)
    said = refused(lambda: correct_asset(asset, by=ana, reason="no", acquired_on=late))
    assert said == {"happened-before-acquired"}
    assert verify.verify().findings == []


def test_what_was_listed_stays_listed_where_no_act_tells_it(
    ana: User, lincoln: School, room: Room, maria: Person
) -> None:
    asset = make_asset(school=lincoln, room=room, acquired_on=D[0], legacy=True)
    change_asset(asset, by=ana, condition="fair")
    assign_asset(asset, to=maria, by=ana, at=days.start_of_day(D[3]))
    known = asset.spans.model.objects.known().filter(asset=asset)
    marks = [(days.local_date(s.valid_from), s.listed_on) for s in known.in_order()]
    assert marks[0] == (D[0], days.today())
    assert marks[1] == (D[3], None), "a hand-out tells where it was"


@pytest.mark.untrue("places and people are put out of use behind the register's back")
def test_nothing_goes_to_a_place_that_is_out_of_use(
    ana: User, tom: User, lincoln: School, room: Room, maria: Person
) -> None:
    asset = make_asset(school=lincoln, room=room, home_room=room)
    assign_asset(asset, to=maria, by=tom)
    Room.objects.filter(pk=room.pk).update(active=False)
    room.refresh_from_db()
    for do in (
        lambda: return_asset(asset, by=tom),
        lambda: verify_asset(asset, by=tom, room=room),
        lambda: correct_asset(asset, by=ana, reason="x", room=Room.objects.get(pk=room.pk)),
        lambda: make_asset(school=lincoln, room=room),
    ):
        assert refused(do) == {"room-inactive"}
    School.objects.filter(pk=lincoln.pk).update(active=False)
    closed = School.objects.get(pk=lincoln.pk)
    assert "school-inactive" in refused(
        lambda: make_asset(school=closed, room=closed.rooms.get(code="LIB"))
    )


def test_the_page_and_rest_refuse_with_the_sentence(
    ana: User, lincoln: School, room: Room, client_of: Browser, api_of: Browser
) -> None:
    product = make_product()
    form = {
        "tag": "100803",
        "category": product.category_id,
        "make": product.make,
        "model": product.model,
        "school": lincoln.pk,
        "room": room.pk,
        "status": "in_stock",
        "acquired_on": "2026-06-02",
        "received_on": "2026-06-01",
    }
    page = client_of(ana).post("/assets/new/", form).content.decode()
    assert "received on 06/01/2026" in page and "acquired on 06/02/2026" in page
    body = {
        "tag": "100803",
        "product": product.pk,
        "school": lincoln.pk,
        "room": room.pk,
        "acquired_on": "2026-06-02",
        "received_on": "2026-06-01",
    }
    answer = api_of(ana).post("/api/v1/assets", body, content_type="application/json")
    assert answer.status_code == 409
    assert "received-before-acquired" in answer.content.decode()
