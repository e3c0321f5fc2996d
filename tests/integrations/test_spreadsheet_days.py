"""Days as spreadsheets and files write them: read for sure, or refused."""

from datetime import date, datetime

import pytest

from assets.models import Asset, Category
from core.time import days
from people.models import School
from tests.integrations.conftest import bring
from tests.integrations.test_spreadsheets import problems, saved

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "said",
    [
        "8/12/25",
        "08/12/2025 0:00",
        "2025-08-12 13:30:00",
        "2025-08-12T00:00:00Z",
        "Aug 12, 2025",
        "August 12, 2025",
        "12-Aug-25",
        "20250812",
        "45881",
    ],
)
def test_dates_as_files_write_them(equipment: Category, lincoln: School, said: str) -> None:
    bring(f'Tag,Make,Acquired\nA1,Acer,"{said}"\n')
    assert Asset.objects.get().acquired_on == date(2025, 8, 12)


@pytest.mark.parametrize("said", ["31/12/2024", "2019", "August 2019", "13/13/2024"])
def test_what_is_no_date_for_sure_is_refused(
    equipment: Category, lincoln: School, said: str
) -> None:
    assert problems(f'Tag,Make,Acquired\nA1,Acer,"{said}"\n')[2][0][0] == "acquired_on"


def test_two_digits_of_a_year_are_never_far_ahead(equipment: Category, lincoln: School) -> None:
    bring("Tag,Make,Acquired\nA1,Acer,8/12/68\n")
    assert Asset.objects.get().acquired_on == date(1968, 8, 12)


def test_nothing_was_acquired_or_seen_in_the_future(equipment: Category, lincoln: School) -> None:
    day = days.today().replace(year=days.today().year + 1, day=1)
    found = problems(f"Tag,Make,Acquired,Last verified\nA1,Acer,{day},{day}\n")
    assert {field for field, _why in found[2]} == {"acquired_on", "last_verified_on"}


def test_a_time_of_day_in_a_date_cell_is_cut(equipment: Category, lincoln: School) -> None:
    rows = [["Tag", "Make", "Acquired"], ["A1", "Acer", datetime(2025, 8, 12, 10, 30)]]
    bring(saved(("List", rows)))
    assert Asset.objects.get().acquired_on == date(2025, 8, 12)
