"""Who decides what another asked, once, and on what they read."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from core.access import SYSTEM
from core.models import Approval
from core.problems import NotPermitted, Refused, Stale
from core.time import days
from funding.actions import (
    ask_line,
    ask_unit,
    ask_units,
    carry_out,
    decide,
    set_unit_cost,
    withdraw,
)
from funding.models import Award, PurchaseLine, Reclassification
from people.models import User
from people.roles import Role
from tests.cast import again, make_user
from tests.factories import make_purchase
from tests.funding.test_second_person import all_of, code_of, line, paying

__all__ = ["line"]

pytestmark = pytest.mark.django_db
Browser = Callable[[User | None], Client]
WHY = "Disallowed on monitoring"


def test_nobody_decides_on_their_own_request_and_no_robot_ever(
    line: PurchaseLine, local: Award, fay: User, tom: User
) -> None:
    row = ask_line(line, all_of(local), by=fay, reason=WHY)
    with pytest.raises(Refused) as refused:
        decide(row, by=again(fay), approve=True)
    (problem,) = refused.value.problems
    assert problem.code == "own-request" and "Invite a second person" in str(problem)
    ana = make_user("Ana", Role.ADMINISTRATOR)
    assert ana.is_active
    with pytest.raises(Refused) as refused:
        decide(row, by=again(fay), approve=True)
    assert "Invite" not in str(refused.value.problems[0]), "Ana may"
    robot = make_user("Robot", Role.FINANCE, kind=User.Kind.SERVICE)
    assert code_of(lambda: decide(row, by=robot, approve=True)) == "service-decides"
    with pytest.raises((NotPermitted, Reclassification.DoesNotExist)):
        decide(row, by=tom, approve=True)
    assert code_of(lambda: decide(row, by=SYSTEM, approve=True)) == "service-decides"
    assert Approval.objects.get().waits


def test_where_nobody_else_may_the_page_invites_one(
    line: PurchaseLine, local: Award, ana: User, client_of: Browser
) -> None:
    typed = {"line": line.pk, "award_1": local.pk, "percent_1": "100", "reason": WHY}
    page = client_of(ana).post(f"/purchases/{line.purchase_id}/share/", typed).content.decode()
    assert "/users/invite/" in page and "Nobody else may approve it yet" in page
    row = ask_line(line, all_of(local), by=ana, reason=WHY)
    page = client_of(ana).get(f"/reclassifications/{row.pk}/").content.decode()
    assert "/users/invite/" in page and 'name="approve"' not in page
    told = client_of(ana).post(f"/reclassifications/{row.pk}/", {"approve": "1"}).content.decode()
    assert "nobody else may" in told
    client_of(ana).post(f"/reclassifications/{row.pk}/", {"withdraw": "1"})
    assert Approval.objects.get().taken_back_at


def test_it_is_decided_once_and_a_no_has_its_reason(
    line: PurchaseLine, arp: Award, local: Award, fay: User, ana: User, client_of: Browser
) -> None:
    row = ask_line(line, all_of(local), by=fay, reason=WHY)
    assert code_of(lambda: decide(row, by=ana, approve=False)) == "reason-missing"
    assert code_of(lambda: withdraw(row, by=ana)) == "not-yours"
    client_of(ana).post(f"/reclassifications/{row.pk}/", {"reject": "1", "reason": "No letter"})
    assert "No letter" in client_of(fay).get(f"/reclassifications/{row.pk}/").content.decode()
    assert code_of(lambda: decide(row, by=ana, approve=True)) == "decided-already"
    assert code_of(lambda: withdraw(row, by=fay)) == "decided-already"
    assert code_of(lambda: carry_out(row, by=ana)) == "approval-required"
    assert paying(line) == {arp.name: Decimal(900)}


def test_what_changed_since_it_was_asked_is_asked_anew(
    line: PurchaseLine, local: Award, fay: User, ana: User
) -> None:
    first = ask_line(line, all_of(local), by=fay, reason=WHY)
    second = ask_line(line, all_of(local), by=fay, reason=WHY)
    third = ask_unit(line.units.get(number=1), all_of(local), by=fay, reason=WHY)
    decide(second, by=ana, approve=True)
    for row in (first, third):
        assert code_of(lambda row=row: decide(row, by=ana, approve=True), Stale) == "stale"
        assert Approval.objects.get(subject_id=row.pk).waits, "a stale one can be withdrawn"
    assert code_of(lambda: carry_out(second, by=ana)) == "approval-required", "once"


def test_a_cost_that_changed_meanwhile_is_seen(
    line: PurchaseLine, local: Award, fay: User, ana: User
) -> None:
    row = ask_line(line, all_of(local), by=fay, reason=WHY)
    set_unit_cost(line.units.get(number=2), Decimal("400.00"), by=fay, reason="Invoice")
    assert code_of(lambda: decide(row, by=ana, approve=True), Stale) == "stale"


def test_what_cannot_be_asked_is_refused(line: PurchaseLine, local: Award, fay: User) -> None:
    _po, (free, *_more) = make_purchase()
    later = days.start_of_day(date(2099, 1, 1))
    assert (
        code_of(lambda: ask_unit(free, all_of(local), by=fay, reason=WHY))
        == "nothing-to-reclassify"
    )
    assert code_of(lambda: ask_line(line, all_of(local), by=fay, reason=" ")) == "reason-missing"
    assert (
        code_of(lambda: ask_line(line, all_of(local), by=fay, reason=WHY, at=later))
        == "in-the-future"
    )
    two = [free, line.units.get(number=1)]
    assert code_of(lambda: ask_units(two, all_of(local), by=fay, reason=WHY)) == "several-lines"
    assert code_of(lambda: ask_line(line, all_of(local), by=SYSTEM, reason=WHY)) == "nobody-asks"
