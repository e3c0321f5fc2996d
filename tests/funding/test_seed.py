"""Programs and parameters that a district starts with."""

from datetime import date

import pytest

from core.access import SYSTEM
from core.models import Entry
from funding.actions import set_parameter
from funding.models import Parameter, Program
from funding.seed import seed_reference

pytestmark = pytest.mark.django_db


def test_seeding_twice_adds_nothing_the_second_time() -> None:
    programs, parameters = seed_reference()
    assert programs >= 25 and parameters >= 39
    before = Entry.objects.count()
    assert seed_reference() == (0, 0)
    assert Entry.objects.count() == before


def test_pandemic_programs_know_their_first_and_last_day() -> None:
    seed_reference()
    arp = Program.objects.get(code="ARP-ESSER")
    assert (arp.aln, arp.allowable_from, arp.obligate_by) == (
        "84.425U",
        date(2020, 3, 13),
        date(2024, 9, 30),
    )
    assert Program.objects.get(code="ESSER1").obligate_by == date(2022, 9, 30)
    assert Program.objects.get(code="ESSER2").obligate_by == date(2023, 9, 30)


@pytest.mark.parametrize(
    ("key", "scope", "day", "value"),
    [
        ("equip_threshold", "ug pre2024", date(2026, 1, 1), "5000"),
        ("equip_threshold", "ug 2024", date(2026, 1, 1), "10000"),
        ("c2_floor", "FY2021-2025", date(2024, 1, 1), "25000"),
        ("c2_per_student", "FY2026-2030", date(2026, 11, 23), "201.57"),
        ("ed_text_in_doubt", "ug disposals", date(2025, 2, 1), "cannot tell"),
        ("counter_is_custodian", "policy", date(2026, 1, 1), "warn"),
    ],
)
def test_a_parameter_is_in_force_on_its_days(key: str, scope: str, day: date, value: str) -> None:
    seed_reference()
    assert Parameter.objects.in_force(key, scope, day).value == value


def test_a_parameter_out_of_its_days_is_not_in_force() -> None:
    seed_reference()
    with pytest.raises(Parameter.DoesNotExist):
        Parameter.objects.in_force("ed_text_in_doubt", "ug disposals", date(2025, 2, 10))


def test_a_new_value_leaves_the_past_as_it_was_and_survives_seeding() -> None:
    seed_reference()
    first = date(2027, 1, 1)
    set_parameter("fmv_threshold", "ug 2024", "12000", by=SYSTEM, starts_on=first)
    seed_reference()
    in_force = Parameter.objects.in_force
    assert in_force("fmv_threshold", "ug 2024", date(2026, 12, 31)).value == "10000"
    assert in_force("fmv_threshold", "ug 2024", first).value == "12000"
