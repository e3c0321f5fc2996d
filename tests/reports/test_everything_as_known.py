"""R1 of a past known-at, drawn from the models: whichever column of whichever table was changed
since, of the report's own award or of another that pays for the same thing, it says the same."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import models

from assets.actions import change_category
from assets.models import Category
from core.access import SYSTEM
from core.facts import columns
from core.journal.writing import changed, record, save_changes
from core.time import days
from funding.actions import change_award, set_capitalization_level, set_parameter
from funding.models import PurchaseLine
from funding.models.purchase import LineKind
from people.actions.district import change_district
from tests.reports.cases import ASIDE, CASES, ELSEWHERE, Case
from tests.reports.shared import DAY, Shared

pytestmark = pytest.mark.django_db


def test_each_table_of_the_register_is_looked_at() -> None:
    drawn = {case.rows._meta.label_lower for case in CASES}
    assert {table.label for table in columns.tables()} == drawn | ELSEWHERE.keys()


def other(row: models.Model, name: str) -> Any:
    """Another value for a column than the one that a row has."""
    column: Any = row._meta.get_field(name)
    now = getattr(row, name)
    if isinstance(column, models.ForeignKey):
        rows = column.related_model._default_manager.exclude(pk=getattr(row, column.attname))
        return rows.latest("pk")
    if isinstance(row, PurchaseLine) and name == "kind":
        return LineKind.GIFT
    if column.choices:
        left = [value for value, _label in column.choices if value not in ("none", now)]
        return left[-1]
    if name == "time_zone":
        return "Pacific/Honolulu"
    if isinstance(column, models.BooleanField):
        return not now
    if isinstance(column, models.DateTimeField):
        return (now or days.now()) - timedelta(days=1)
    if name in ("obligate_by", "liquidate_by"):  # money is paid after the period
        return date(2040, 1, 1)
    if isinstance(column, models.DateField):
        return (now or DAY) - timedelta(days=1)
    if isinstance(column, models.DecimalField):
        return (now or Decimal(0)) + 77 if isinstance(row, PurchaseLine) else Decimal(77)
    if isinstance(column, models.IntegerField):
        return 11
    if isinstance(column, models.JSONField):
        return {"school": "Site"}
    return f"X{now}"[: column.max_length]


def change(case: Case, row: models.Model, values: dict[str, Any]) -> None:
    if case.act is not None:
        case.act(row, by=SYSTEM, **values)
        return
    changes = changed(row, **values)
    save_changes(row, changes)
    record(f"{row._meta.model_name}.anything", row, by=SYSTEM, changes=changes)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_whatever_column_was_changed_since(shared: Shared, case: Case) -> None:
    row = case.rows._default_manager.filter(case.those).latest("pk")
    if case.first:
        change(case, row, case.first)
        shared = shared.again()
    before = shared.said()
    table = columns.table(row)
    assert table is not None
    printed = case.printed.split()
    for name in printed:
        with shared.later():
            row.refresh_from_db()
            change(case, row, {name: other(row, name)})
            assert shared.said() == before, f"{name}, as known then"
            assert shared.says() != before, f"{name} is printed"
    with shared.later():
        for name in table.columns.keys() - ASIDE.keys() - {*printed}:
            row.refresh_from_db()
            change(case, row, {name: other(row, name)})
        assert shared.said() == before, "what R1 does not print"


LEVELS: list[dict[str, Any]] = [{}, {"asset_class": "panel"}, {"starts_on": date(2022, 1, 1)}]


@pytest.mark.parametrize("since", LEVELS, ids=str)
def test_levels_set_since(shared: Shared, since: dict[str, Any]) -> None:
    """Put right for the day that it had, set for another day, or for a class."""
    change_category(Category.objects.get(name="Interactive panel"), by=SYSTEM, asset_class="panel")
    shared = shared.again()
    before = shared.said()
    with shared.later():
        set_capitalization_level(Decimal(900), by=SYSTEM, **{"starts_on": date(2020, 7, 1)} | since)
        assert shared.said() == before
        assert shared.says() != before


PARAMETERS = {
    "equip_threshold": ("ug pre2024", "1500"),
    "award_equip_threshold": ("ug", "1500"),
    "ug_text_2024_from": ("federal award", "2021-01-01"),
}


@pytest.mark.parametrize("narrowed", ["", "program", "award", "state"])
@pytest.mark.parametrize("key", PARAMETERS)
def test_parameters_set_since(shared: Shared, key: str, narrowed: str) -> None:
    arp = shared.arp
    change_district(by=SYSTEM, state="TX")
    if key == "ug_text_2024_from":
        arp = change_award(arp, by=SYSTEM, ug_version="", federal_award_on=date(2021, 3, 1))
    at: dict[str, Any] = {"program": arp.program, "award": arp, "state": "TX"}
    shared = shared.again()
    before = shared.said()
    with shared.later():
        place = {name: at[name] for name in at if name == narrowed}
        set_parameter(key, *PARAMETERS[key], by=SYSTEM, **place)
        assert shared.said() == before
        assert shared.says() != before
