"""Files whose letters cannot be read as they stand."""

import pytest

from assets.models import Asset, Category
from core.access import SYSTEM
from integrations.models import ImportSession
from people.actions import PersonDraft, save_people
from people.models import School
from tests.integrations.conftest import look_at, outcomes
from tests.integrations.files import as_csv
from tests.integrations.ways import Bring, notes, problems

pytestmark = pytest.mark.django_db


def test_utf_16_without_its_mark_is_read_and_said(bring_odd: Bring) -> None:
    session = bring_odd("s3_utf16le_nobom.csv")
    assert dict(Asset.objects.values_list("tag", "serial")) == {"ZH201": "ZH21"}
    assert "UTF-16" in notes(session)


def test_half_characters_and_zeros_are_refused_with_a_sentence(lincoln: School) -> None:
    from core.problems import Invalid

    bad = "Tag,Notes\nA1,\ud800x\n".encode("utf-8", "surrogatepass")
    for data, say in (
        (bad, "lone surrogates"),
        ("Tag,N\nA1,\ud800\n".encode("utf-16", "surrogatepass"), "UTF-16"),
        (b"Tag,Notes\nA1,\x00\n", "zero bytes"),
    ):
        with pytest.raises(Invalid, match=say):
            look_at(data)
    assert not ImportSession.objects.exists()


def test_a_letter_that_could_not_be_read_refuses_its_cell(
    equipment: Category, lincoln: School
) -> None:
    session = look_at(b"Tag,Make\nA1,G\x81ralp\nA2,Acer\n")
    assert set(problems(session)) == {2}
    assert "Windows-1252" in notes(session)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Bob&#39;s 24&quot; monitor", "Bob's 24\" monitor"),
        ("Barnes &amp; Noble", "Barnes & Noble"),
        ("JosÃ© PeÃ±a", "José Peña"),
        ("Bobâ€™s", "Bob’s"),
        ("Zo&euml; M&uuml;ller &copy;", "Zoë Müller ©"),
        ("Ã\x81lvarez, PetroviÄ‡", "Álvarez, Petrović"),
        ("JosÃƒÂ© AT&amp;amp;T", "José AT&T"),
        ("Jos&Atilde;&copy;", "José"),
        ("CAFÉ® &s; Q&A; &nonsense;", "CAFÉ® &s; Q&A; &nonsense;"),
        ("AT&T; R&D", "AT&T; R&D"),
        ("São Ângelo, 3 Â½", "São Ângelo, 3 Â½"),
        ("José", "José"),
    ],
)
def test_what_a_web_page_or_a_wrong_reading_made_of_letters_is_put_right(
    equipment: Category, lincoln: School, written: str, meant: str
) -> None:
    session = look_at(as_csv(["Tag", "Make", "Notes"], [["A1", "HP", written]]))
    assert session.rows.get().raw["Notes"] == meant
    assert ("was put right" in notes(session)) == (written != meant)


@pytest.mark.parametrize("name", ["Nu?ez", "N??ez", "Jos?", "?lvarez", "Lee?", "Mart?n-Ruiz"])
@pytest.mark.parametrize("heading", ["Last Name", "First Name", "Name"])
def test_a_name_that_lost_a_letter_is_refused(lincoln: School, heading: str, name: str) -> None:
    whole = f"{name} Ann" if heading == "Name" else name
    session = look_at(f"ID,{heading}\nP1,{whole}\nP2,Nuñez (?)\n", kind="people")
    said = [why for _field, why in problems(session)[2]]
    assert said == ["A letter in it could not be read. Write it anew."]
    assert "letter" not in str(problems(session).get(3))


def test_a_question_elsewhere_is_one(equipment: Category, lincoln: School) -> None:
    text = "Tag,Make,Model,Notes\nA1,HP,Which?,Works? Ask Jos?\n"
    assert problems(look_at(text)) == {}


def test_a_name_that_somebody_has_so_comes_back(lincoln: School) -> None:
    save_people(
        [PersonDraft(local_id="P1", school=lincoln, first_name="Ann", last_name="Lee?")], by=SYSTEM
    )
    text = "ID,First Name,Last Name\nP1,Ann,Lee?\n"
    assert outcomes(look_at(text, kind="people")) == {"same": 1}
    assert set(problems(look_at(text.replace("Ann", "Ann?"), kind="people"))) == {2}
