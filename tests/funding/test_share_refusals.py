"""Fay says who pays in a way that cannot be, and is told why; nobody pays anything then."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from core.problems import Refused
from funding.actions import LineDraft, ShareDraft, receive_units, record_purchase, share_line
from funding.models import Award, Purchase, PurchaseLine, UnitShare
from people.models import User
from tests.factories import make_purchase
from tests.refusing import page_says, refusal, rest_says

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


@pytest.fixture
def purchase() -> Purchase:
    """Three things for 900.00; a cart of unknown cost; and a case that has not come."""
    lines = [
        LineDraft("Chromebooks", 3, Decimal("900.00")),
        LineDraft("Cart", 1),
        LineDraft("Case", 1),
    ]
    purchase = record_purchase("26-8001", by=SYSTEM, lines=lines)
    for line in purchase.lines.exclude(number=3):
        receive_units(line, line.quantity, by=SYSTEM, received_on=date(2025, 8, 1))
    return purchase


#: The code; the line; awards with amount or per cent; what is said; whether a page can ask it.
SHARES: list[tuple[str, int, list[dict[str, str]], str, bool]] = [
    (
        "award-twice",
        1,
        [{"percent": "50"}, {"percent": "50"}],
        "twice: put its parts together",
        True,
    ),
    (
        "over-100",
        1,
        [{"percent": "60"}, {"other": "1", "percent": "60"}],
        "more than 100: lower",
        True,
    ),
    ("share-missing", 1, [{}], "Give an amount or a percentage of at least 0", True),
    ("share-twice", 1, [{"amount": "1.00", "percent": "1"}], "not both", True),
    ("more-than-cost", 1, [{"amount": "900.01"}], "more than it cost (900.00)", True),
    ("cost-unknown", 2, [{"percent": "100"}], "state its amount before sharing", True),
    ("nothing-received", 3, [{"percent": "100"}], "received yet: receive it first", True),
]


@pytest.mark.parametrize(
    ("code", "number", "parts", "said", "page"), SHARES, ids=[r[0] for r in SHARES]
)
def test_shares_that_cannot_be(
    code: str,
    number: int,
    parts: list[dict[str, str]],
    said: str,
    page: bool,
    purchase: Purchase,
    arp: Award,
    local: Award,
    fay: User,
    client_of: Of,
    api_of: Of,
) -> None:
    line = purchase.lines.get(number=number)
    typed: dict[str, Any] = {"line": line.pk}
    shares: list[dict[str, Any]] = []
    for n, part in enumerate(parts, start=1):
        values = dict(part)
        award = local if values.pop("other", "") else arp
        typed |= {f"award_{n}": award.pk} | {f"{k}_{n}": v for k, v in values.items()}
        shares.append({"award": award.pk} | values)
    page_says(client_of(fay), f"/purchases/{purchase.pk}/share/", typed, code, said)
    body = {"line": number, "shares": shares}
    rest_says(api_of(fay), f"purchases/{purchase.pk}/share", body, code, said)
    assert not UnitShare.objects.exists()


def test_a_unit_of_unknown_cost(
    purchase: Purchase, arp: Award, fay: User, client_of: Of, api_of: Of
) -> None:
    unit = purchase.lines.get(number=2).units.get()
    said = "cost is unknown: state it before sharing it"
    typed = {"award_1": arp.pk, "percent_1": "100"}
    page_says(client_of(fay), f"/units/{unit.pk}/share/", typed, "cost-unknown", said)
    body = {"shares": [{"award": arp.pk, "percent": "100"}], "reason": "It pays"}
    path = f"units/{unit.pk}/reclassify"
    rest_says(api_of(fay), path, body, "cost-unknown", said, pointer="/cost")


def test_nothing_is_left_of_a_line(
    arp: Award, local: Award, fay: User, client_of: Of, api_of: Of
) -> None:
    purchase, _units = make_purchase(shares=[(arp, "100")])
    line = purchase.lines.get()
    said = "all that was received of this line: to change who pays, leave this off"
    typed = {"line": line.pk, "rest_only": "on", "award_1": local.pk, "percent_1": "100"}
    page_says(client_of(fay), f"/purchases/{purchase.pk}/share/", typed, "nothing-left", said)
    body = {"line": line.number, "rest": True, "shares": [{"award": local.pk, "percent": "100"}]}
    path = f"purchases/{purchase.pk}/share"
    rest_says(api_of(fay), path, body, "nothing-left", said, pointer="/rest")


def test_no_door_lets_a_fraction_of_a_cent_through(
    purchase: Purchase, arp: Award, fay: User, client_of: Of, api_of: Of
) -> None:
    line: PurchaseLine = purchase.lines.get(number=1)
    with refusal("fraction-of-a-cent"), pytest.raises(Refused, match="in dollars and cents"):
        share_line(line, [ShareDraft(arp, amount=Decimal("1.005"))], by=fay)
    typed = {"line": line.pk, "award_1": arp.pk, "amount_1": "1.005"}
    page = client_of(fay).post(f"/purchases/{purchase.pk}/share/", typed)
    assert "no more than 2 decimal places" in page.content.decode()
    body = {"line": 1, "shares": [{"award": arp.pk, "amount": "1.005"}]}
    path = f"purchases/{purchase.pk}/share"
    rest_says(api_of(fay), path, body, "invalid", status=400)
    assert not UnitShare.objects.exists()
