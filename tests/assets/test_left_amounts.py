"""Nothing leaves for less than nothing, whoever says so: zero is an amount, empty is unknown."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assets.actions import dispose_asset
from assets.models import Disposal
from core.problems import Refused
from core.time import days
from people.models import School, User
from tests.factories import make_asset

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("field", ["sale_price", "fair_market_value"])
def test_what_it_brought_or_was_worth_is_not_negative(
    ana: User, lincoln: School, field: str
) -> None:
    asset = make_asset(school=lincoln, legacy=True, status="awaiting_disposal")

    def dispose(amount: str) -> Disposal:
        told: dict[str, Any] = {field: Decimal(amount)}
        return dispose_asset(asset, by=ana, method="sold", disposed_on=days.today(), **told)

    with pytest.raises(Refused) as refusal:
        dispose("-0.01")
    (problem,) = refusal.value.problems
    assert (problem.code, problem.field) == ("amount-negative", field)
    kept = dispose("0")
    assert getattr(kept, field) == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.filter(pk=kept.pk).update(**{field: Decimal("-0.01")})
