"""Files after trouble that real exports show: right, asked or refused, never silently wrong."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from assets.models import Asset, Category
from core.access import SYSTEM
from funding.actions import change_award
from funding.models import Award
from people.models import Room, School, User
from tests.factories import made
from tests.integrations.conftest import look_at, outcomes
from tests.integrations.files import as_csv
from tests.integrations.ways import Bring, notes, problems

pytestmark = pytest.mark.django_db


def tags() -> dict[str, str]:
    return dict(Asset.objects.values_list("tag", "serial"))


def test_digits_that_a_spreadsheet_lost_are_refused_and_codes_are_codes(bring_odd: Bring) -> None:
    session = bring_odd("i1_scientific.csv")
    assert tags() == {"ZS002": "5E1234", "ZS003": "7E10", "1E5": "ABC900"}
    assert set(problems(session)) == {2, 6, 7}
    assert "lost digits" in problems(session)[2][0][1]


def test_the_marks_that_keep_a_spreadsheet_from_changing_a_number_are_no_part_of_it(
    bring_odd: Bring,
) -> None:
    session = bring_odd("i2_excel_text_trick.csv")
    assert tags() == {"00123": "00451200", "00124": "00451201"}
    assert "Asset Tag: the marks" in notes(session)


def test_an_apostrophe_within_a_word_is_no_such_mark(equipment: Category, lincoln: School) -> None:
    session = look_at("Tag,Make,Serial\nO'1,'s Hertogen,'abc\n")
    assert session.rows.get().outcome == "create"
    assert session.plan_notes == []


def test_words_for_an_empty_cell_are_empty_cells_with_a_note(bring_odd: Bring) -> None:
    session = bring_odd("i5_placeholders.csv")
    assert outcomes(session) == {"create": 10}
    assert sorted(Asset.objects.exclude(serial="").values_list("serial", flat=True)) == [
        "REAL1",
        "REAL2",
        "REAL3",
        "REAL4",
    ]
    assert not Asset.objects.filter(tag__in=["N/A", "No Tag", "-"]).exists()
    assert "Serial: N/A, none and the like were taken as empty (cells: 6)" in notes(session)
    assert "Asset Tag: N/A, none and the like were taken as empty (cells: 4)" in notes(session)


def test_such_words_are_empty_as_days_and_amounts_too(equipment: Category, lincoln: School) -> None:
    session = look_at("Tag,Make,Acquired,Cost\nA1,Acer,N/A,-\nA2,Acer,none,TBD\n")
    assert outcomes(session) == {"create": 2}
    assert "Acquired: N/A" in notes(session)
    assert "Cost: N/A" in notes(session)


def test_nobody_is_nameless_because_of_such_a_word(lincoln: School) -> None:
    session = look_at("Student ID,First name,Last name\n1,Na,None\n", kind="people")
    assert session.plan_notes == []


@pytest.mark.parametrize(
    ("name", "row", "found"),
    [("x4_title.xlsx", 3, {"XT-1"}), ("s1_title_two_cells.csv", 3, {"ZH001", "ZH002"})],
)
def test_the_headings_are_the_row_with_most_known_ones(
    bring_odd: Bring, name: str, row: int, found: set[str]
) -> None:
    session = bring_odd(name)
    assert set(tags()) == found
    assert f"The headings were found in row {row}" in notes(session)


@pytest.mark.parametrize(
    ("name", "mapped"),
    [
        (
            "n1_camel.csv",
            {"tag", "serial", "make", "model", "school", "acquired_on", "cost", "room"},
        ),
        ("n2_under.csv", {"tag", "serial", "make", "model", "school", "acquired_on", "cost"}),
        (
            "n3_district_forms.csv",
            {
                "tag",
                "serial",
                "make",
                "model",
                "description",
                "school",
                "room",
                "acquired_on",
                "cost",
                "award_1",
                "po",
                "condition",
            },
        ),
    ],
)
def test_every_heading_is_recognized(
    bring_odd: Bring, lincoln: School, local: Award, name: str, mapped: set[str]
) -> None:
    made(Room.objects.create(school=lincoln, code="LIB"))
    change_award(local, by=SYSTEM, name="General fund")
    session = bring_odd(name)
    assert set(session.mapping.values()) == mapped
    assert outcomes(session) == {"create": 1}
    asset = Asset.objects.get()
    assert asset.acquired_on == date(2025, 8, 12)
    assert asset.unit is not None
    assert asset.unit.cost == Decimal("349.00")


def test_a_building_that_is_no_school_stays_a_building(
    equipment: Category, lincoln: School
) -> None:
    session = look_at("Tag,Make,Bldg\nA1,Acer,LIN\nA2,Acer,West\n")
    assert session.mapping["Bldg"] == "building"


AMOUNTS = {
    "ZM000": "1234.50",
    "ZM005": "0",
    "ZM006": "0",
    "ZM009": "349",
    "ZM010": "349",
    "ZM011": "1299.99",
    "ZM016": "1234",
    "ZM017": "0.99",
}


def test_amounts_are_right_or_empty_with_a_note_or_refused(bring_odd: Bring) -> None:
    session = bring_odd("m1_money.csv")
    costs = {a.tag: a.unit.cost for a in Asset.objects.exclude(unit=None) if a.unit}
    assert costs == {tag: Decimal(cost) for tag, cost in AMOUNTS.items()}
    empty = set(Asset.objects.filter(unit=None).values_list("tag", flat=True))
    assert empty == {"ZM013", "ZM014"}
    assert "Cost: N/A, none and the like were taken as empty (cells: 2)" in notes(session)
    assert "rounded to the cent" in notes(session)
    assert "zero or unknown" in problems(session)[9][0][1]
    assert len(problems(session)) == 23 - len(AMOUNTS) - 2


@pytest.mark.parametrize(("said", "cost"), [("zero", Decimal(0)), ("unknown", None)])
def test_a_dash_for_dollars_is_what_the_person_says(
    equipment: Category, lincoln: School, said: str, cost: Decimal | None
) -> None:
    session = look_at('Tag,Make,Cost\nA1,Acer,"$ -   "\n', dash=said)
    assert outcomes(session) == {"create": 1}
    assert "Cost: dashes were taken as" in notes(session)


def test_what_was_changed_is_said_on_the_page(
    equipment: Category, lincoln: School, ana: User, client_of: Callable[[User], Client]
) -> None:
    session = look_at(as_csv(["Tag", "Make", "Serial"], [["A1", "Acer", "None"]]), by=ana)
    page = client_of(ana).get(reverse("import", args=[session.pk])).content.decode()
    assert "Serial: N/A" in page
