"""Two officers say who pays for one unit: the second is told that it changed, and by whom it is
paid now."""

from collections.abc import Callable
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client

from core.problems import Stale
from funding.actions import (
    ShareDraft,
    create_award,
    create_program,
    paying_of,
    set_unit_cost,
    share_unit,
)
from funding.models import Award, Reclassification, Unit, UnitShare
from people.models import User
from tests.factories import make_purchase
from tests.forms import forms_of
from tests.people.test_two_editors import fields

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]
TOLD = "who pays for it changed since you opened this"
WHY = {"reason": "The board decided"}


@pytest.fixture
def bond(fay: User) -> Award:
    program = create_program(by=fay, code="BOND", name="Bond", family="local")
    return create_award(by=fay, program=program, name="Bond 2024")


@pytest.fixture
def unit(local: Award) -> Unit:
    _purchase, [unit] = make_purchase(quantity=1, amount="1200.00", shares=[(local, "100")])
    return unit


def opened(client: Client, unit: Unit) -> dict[str, Any]:
    page = client.get(f"/units/{unit.pk}/share/").content.decode()
    sent = fields(page)
    numbers = [f.values for f in forms_of(page, "/") if "award_1" in f.values]
    assert numbers, "the form shows who pays"
    return sent


def paid(unit: Unit) -> dict[str, Decimal]:
    rows = UnitShare.objects.standing().filter(unit=unit)
    return dict(rows.values_list("award__name", "amount"))


def test_who_pays_is_not_overwritten_unseen(
    unit: Unit, local: Award, bond: Award, fay: User, ana: User, client_of: Of
) -> None:
    url = f"/units/{unit.pk}/share/"
    typed = opened(client_of(fay), unit) | {"amount_1": "600.00"} | WHY
    theirs = opened(client_of(ana), unit) | {"amount_1": "700.00"} | WHY
    theirs |= {"award_2": bond.pk, "amount_2": "500.00"}
    assert client_of(ana).post(url, theirs).status_code == 302
    now = {"General fund": Decimal(700), "Bond 2024": Decimal(500)}
    assert paid(unit) == now

    answer = client_of(fay).post(url, typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert TOLD in page
    assert "Now pays: General fund 700.00, Bond 2024 500.00." in page
    assert paid(unit) == now, "nothing was written"
    kept = fields(page)
    assert (kept["amount_1"], kept["award_1"]) == ("600.00", str(local.pk)), "nothing is lost"
    assert client_of(fay).post(url, kept).status_code == 302
    assert paid(unit) == {"General fund": Decimal(600)}, "having seen it she means it"


def test_nobody_is_asked_for_what_was_decided_on_another_ground(
    unit: Unit, bond: Award, fay: User, client_of: Of
) -> None:
    url = f"/units/{unit.pk}/share/"
    typed = opened(client_of(fay), unit) | {"award_1": bond.pk, "ask": "1"} | WHY
    set_unit_cost(unit, Decimal(1300), by=fay, reason="Freight")
    page = unescape(client_of(fay).post(url, typed).content.decode())
    assert TOLD in page
    assert "Now pays: General fund 1200.00." in page
    assert not Reclassification.objects.exists()
    kept = fields(page) | {"ask": "1"}
    assert client_of(fay).post(url, kept).status_code == 302
    assert Reclassification.objects.count() == 1


def test_one_more_award_and_who_is_alone_are_told_nothing(
    unit: Unit, local: Award, bond: Award, fay: User, client_of: Of
) -> None:
    client, url = client_of(fay), f"/units/{unit.pk}/share/"
    typed = opened(client, unit) | {"amount_1": "700.00"} | WHY
    page = client.post(url, typed | {"more": "1"}).content.decode()
    assert TOLD not in page
    assert "award_2" in page
    more = fields(page) | {"award_2": bond.pk, "amount_2": "500.00"}
    assert client.post(url, more).status_code == 302
    assert paid(unit) == {"General fund": Decimal(700), "Bond 2024": Decimal(500)}
    seen = paying_of(unit)
    draft = [ShareDraft(local, percent=Decimal(100))]
    share_unit(unit, draft, by=fay, at=None, seen=seen, **WHY)
    with pytest.raises(Stale):
        share_unit(unit, draft, by=fay, at=None, seen=seen, **WHY)
