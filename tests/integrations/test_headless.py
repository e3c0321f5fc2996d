"""A file without headings: that its first row was taken for them is said."""

import pytest

from tests.integrations.conftest import look_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]


def told(text: str) -> bool:
    return "Row 1 was taken for the headings, none of which" in str(look_at(text).notes)


def test_a_first_row_that_looks_like_the_others_is_told() -> None:
    assert told("RG01,HP,EliteBook 840,LIN\nRG02,HP,EliteBook 840,LIN\nRG03,Dell,Latitude,LIN\n")
    assert told("5/1/2026,HP\n6/1/2026,Dell\n")


@pytest.mark.parametrize(
    "text",
    [
        "Asset Tag,Make\nRG01,HP\nRG02,HP\n",
        "RG01,Make\nRG02,HP\n",
        "Nummer,Marke\nRG01,HP\nRG02,HP\n",
        "Q1,Q2\n4,5\n6,7\n",
        "Col1,Col2\n4,5\n6,7\n",
        "RG01,HP\n",
    ],
)
def test_a_row_of_headings_is_not(text: str) -> None:
    assert not told(text)
