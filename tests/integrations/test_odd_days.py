"""Days, times and formats of cells as real exports write them: right, asked or refused."""

from datetime import date
from decimal import Decimal

import pytest

from assets.models import Asset, Category
from people.models import School
from tests.integrations.conftest import look_at, outcomes
from tests.integrations.test_spreadsheets import formatted
from tests.integrations.ways import Bring, notes, problems

pytestmark = pytest.mark.django_db


def test_an_instant_is_the_day_that_it_was_in_the_district(bring_odd: Bring) -> None:
    session = bring_odd("d1_iso_instants_utc.csv")
    days = dict(Asset.objects.values_list("tag", "acquired_on"))
    assert days == {"ZD0001": date(2025, 8, 12), "ZD0002": date(2025, 6, 30)}
    seen = dict(Asset.objects.values_list("tag", "last_verified_on"))
    assert seen == {"ZD0001": date(2026, 11, 19), "ZD0002": date(2026, 6, 30)}
    assert "Acquired: times with a zone" in notes(session)


def test_a_column_whose_times_are_all_midnight_holds_days(
    equipment: Category, lincoln: School
) -> None:
    day = "2025-07-01T00:00:00.000Z"
    session = look_at(f"Tag,Make,Acquired\nA1,Acer,{day}\nA2,Acer,{day}\n")
    assert "every time in it is midnight" in notes(session)
    assert session.options["midnight"] == ["Acquired"]


def test_each_shape_of_a_date_is_the_right_day_or_refused(bring_odd: Bring) -> None:
    session = bring_odd("d2_date_shapes.csv")
    assert dict(Asset.objects.values_list("tag", "acquired_on")) == {
        "ZD0102": date(2025, 8, 12),
        "ZD0103": date(2025, 8, 12),
        "ZD0104": date(2024, 2, 29),
        "ZD0111": date(2025, 8, 12),
        "ZD0114": date(2025, 8, 12),
    }
    assert set(problems(session)) == {5}


def test_a_date_of_which_nobody_knows_the_order_is_asked(
    equipment: Category, lincoln: School
) -> None:
    session = look_at("Tag,Make,Acquired\nA1,Acer,31/12/2024\nA2,Acer,3/8/2024\nA3,Acer,5/5/2024\n")
    assert set(problems(session)) == {2, 3}
    assert "the day first" in problems(session)[3][0][1]
    told = look_at("Tag,Make,Acquired\nA1,Acer,31/12/2024\nA2,Acer,3/8/2024\n", order="day")
    assert outcomes(told) == {"create": 2}
    assert "Acquired: dates were read with the day first" in notes(told)


def test_a_cell_means_what_the_sheet_shows(bring_odd: Bring) -> None:
    session = bring_odd("x2_formats.xlsx")
    found = set(Asset.objects.values_list("tag", flat=True))
    assert {"00123", "TAG-00124", "00-0125", "00126", "00127", "00128", "12345678901234"} <= found
    assert "XH-1" in found
    assert "Hidden rows of the sheet were read too: 1" in notes(session)
    days = dict(Asset.objects.exclude(acquired_on=None).values_list("tag", "acquired_on"))
    assert days == {"XD-1": date(2025, 8, 12), "XD-2": date(2025, 8, 12)}
    costs = {a.tag: a.unit.cost for a in Asset.objects.exclude(unit=None) if a.unit}
    assert costs == {
        "XC-1": Decimal("349.99"),
        "XC-2": Decimal("333.33"),
        "XC-4": Decimal("280.00"),
    }
    assert {row: found[0][0] for row, found in problems(session).items()} == {
        12: "acquired_on",
        15: "cost",
    }


def test_a_format_that_nobody_understands_refuses_a_code_and_no_text(
    equipment: Category, lincoln: School
) -> None:
    rows = [
        ["Tag", "Make", "Notes", "Cost"],
        [(124, "[>100]0;00000"), "Acer", (2.5, "# ?/?"), (5, "# ?/?")],
    ]
    session = look_at(formatted(rows))
    assert [field for field, _why in problems(session)[2]] == ["tag"]
    assert "[>100]0;00000" in problems(session)[2][0][1]


def test_a_code_that_a_spreadsheet_turned_into_a_date_is_refused(
    equipment: Category, lincoln: School
) -> None:
    session = look_at("Tag,Make\n2-Jan,Acer\nMar-01,Acer\n2025-01-02,Acer\nA-Jan,Acer\n")
    assert set(problems(session)) == {2, 3, 4}


def test_days_of_an_old_macs_calendar_are_four_years_later(bring_odd: Bring) -> None:
    bring_odd("x3_1904.xlsx")
    days = dict(Asset.objects.values_list("tag", "acquired_on"))
    assert days == {"X1904": date(2025, 8, 12), "X1904b": date(2025, 8, 12)}
