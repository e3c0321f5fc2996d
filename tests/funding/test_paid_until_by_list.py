"""What a list said of an award that ended leaves, undone, what was paid before it."""

from datetime import date
from decimal import Decimal

import pytest

from assets.models import Asset
from core.time import days
from funding.actions import reclassify
from funding.models import Award, PurchaseLine, Unit
from people.models import User
from tests.factories import make_purchase
from tests.funding.test_paid_until import gift, line, records, told
from tests.integrations.conftest import bring, equipment, undo

__all__ = ["equipment", "gift", "line"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district", "equipment")]
CAME, ENDED = date(2022, 8, 1), date(2024, 1, 1)
BEFORE, DURING, AFTER = date(2022, 7, 31), date(2023, 6, 30), date(2024, 6, 30)
WHY = "As the board decided"


def test_an_undone_list_leaves_what_was_paid_before_it(
    line: PurchaseLine, local: Award, gift: Award, ana: User
) -> None:
    session = bring(f"Tag,Cost,Award\nP1,1000.00,{gift.name}\n", by=ana)
    records(gift, AFTER, days.today())
    undo(session, by=ana)
    assert session.rows.get().undone
    records(local, DURING)
    records(gift)
    bring(f"Tag,Cost,Award\nP1,1000.00,{gift.name}\n", by=ana)
    records(local, DURING)
    records(gift, AFTER, days.today())


def test_so_does_a_list_that_tagged_what_an_award_had_paid_for(
    local: Award, gift: Award, ana: User, fay: User
) -> None:
    """A row takes an untagged unit and says who pays; its undo takes back that alone."""
    purchase, [unit] = make_purchase(
        quantity=1, amount="1000.00", shares=[(local, "100")], received_on=CAME
    )
    reclassify([unit], [], by=fay, reason=WHY, at=days.start_of_day(ENDED))
    row = f"P1,Zeta,Z1,2022-08-01,1000.00,{gift.name},{purchase.number}"
    session = bring(f"Tag,Make,Model,Acquired,Cost,Award,PO\n{row}\n", by=ana)
    assert Asset.objects.get(tag="P1").unit == unit
    records(local, DURING)
    records(gift, AFTER, days.today())
    undo(session, by=ana)
    assert told(local, DURING) == ([], "1000.00", "1")
    assert told(local, AFTER) == told(gift, AFTER) == ([], "0.00", "0")
    assert Unit.objects.get(pk=unit.pk).cost == Decimal("1000.00")
