"""Quotation marks that mean inches, and semicolons within cells: no row is lost in another one."""

import pytest

from assets.models import Asset, Category
from core.problems import Invalid
from people.models import School
from tests.integrations.conftest import bring, look_at

pytestmark = pytest.mark.django_db

HEAD = "Asset Tag,Serial,Make,Model,Description\n"
SWALLOWED = {
    "letters behind the second": HEAD
    + 'Q1,S1,HP,M,"24 inch monitor\nQ2,S2,HP,M,plain\nQ3,S3,HP,M,30" monitor\nQ4,S4,HP,M,x\n',
    "two rows": HEAD + 'Q1,S1,HP,"24 inch,x\nQ2,S2,HP,30",y\nQ3,S3,HP,M,z\n',
    "a row between": HEAD + 'Q1,S1,HP,"17 inch,x\nQ2,S2,HP,M,y\nQ3,S3,HP,15",z\n',
    "the first column": 'Description,Tag,Make,Model\n"Cart,Q1,HP,M\nx,Q2,HP,M\n24" LCD,Q3,HP,M\n',
    "tabs": "Tag\tDescription\tMake\tModel\n"
    'Q1\t"24in\tHP\tM\nQ2\tok\tHP\tM\nQ3\t30"\tHP\tM\nQ4\tok\tHP\tM\n',
    "the second not at the end": HEAD + 'Q1,S1,"HP,M,x\nQ2,S2,H"P,M,y\n',
}


@pytest.mark.parametrize("text", SWALLOWED.values(), ids=SWALLOWED)
def test_a_stray_quotation_mark_swallows_no_rows(
    equipment: Category, lincoln: School, text: str
) -> None:
    with pytest.raises(Invalid) as refused:
        look_at(text)
    assert "A quotation mark in row 2 is not closed before the next rows" in str(refused.value)


def test_a_cell_of_several_lines_and_commas_is_one(equipment: Category, lincoln: School) -> None:
    words = "Screen, hinge and fan\nreplaced, see ticket\nthen, at last, sold"
    bring(f'{HEAD}Q1,S1,HP,M,"{words}"\nQ2,S2,HP,M,"say ""hi"", twice\n30"" wide"\n')
    found = Asset.objects.order_by("tag").values_list("description", flat=True)
    assert list(found) == [words.replace("\n", " "), 'say "hi", twice 30" wide']


def test_a_quotation_mark_within_a_cell_of_one_line_is_told(
    equipment: Category, lincoln: School
) -> None:
    session = bring(f'{HEAD}Q1,S1,HP,M,"24" monitor"\nQ2,S2,HP,M,30" monitor\n')
    assert Asset.objects.count() == 2
    (note,) = [n for n in session.notes if "quotation mark" in n]
    assert note.endswith("rows are right: 2.")


def test_a_row_that_is_not_well_formed_to_its_end_refuses_the_file(
    equipment: Category, lincoln: School
) -> None:
    with pytest.raises(Invalid) as refused:
        look_at(f'{HEAD}Q1,S1,HP,"M" x,"y\nQ2,S2,HP,M,z\n')
    assert "Row 2 is not well-formed" in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        'Tag,Make,Description\nD1,HP,"a;b;c;d;e;f"\nD2,HP,"a;b;c;d;e;f"\nD3,HP,a|b|c|d|e|f|g\n',
        "Tag,Make\nD1,a;b;c;d\nD2,a;b;c;d\nD3,a;b;c;d\n",
        'Tag;Make;Description\nD1;HP;"a,b,c,d,e"\nD2;HP;a, b, c, d, e\nD3;HP;a, b, c, d, e\n',
        '"Tag","Make","Description"\n"D1","HP","a;b;c;d"\n"D2","HP","a;b;c;d"\n"D3","HP","a;b"\n',
    ],
    ids=["quoted cells", "cells", "commas within", "all quoted"],
)
def test_what_parts_the_known_headings_parts_the_cells(
    equipment: Category, lincoln: School, text: str
) -> None:
    bring(text)
    assert set(Asset.objects.values_list("tag", flat=True)) == {"D1", "D2", "D3"}
