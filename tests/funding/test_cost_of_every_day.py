"""What a thing cost has no day: it is no less than awards paid of it on any day."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from core.models import Entry
from core.time import days
from funding.actions import ShareDraft, add_line, ask_unit, change_line, decide, set_unit_cost
from funding.models import Award, Unit, UnitShare
from people.models import School, User
from reports.property_record.build import build
from tests.factories import make_asset, make_purchase
from tests.funding.test_credits import code_of, credit
from tests.integrations.conftest import look_at
from tests.refusing import page_says, rest_says

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]
CAME, DAY = date(2025, 9, 5), date(2025, 11, 15)
WHY = "The invoice says so"
CODE = "cost-below-shares"


@pytest.fixture
def unit(arp: Award, lincoln: School) -> Unit:
    """A laptop for 1,200.00 that ARP pays whole."""
    _purchase, [unit] = make_purchase(
        quantity=1, amount="1200.00", shares=[(arp, "100")], received_on=CAME, what="Laptop"
    )
    make_asset(school=lincoln, unit=unit, tag="LAPTOP")
    return unit


def pays(award: Award, unit: Unit, amount: str, by: User, other: User, on: date | None) -> None:
    """One asks, another approves: from a day on (None: from now) the award pays so much."""
    draft = [ShareDraft(award, Decimal(amount))]
    at = days.start_of_day(on) if on else None
    decide(ask_unit(unit, draft, by=by, reason=WHY, at=at), by=other, approve=True)


def federal(award: Award) -> list[Any]:
    """Cost, what is federal of it and its per cent, as R1 says of a day in November."""
    built = build(award, as_of=DAY, known_at=days.now(), by=SYSTEM)
    keys = [c.key for c in built.columns]
    said = dict(zip(keys, built.rows[0], strict=True))
    return [said["cost"], said["federal_percent"]]


def test_a_cost_is_not_less_than_what_awards_paid_on_past_days(
    unit: Unit, arp: Award, fay: User, ana: User, client_of: Of, api_of: Of
) -> None:
    body = {"cost": "800.00", "reason": WHY}
    page, rest = f"/units/{unit.pk}/cost/", f"units/{unit.pk}/cost"

    def refused(*said: str) -> None:
        page_says(client_of(fay), page, body, CODE, *said)
        rest_says(api_of(fay), rest, body, CODE, *said)
        assert code_of(lambda: set_unit_cost(unit, None, by=fay, reason=WHY)) == CODE
        line = unit.line
        change = partial(change_line, line, by=fay, reason=WHY, amount=Decimal(800))
        less = partial(add_line, line.purchase, credit("-400.00"), by=fay, reason=WHY)
        assert (code_of(change), code_of(less)) == (CODE, CODE)
        session = look_at("Tag,Cost\nLAPTOP,800.00\n", by=ana, name="later.csv")
        [[column, why]] = session.rows.get().problems
        assert column == "cost"
        assert all(words in why for words in said)

    since = "1200.00 of it since 09/05/2025"
    refused(since, "it cost the same on every day")
    pays(arp, unit, "800.00", fay, ana, None)
    refused(since, "Reclassify them first, from that day on")
    assert federal(arp) == [Decimal("1200.00"), Decimal("100.00")], "nothing is above its cost"

    pays(arp, unit, "800.00", fay, ana, CAME)
    assert client_of(fay).post(page, body).status_code == 302
    unit.refresh_from_db()
    assert unit.cost == Decimal(800)
    assert federal(arp) == [Decimal("800.00"), Decimal("100.00")]
    assert [s.amount for s in UnitShare.objects.known()] == [Decimal("800.00")]
    assert Entry.objects.filter(kind="unit.cost_set").count() == 1


def test_what_is_below_what_awards_pay_of_a_part_is_asked_of_their_sum(
    unit: Unit, arp: Award, local: Award, fay: User, ana: User, api_of: Of
) -> None:
    drafts = [ShareDraft(arp, Decimal(500)), ShareDraft(local, Decimal(300))]
    at = days.start_of_day(CAME)
    decide(ask_unit(unit, drafts, by=fay, reason=WHY, at=at), by=ana, approve=True)
    pays(arp, unit, "500.00", fay, ana, DAY)
    body = {"cost": "799.99", "reason": WHY}
    rest_says(api_of(fay), f"units/{unit.pk}/cost", body, CODE, "800.00 of it since 09/05/2025")
    fine = api_of(fay).post(
        f"/api/v1/units/{unit.pk}/cost", body | {"cost": "800.00"}, "application/json"
    )
    assert fine.status_code == 200
    assert fine.json()["cost"] == "800.00"
