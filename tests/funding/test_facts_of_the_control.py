"""What decides whether a second person is needed is not changed by whom it holds."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from core.problems import Refused
from core.time import days
from funding.actions import (
    ShareDraft,
    change_award,
    create_award,
    create_program,
    reclassify,
    share_unit,
    share_units,
    void_unit,
)
from funding.models import Award, Program
from people.actions import create_service_account
from people.actions.district import set_setting
from people.models import User
from people.roles import Role
from tests.cast import make_user
from tests.factories import make_purchase
from tests.funding.test_second_person import WHY, all_of, code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]
Of = Callable[..., Client]
LIMIT = "reclassification_approval_from"


@pytest.fixture
def gift(local: Award) -> Award:
    return create_award(by=SYSTEM, program=local.program, name="Gift")


@pytest.fixture
def bea() -> User:
    return make_user("Bea", Role.ADMINISTRATOR)


def test_fay_does_not_make_federal_money_local_to_move_it(
    arp: Award, local: Award, fay: User, api_of: Of, client_of: Of
) -> None:
    _purchase, units = make_purchase(shares=[(arp, "100")])
    api, page = api_of(fay), client_of(fay)
    path = f"/api/v1/awards/{arp.pk}"
    told = api.patch(
        path,
        {"program": local.program_id},
        "application/json",
        headers={"If-Match": api.get(path)["ETag"]},
    )
    assert told.status_code == 409, told.content
    (error,) = told.json()["errors"]
    assert (error["code"], error["pointer"]) == ("award-pays", "/program")
    form = page.get(f"/awards/{arp.pk}/edit/")
    assert "second person" in form.content.decode(), "it is said before anybody tries"
    typed = {
        name: "" if value is None else value
        for name, value in form.context["form"].initial.items()
        if name != "program"
    }
    told = page.post(f"/awards/{arp.pk}/edit/", typed | {"program": local.program_id})
    assert told.status_code == 200 and "second person" in told.content.decode()
    assert (
        page.post(
            f"/awards/{arp.pk}/edit/", typed | {"program": arp.program_id, "name": "ARP"}
        ).status_code
        == 302
    )
    arp.refresh_from_db()
    assert arp.program.federal and arp.name == "ARP"
    assert code_of(lambda: reclassify([units[0]], all_of(local), by=fay, reason=WHY)) == (
        "approval-required"
    )


def test_money_does_not_become_federal_by_the_program_either(
    arp: Award, local: Award, fay: User, ana: User
) -> None:
    _purchase, (unit, *_more) = make_purchase(shares=[(local, "100")])
    for by in (fay, ana):
        assert code_of(lambda: change_award(local, by=by, program=arp.program)) == "award-pays"  # noqa: B023
    share_unit(unit, [], by=fay, at=None, reason=WHY)
    assert code_of(lambda: change_award(local, by=fay, program=arp.program)) == "award-pays"


def test_an_award_that_pays_nothing_gets_its_right_program(
    arp: Award, local: Award, fay: User
) -> None:
    _purchase, (unit, *_more) = make_purchase()
    began = days.now()
    share_units([(unit, all_of(arp))], by=fay, at=began)
    share_units([(unit, [])], by=fay, at=began, undoing=True)
    changed = change_award(arp, by=fay, program=local.program)  # what was undone was never paid
    assert changed.program == local.program


def test_local_money_goes_with_its_award_below_the_district_s_amount(
    local: Award, ana: User, fay: User
) -> None:
    state = create_program(by=SYSTEM, code="ST", name="State money", family="state")
    make_purchase(shares=[(local, "100")])  # 900.00
    set_setting(LIMIT, "900", by=ana, starts_on=days.today())
    assert code_of(lambda: change_award(local, by=fay, program=state)) == "award-pays"
    set_setting(LIMIT, "900.01", by=SYSTEM, starts_on=days.today())
    assert change_award(local, by=fay, program=state).program == state


def test_an_award_that_was_federal_once_is_judged_as_federal(
    arp: Award, local: Award, gift: Award, fay: User
) -> None:
    """Whoever changed it, also before this was refused."""
    _purchase, units = make_purchase(shares=[(arp, "100")])
    change_award(arp, by=SYSTEM, program=local.program)
    arp.refresh_from_db()
    assert not arp.program.federal
    doors: list[Callable[[], Any]] = [
        lambda: reclassify([units[0]], all_of(local), by=fay, reason=WHY),
        lambda: void_unit(units[0], by=fay, reason=WHY),
    ]
    assert {code_of(do) for do in doors} == {"approval-required"}
    _other, (unit, *_more) = make_purchase(shares=[(gift, "100")])
    assert code_of(lambda: reclassify([unit], all_of(arp), by=fay, reason=WHY)) == (
        "approval-required"
    )
    reclassify([unit], all_of(local), by=fay, reason=WHY)


def test_unit_by_unit_counts_together(
    local: Award, gift: Award, ana: User, fay: User, bea: User
) -> None:
    set_setting(LIMIT, "700", by=ana, starts_on=days.today())
    _purchase, units = make_purchase(shares=[(local, "100")])  # 300.00 each
    reclassify([units[0]], all_of(gift), by=fay, reason=WHY)
    reclassify([units[1]], all_of(gift), by=bea, reason=WHY)
    assert code_of(lambda: reclassify([units[2]], all_of(gift), by=fay, reason=WHY)) == (
        "approval-required"
    )
    assert code_of(lambda: void_unit(units[2], by=fay, reason=WHY)) == "approval-required"
    part = [ShareDraft(gift, Decimal("99.99")), ShareDraft(local, Decimal("200.01"))]
    reclassify([units[2]], part, by=fay, reason=WHY)
    _other, more = make_purchase(shares=[(local, "100")])
    reclassify([more[0]], all_of(gift), by=fay, reason=WHY)


def test_units_voided_one_by_one_count_together(local: Award, ana: User, fay: User) -> None:
    set_setting(LIMIT, "600", by=ana, starts_on=days.today())
    _purchase, units = make_purchase(shares=[(local, "100")])
    void_unit(units[0], by=fay, reason=WHY)
    assert code_of(lambda: void_unit(units[1], by=fay, reason=WHY)) == "approval-required"


def test_who_raises_the_amount_is_held_to_the_lower_one(
    local: Award, gift: Award, ana: User, fay: User, bea: User
) -> None:
    set_setting(LIMIT, "300", by=bea, starts_on=days.today())
    _purchase, units = make_purchase(shares=[(local, "100")])
    for amount in ("1000", "2000"):
        set_setting(LIMIT, amount, by=ana, starts_on=days.today())
    robot = create_service_account("Ledger bridge", by=ana)
    for by in (ana, robot):
        assert code_of(lambda: reclassify([units[0]], all_of(gift), by=by, reason=WHY)) == (  # noqa: B023
            "approval-required"
        )
    reclassify([units[0]], all_of(gift), by=fay, reason=WHY)
    set_setting(LIMIT, "3000", by=bea, starts_on=days.today())
    reclassify([units[1]], all_of(gift), by=ana, reason=WHY)


def test_an_older_release_s_amount_holds_without_its_entry(
    local: Award, gift: Award, fay: User
) -> None:
    from core.models import DistrictSetting
    from tests.factories import made

    made(DistrictSetting.objects.create(key=LIMIT, value="300", starts_on=days.today()))
    _purchase, units = make_purchase(shares=[(local, "100")])
    with pytest.raises(Refused):
        reclassify([units[0]], all_of(gift), by=fay, reason=WHY)
    assert Program.objects.count()
