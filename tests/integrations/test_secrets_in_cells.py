"""What looks like a secret among the cells of a column or a note is left out, and kept nowhere."""

from pathlib import Path

import pytest

from assets.models import Category
from people.models import School
from tests.integrations.conftest import look_at
from tests.integrations.files import as_csv
from tests.integrations.test_secrets import everything
from tests.integrations.ways import notes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


def test_a_column_of_social_security_numbers_is_known_by_its_look(
    lincoln: School, settings, caplog: pytest.LogCaptureFixture
) -> None:
    rows = [["1", "Mia", "223-45-6789"], ["2", "Leo", "323-45-6789"], ["3", "Ada", ""]]
    session = look_at(as_csv(["Student ID", "First name", "Ref"], rows), kind="people")
    assert session.headers == ["Student ID", "First name"]
    assert "The column Ref was left out" in notes(session)
    assert "23-45-6789" not in everything(Path(settings.FILES_DIR), caplog)


def test_one_among_other_values_is_left_out_alone(lincoln: School) -> None:
    rows = [
        ["1", "Mia", "223-45-6789"],
        ["2", "Leo", "K-1"],
        ["3", "Ada", "K-2"],
        ["4", "Bo", "K-3"],
    ]
    session = look_at(as_csv(["Student ID", "First name", "Ref"], rows), kind="people")
    found = session.rows.order_by("number").values_list("raw", flat=True)
    assert [raw["Ref"] for raw in found] == ["", "K-1", "K-2", "K-3"]
    assert "Ref: what looks like a social security number was left out (cells: 1)" in notes(session)


def test_tags_of_that_look_stay_tags(equipment: Category, lincoln: School) -> None:
    session = look_at("Asset Tag,Make\n223-45-6789,Acer\n")
    assert session.rows.get().raw["Asset Tag"] == "223-45-6789"


def test_what_stands_beside_its_word_in_a_note_is_left_out(
    equipment: Category, lincoln: School, settings, caplog: pytest.LogCaptureFixture
) -> None:
    rows = [
        ["A1", "Mia, DOB: 1/2/2012, at home"],
        ["A2", "ssn 223 45 6789"],
        ["A3", "password=hunter2"],
        ["A4", "PIN: 4411"],
        ["A5", "4 pin plug 12345, born to run"],
    ]
    session = look_at(as_csv(["Tag", "Notes"], rows))
    raws = [r.raw["Notes"] for r in session.rows.order_by("number")]
    assert raws == [
        "Mia, [left out], at home",
        "[left out]",
        "[left out]",
        "[left out]",
        rows[4][1],
    ]
    kept = everything(Path(settings.FILES_DIR), caplog)
    assert [v for v in ("1/2/2012", "45 6789", "hunter2", "4411") if v in kept] == []
