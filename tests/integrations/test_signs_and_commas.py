"""A number is what its cell says: red alone is a sign, and a comma may be no thousand."""

from decimal import Decimal

import pytest

from assets.models import Asset, Category
from funding.models import Award
from integrations.formats import shown
from people.models import School
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why
from tests.integrations.test_spreadsheets import formatted

pytestmark = pytest.mark.django_db
RED = "$#,##0.00;[Red]$#,##0.00"


@pytest.mark.parametrize("form", [RED, "$#,##0.00;$#,##0.00", "0.00;[Color 3]0.00", "0;General"])
def test_a_credit_that_a_sheet_shows_in_red_is_not_what_a_thing_cost(
    equipment: Category, lincoln: School, form: str
) -> None:
    rows = [["Tag", "Make", "Cost"], ["A1", "Acer", (-349, form)], ["A2", "Acer", (349, form)]]
    session = bring(formatted(rows))
    assert outcomes(session) == {"refused": 1, "create": 1}
    assert "An amount is not negative." in why(session)
    unit = Asset.objects.get().unit
    assert unit is not None and unit.cost == Decimal(349)


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (-349, "$#,##0.00;($#,##0.00)", "($349.00)"),
        (-349, "0.00;0.00-", "349.00-"),
        (-349, "0.00_);[Red]-0.00", "-349.00"),
        (-0.001, "0.00;0.00", "0.00"),
        (349, RED, "$349.00"),
        (0, RED, "$0.00"),
    ],
)
def test_a_sign_that_is_shown_is_shown_once(value: float, form: str, text: str) -> None:
    assert shown(value, form) == text


@pytest.mark.parametrize("said", ["2,00", "1,5", "1,0", "12,34", "1,2345", "٢"])
def test_a_quantity_with_a_comma_is_no_other_number(
    brings: Brings, lincoln: School, said: str
) -> None:
    session = brings(f'Description,Make,Model,Qty\nDesk,Virco,D9,"{said}"\n')
    assert "A quantity is a whole number. Write it as 2 or 1,200." in why(session)
    assert not Asset.objects.exists()


def test_a_quantity_with_thousands_is_read(equipment: Category, lincoln: School) -> None:
    bring('Description,Make,Qty\nDesk,V,"1,200"\nChair,V,3.00\n', quantity="lot")
    told = set(Asset.objects.values_list("description", flat=True))
    assert told == {"Lot of 1200: Desk", "Lot of 3: Chair"}


@pytest.mark.parametrize("said", ["1_0", "1e1", "٥٠", "--5", "NaN", "50,0"])
def test_a_per_cent_is_written_in_digits(
    equipment: Category, lincoln: School, arp: Award, said: str
) -> None:
    session = look_at(
        f'Tag,Make,Cost,PO,Award 1,Award 1 percent\nA1,Acer,5,P1,{arp.name},"{said}"\n'
    )
    assert "This is no percentage. Write it as 12.5 or 12.5%." in why(session)


def test_an_amount_without_cents_is_not_called_negative(
    equipment: Category, lincoln: School
) -> None:
    session = look_at('Tag,Make,Cost\nA1,HP,"$349,-"\n')
    assert "Write the amount as" in why(session)
