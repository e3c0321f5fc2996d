"""Amounts and quantities that could mean two things: three decimals, and parts of a cent."""

from decimal import Decimal

import pytest

from assets.models import Asset, Category
from people.models import School
from tests.integrations.conftest import bring, look_at, outcomes, why
from tests.integrations.test_cells_of_one_meaning import a_thing, listed
from tests.integrations.test_spreadsheets import formatted

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("cost", ["1.000", "2.500", "$250.000", "999.990", "1.000 USD"])
def test_an_amount_with_three_decimals_may_be_thousands(
    equipment: Category, lincoln: School, cost: str
) -> None:
    assert "Write it in one of these ways" in why(look_at(listed(a_thing(Cost=cost))))


@pytest.mark.parametrize(
    ("cost", "is_"),
    [("0.000", "0"), ("1299.000", "1299"), ("1,250.000", "1250"), ("349.0000", "349")],
)
def test_an_amount_that_can_be_no_thousands_is_read(
    equipment: Category, lincoln: School, cost: str, is_: str
) -> None:
    bring(listed(a_thing(Cost=cost)))
    unit = Asset.objects.get().unit
    assert unit is not None and unit.cost == Decimal(is_)


def test_a_quantity_with_three_decimals_may_be_a_thousand(
    equipment: Category, lincoln: School
) -> None:
    session = look_at(listed([*a_thing(Qty="1.000"), ["X2", "HP", "M", "1.00"]]))
    assert outcomes(session) == {"refused": 1, "create": 1}
    assert "1.000 can be 1 or 1,000." in why(session)


@pytest.mark.parametrize(
    ("value", "form"), [(1000 / 3, "$#,##0"), (12.345, "0"), (99.999, "$0"), (12.345, "0.0")]
)
def test_parts_of_a_cent_that_a_format_hides_are_not_lost(
    equipment: Category, lincoln: School, value: float, form: str
) -> None:
    session = look_at(formatted(a_thing(Cost=(value, form))))
    assert "Amounts have two decimals" in why(session)


@pytest.mark.parametrize(
    ("value", "form", "is_"),
    [
        (1000 / 3, "$#,##0.00", "333.33"),
        (349.99, "$#,##0", "349.99"),
        (349.0000001, "$0", "349"),
        (5.5e-17, "0", "0"),
    ],
)
def test_an_amount_that_the_sheet_shows_to_the_cent_is_that(
    equipment: Category, lincoln: School, value: float, form: str, is_: str
) -> None:
    bring(formatted(a_thing(Cost=(value, form))))
    unit = Asset.objects.get().unit
    assert unit is not None and unit.cost == Decimal(is_)
