"""A cell that could mean two things, or that a spreadsheet made of another, is none: line ends,
several codes, formulas, formats that nobody understands."""

import io
import re
import zipfile
from datetime import date

import pytest

from assets.models import Asset, Category
from funding.models import Award
from people.models import Person, Room, School
from tests.factories import make_asset
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why
from tests.integrations.files import as_csv
from tests.integrations.test_spreadsheets import formatted
from tests.integrations.ways import notes

pytestmark = pytest.mark.django_db
LINES = "It has several lines"
SEVERAL = "These seem to be several"


def a_thing(**cells: object) -> list[list[object]]:
    """A list of one thing whose cells are these."""
    said = {"Tag": "X1", "Make": "HP", "Model": "M"} | cells
    return [list(said), list(said.values())]


def listed(rows: list[list[object]]) -> bytes:
    """A CSV whose first row are the headings."""
    head, *below = [[str(cell) for cell in row] for row in rows]
    return as_csv(head, below)


@pytest.mark.parametrize("heading", ["Tag", "Serial", "Make", "Model", "Room", "PO", "Vendor"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028"], ids=["LF", "CRLF", "separator"])
def test_two_lines_of_a_code_or_a_name_are_not_joined(
    equipment: Category, lincoln: School, heading: str, end: str
) -> None:
    session = look_at(listed(a_thing(**{heading: f"A01{end}A02"})))
    assert LINES in why(session)


def test_two_lines_of_a_person_or_an_award_are_not_joined(
    brings: Brings, lincoln: School, local: Award
) -> None:
    people = 'ID,First Name,Last Name,School\n"M4\nM5",Di,Kid,LIN\nM6,"Di\nEd",Kid,LIN\n'
    session = brings(people, kind="people")
    assert outcomes(session) == {"refused": 2}
    assert why(session).count(LINES) == 2
    awards = f'Award,Program\n"G10\nG11",{local.program.code}\n'
    assert LINES in why(brings(awards, kind="awards"))
    assert not Person.objects.exists()


def test_a_description_of_two_lines_is_one_line_and_that_is_told(
    equipment: Category, lincoln: School
) -> None:
    session = bring(listed([*a_thing(Description="a\nb"), ["X2", "HP", "M", "\nc\n"]]))
    assert set(Asset.objects.values_list("description", flat=True)) == {"a b", "c"}
    assert "Description: texts of several lines were put in one (cells: 1)." in notes(session)


@pytest.mark.parametrize(
    "codes",
    ["RE03 / RE04", "RE10, RE11", "RE12;RE13", "RE14 & RE15", "RE16 thru RE19", "12, 13 and 14"],
)
def test_several_codes_are_not_one(equipment: Category, lincoln: School, codes: str) -> None:
    for heading in ("Tag", "Serial"):
        assert SEVERAL in why(look_at(listed(a_thing(**{heading: codes}))))
    people = listed([["ID", "First Name", "Last Name"], [codes, "Di", "Kid"]])
    assert SEVERAL in why(look_at(people, kind="people"))


def test_two_numbers_of_an_award_are_not_one(local: Award) -> None:
    rows = [["Award", "Program", "FRN"], ["G1", local.program.code, "2399001237, 2399001238"]]
    assert SEVERAL in why(look_at(listed(rows), kind="awards"))


@pytest.mark.parametrize(
    "code", ["A/12", "2019 - 0012", "LIN, 12", "AT&T 5", "R2/D2", "Lot 1 of 2"]
)
def test_one_code_with_signs_is_one(equipment: Category, lincoln: School, code: str) -> None:
    bring(listed(a_thing(Tag=code)))
    assert Asset.objects.get().tag == code


ODD = [(3.5, "# ?/?"), (date(2026, 3, 12), "d-mmm"), "8.85631E+11", "12-Mar", "4,510"]


@pytest.mark.parametrize("heading", ["Make", "Model", "Room", "Building", "Vendor", "Award"])
@pytest.mark.parametrize("cell", [*ODD, "4510.0"], ids=str)
def test_what_a_spreadsheet_made_of_a_name_is_refused(
    equipment: Category, lincoln: School, heading: str, cell: object
) -> None:
    session = look_at(formatted(a_thing(Cost=5, **{heading: cell})))
    assert re.search("is not understood|A spreadsheet (turned|put)", why(session))


@pytest.mark.parametrize("cell", ODD[:4], ids=str)
def test_what_a_spreadsheet_made_of_a_grade_or_an_award_is_refused(
    lincoln: School, local: Award, cell: object
) -> None:
    people = formatted([["ID", "First Name", "Last Name", "Grade"], ["M1", "Di", "Kid", cell]])
    awards = formatted([["Award", "Program"], [cell, local.program.code]])
    places = formatted([["School Code", "Room"], ["LIN", cell]])
    for data, kind in ((people, "people"), (awards, "awards"), (places, "places")):
        session = look_at(data, kind=kind)
        assert re.search("is not understood|A spreadsheet (turned|put)", why(session)), kind


def test_names_of_numbers_and_signs_stay_as_they_are(
    brings: Brings, equipment: Category, lincoln: School
) -> None:
    brings("School Code,Room\nLIN,#12\nLIN,2.0\nLIN,9-12\nLIN,A1-2026\n", kind="places")
    assert set(Room.objects.values_list("code", flat=True)) >= {"#12", "2.0", "9-12", "A1-2026"}


def test_a_format_that_nobody_understands_is_no_part_of_a_description(
    equipment: Category, lincoln: School
) -> None:
    session = bring(formatted(a_thing(Description=(5000, "0.00E+00"))))
    assert Asset.objects.get().description == "5000"
    assert "Description: numbers in a format that is not understood" in notes(session)
    bring(listed(a_thing(Description="as \u27e6marked\u27e7")))
    assert Asset.objects.get().description == "as \u27e6marked\u27e7"


def test_characters_that_a_workbook_escapes_are_read(equipment: Category, lincoln: School) -> None:
    rows = a_thing(Tag="X1 r", Model="M 1", Description="D 2")
    data, out = formatted(rows), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            part = old.read(item).replace(b"X1 r", b"X1_x000D_").replace(b"M 1", b"M_x000a_")
            part = part.replace(b"D 2", b"a_x000D_b _x005F_x0041_")
            new.writestr(item.filename, part)
    bring(out.getvalue())
    asset = Asset.objects.get()
    assert (asset.tag, asset.product.model) == ("X1", "M")
    assert asset.description == "a b _x0041_"


@pytest.mark.parametrize(
    "formula", ['=HYPERLINK("http://x","D1")', '=A2&"-1"', "=ROW()", '="D5"&"X"', "=M09"]
)
def test_a_formula_is_no_code_and_no_name(
    equipment: Category, lincoln: School, formula: str
) -> None:
    for heading in ("Tag", "Serial", "Make", "Model"):
        session = look_at(listed(a_thing(**{heading: formula})))
        assert "This is a formula without its result" in why(session), heading
    people = listed([["ID", "First Name", "Last Name"], [formula, "Di", "Kid"]])
    assert "formula without its result" in why(look_at(people, kind="people"))


def test_what_begins_like_a_formula_comes_back_from_our_own_files(
    equipment: Category, lincoln: School
) -> None:
    make_asset(school=lincoln, tag="=A2", description="= as above")
    session = look_at("Tag,Description\n'=A2,'= as above\n")
    assert outcomes(session) == {"same": 1}
    assert outcomes(bring(listed(a_thing(Description="= as above")))) == {"create": 1}


@pytest.mark.parametrize(
    "word", ["?", "???", "0", "0000000", "xxxxxxx", "see notes", "No sticker", "N/A (worn off)"]
)
def test_words_for_none_are_no_codes(equipment: Category, lincoln: School, word: str) -> None:
    rows = [*a_thing(Serial=word), ["X2", "HP", "M", word], [word, "HP", "N", "S3"]]
    session = bring(listed(rows))
    assert outcomes(session) == {"create": 3}
    assert set(Asset.objects.values_list("serial", flat=True)) == {"", "S3"}
    assert word not in set(Asset.objects.values_list("tag", flat=True))
    assert "Serial: N/A, none and the like were taken as empty (cells: 2)." in notes(session)


def test_codes_like_words_for_none_stay(equipment: Category, lincoln: School) -> None:
    tags = {"00", "NA-1234", "N/A 12", "XX", "X-0"} - {"00"}
    bring(listed([["Tag", "Make", "Model"], *([tag, "HP", "M"] for tag in tags)]))
    assert set(Asset.objects.values_list("tag", flat=True)) == tags


LONG = "Grade 9, Section A"


def test_a_long_grade_of_a_student_is_refused_and_a_list_of_a_teacher_told(lincoln: School) -> None:
    head = ["ID", "First Name", "Last Name", "School", "Grade", "Role"]
    rows = [["G1", "A", "C", "LIN", LONG, "student"], ["G2", "B", "D", "LIN", LONG, "teacher"]]
    session = bring(listed([head, *rows]), kind="people")
    assert outcomes(session) == {"refused": 1, "create": 1}
    assert "longer than 16" in why(session)
    assert Person.objects.get().local_id == "G2"
    assert "Grade: lists of several grades are nobody's" in notes(session)
    unsaid = look_at(listed([head[:5], ["G3", "A", "C", "LIN", LONG]]), kind="people")
    assert "longer than 16" in why(unsaid)
