"""A thing and its money were there from when it came, also where that is put right several times.

Each of these was first told by the state machine (tests/machine)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from assets.actions import (
    assign_asset,
    change_asset,
    correct_asset,
    move_asset,
    register_asset,
    void_asset,
)
from assets.models import Asset, AssetSpan, Status
from core.access import SYSTEM
from core.journal import verify
from core.problems import Refused
from core.time import days
from funding.actions import ShareDraft, create_award, share_unit
from funding.models import Award, Unit, UnitShare
from people.models import Person, Room, School, User
from tests.factories import make_asset, make_product, make_purchase

pytestmark = pytest.mark.django_db
D = [date(2024, m, 1) for m in range(1, 10)]


def refused(do: object) -> set[str]:
    with pytest.raises(Refused) as error:
        do()  # type: ignore[operator]
    return {p.code for p in error.value.problems}


def there(asset: Asset, day: date) -> bool:
    return AssetSpan.objects.as_of(days.end_of_day(day)).filter(asset=asset).exists()


def paid(unit: Unit, day: date) -> list[Decimal]:
    """What awards pay of it on a day."""
    rows = UnitShare.objects.as_of(days.end_of_day(day)).filter(unit=unit)
    return sorted(rows.values_list("amount", flat=True))


def begun(asset: Asset, day: date) -> bool:
    """Whether that is its first day."""
    return there(asset, day) and not there(asset, day - timedelta(days=1))


def test_nothing_happens_between_its_registration_and_a_corrected_acquired_day(
    ana: User, tom: User, lincoln: School, library: Room, maria: Person
) -> None:
    with time_machine.travel(days.start_of_day(D[1])):
        asset = make_asset(school=lincoln)
    correct_asset(asset, by=ana, reason="misread", acquired_on=D[4])
    between = days.start_of_day(D[2])
    assert refused(lambda: move_asset(asset, to=library, by=tom, at=between)) == {
        "before-it-was-there"
    }
    assert refused(lambda: assign_asset(asset, to=maria, by=tom, at=between)) == {
        "before-it-was-there"
    }
    assert begun(asset, D[4])


def test_a_correction_puts_it_nowhere_before_the_day_that_it_corrects_to(
    ana: User, lincoln: School, library: Room
) -> None:
    asset = make_asset(school=lincoln, acquired_on=D[0])

    def correct(day: date) -> object:
        return correct_asset(
            asset,
            by=ana,
            reason="both wrong",
            acquired_on=D[3],
            room=library,
            at=days.start_of_day(day),
        )

    assert refused(lambda: correct(D[2])) == {"before-it-was-there"}
    correct(D[3])
    assert begun(asset, D[3])
    assert verify.verify().findings == []


def test_a_thing_on_another_unit_came_with_that_one(ana: User, lincoln: School) -> None:
    _po, (wrong,) = make_purchase(quantity=1, received_on=D[0])
    _po, (right,) = make_purchase(quantity=1, received_on=D[3])
    asset = make_asset(school=lincoln, unit=wrong)
    assert begun(asset, D[0])
    change_asset(asset, by=ana, unit=right)
    assert begun(asset, D[3])
    change_asset(asset, by=ana, unit=None)
    assert begun(asset, days.today())


def test_who_leaves_its_unit_was_there_since_the_day_of_its_list(
    ana: User, lincoln: School
) -> None:
    _po, (wrong,) = make_purchase(quantity=1, received_on=D[0])
    asset = make_asset(school=lincoln, unit=wrong, at=days.start_of_day(D[5]))
    change_asset(asset, by=ana, unit=None)
    assert begun(asset, D[5])


def test_money_follows_the_acquired_day_forth_and_back(
    ana: User, lincoln: School, arp: Award
) -> None:
    _po, (unit,) = make_purchase(quantity=1, received_on=D[5], shares=[(arp, "100")])
    asset = make_asset(school=lincoln, unit=unit)
    for day in (D[1], D[3], D[5], D[2]):
        correct_asset(asset, by=ana, reason="misread", acquired_on=day)
        assert paid(unit, day) == [Decimal("900.00")]
        assert paid(unit, day - timedelta(days=1)) == []
    change_asset(asset, by=ana, acquired_on=None)
    assert (paid(unit, D[4]), paid(unit, D[5])) == ([], [Decimal("900.00")])


def test_money_that_somebody_dated_before_the_receipt_is_never_paid_twice(
    ana: User, lincoln: School, local: Award
) -> None:
    _po, (unit,) = make_purchase(quantity=1, received_on=D[5])
    asset = make_asset(school=lincoln, unit=unit, acquired_on=D[1])
    bond = create_award(by=SYSTEM, program=local.program, name="Bond")
    for award, day in ((bond, D[2]), (local, D[5])):
        at = days.start_of_day(day)
        share_unit(
            unit, [ShareDraft(award, amount=Decimal("900.00"))], by=SYSTEM, at=at, reason="x"
        )
    correct_asset(asset, by=ana, reason="misread", acquired_on=D[0])
    assert [paid(unit, day) for day in (D[1], D[3], D[6])] == [[], [Decimal(900)], [Decimal(900)]]


def test_nothing_is_registered_as_of_a_day_before_it_was_acquired(lincoln: School) -> None:
    at = days.start_of_day(D[1])
    assert refused(lambda: make_asset(school=lincoln, acquired_on=D[3], at=at)) == {
        "listed-before-acquired"
    }
    assert begun(make_asset(school=lincoln, acquired_on=D[1], at=at), D[1])


def test_what_a_list_calls_lost_was_handed_out_by_the_day_of_the_list(
    lincoln: School, maria: Person
) -> None:
    draft = {
        "product": make_product(),
        "school": lincoln,
        "legacy": True,
        "holder": maria,
        "status": "lost",
        "listed_on": D[3],
    }

    def register(tag: str, day: date) -> Asset:
        return register_asset(by=SYSTEM, tag=tag, loaned_on=day, **draft)

    assert refused(lambda: register("N1", D[5])) == {"loaned-after"}
    asset = register("N2", D[2])
    then = AssetSpan.objects.as_of(days.end_of_day(D[2])).get(asset=asset)
    assert (then.status, then.holder, asset.status) == ("in_use", maria, "lost")
    assert verify.verify().findings == []


def test_what_never_was_is_on_no_day_also_where_its_acquired_day_is_corrected(
    ana: User, lincoln: School
) -> None:
    with time_machine.travel(days.start_of_day(D[4])):
        asset = make_asset(school=lincoln, acquired_on=D[3])
    void_asset(asset, by=ana, reason="typed twice")
    correct_asset(asset, by=ana, reason="misread", acquired_on=D[1])
    standing = AssetSpan.objects.known().filter(asset=asset).exclude(status=Status.VOID)
    assert list(standing) == []
    assert begun(asset, D[1]), "void since then"
    assert verify.verify().findings == []
