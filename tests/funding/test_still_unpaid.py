"""Fay sees what no award pays yet of a purchase, and what pays before she replaces it."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from core.access import SYSTEM
from funding.actions import change_line, create_award, create_program
from funding.models import Award
from people.actions.district import change_district
from people.models import User
from tests.factories import make_purchase

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]
WAITING = "Waits for a cost or an award"


def test_what_a_rise_left_unpaid_waits(arp: Award, local: Award, fay: User, client_of: Of) -> None:
    """Freight came later: the amount rose, and the awards pay what they paid."""
    both = [(arp, "60"), (local, "40")]
    purchase, _units = make_purchase(quantity=7, amount="2364.08", shares=both)
    client, url = client_of(fay), f"/purchases/{purchase.pk}/"
    page = client.get(url).content.decode()
    assert WAITING not in page
    assert "nobody yet" not in page
    change_line(purchase.lines.get(), by=fay, amount=Decimal("2463.53"), reason="Freight")
    page = client.get(url).content.decode()
    assert WAITING in page
    assert "nobody yet: $99.45" in page
    share = client.get(f"{url}share/").content.decode()
    assert f"(now pays: {arp} $1,418.4" in share


@pytest.mark.parametrize(
    ("theirs", "said"), [("grant", "a cost or a grant"), ("award", WAITING), ("fund", "or a fund")]
)
def test_the_article_is_that_of_their_word(
    theirs: str, said: str, fay: User, client_of: Of
) -> None:
    purchase, _units = make_purchase(quantity=1, amount="300.00")
    change_district(by=SYSTEM, words={"award": [theirs, f"{theirs}s"]})
    assert said in client_of(fay).get(f"/purchases/{purchase.pk}/").content.decode()


def test_a_period_that_nobody_entered_is_no_none(fay: User, client_of: Of) -> None:
    for family, said in (("ug", "nobody entered its period"), ("local", "has no period")):
        program = create_program(by=SYSTEM, code=f"X-{family}", name=family, family=family)
        award = create_award(by=SYSTEM, program=program, name=f"Of {family}")
        assert said in client_of(fay).get(f"/awards/{award.pk}/").content.decode()
