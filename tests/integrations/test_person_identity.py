"""An id is one person's: who was merged away does not come back by a file, and an id that comes
with quite another name makes nobody somebody else."""

import pytest

from core.access import SYSTEM
from core.problems import Refused
from integrations.models import ImportSession
from people.actions import PersonDraft, change_person, merge_people, save_people
from people.models import Person, School, User
from tests.integrations.conftest import Brings, bring, look_at, outcomes, undo, why
from tests.integrations.holders import somebody

pytestmark = pytest.mark.django_db

ROSTER = "id,first name,last name,grade,status\n"


@pytest.fixture
def mia(lincoln: School) -> Person:
    return somebody(lincoln, "991002", "Mia Stays", "mia@demo.example")


@pytest.fixture
def gone(lincoln: School, mia: Person) -> Person:
    """Mia's second row, which was merged with the first."""
    row = somebody(lincoln, "991003", "Mia Again", "again@demo.example")
    merge_people(row, into=mia, by=SYSTEM, reason="Enrolled twice")
    return Person.objects.get(pk=row.pk)


def again(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def said(session: ImportSession) -> str:
    return " ".join(w for row in session.rows.order_by("number") for w in row.warnings)


def test_a_roster_with_the_old_id_changes_the_one_who_stays(mia: Person, gone: Person) -> None:
    session = bring(ROSTER + "991003,Mia,Again,7,Active\n", kind="people")
    assert outcomes(session) == {"update": 1}
    assert "991003 was merged with 991002" in said(session)
    assert (again(mia).last_name, again(mia).grade, again(mia).local_id) == ("Again", "7", "991002")
    assert again(gone) == gone and not again(gone).active and again(gone).grade == ""
    undo(session)
    assert (again(mia).last_name, again(mia).grade) == ("Stays", "")
    assert not again(gone).active


def test_where_a_roster_has_both_ids_the_row_of_the_one_who_stays_counts(
    mia: Person, gone: Person
) -> None:
    for rows in (["991003,Mia,Again,9,Inactive", "991002,Mia,Stays,8,Active"],) * 2:
        session = bring(ROSTER + "\n".join(rows), kind="people")
        assert "991003 was merged with 991002, who stands in this file too" in why(session)
        assert again(mia).active and again(mia).grade == "8"
        rows.reverse()


def test_the_row_of_the_one_who_stays_counts_in_another_batch_too(
    mia: Person, gone: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("integrations.actions.plan.BATCH", 1)
    session = look_at(
        ROSTER + "991003,Mia,Again,9,Inactive\n991002,Mia,Stays,8,Active\n", kind="people"
    )
    assert list(session.rows.order_by("number").values_list("outcome", flat=True)) == [
        "refused",
        "update",
    ]


def test_whom_somebody_was_merged_with_at_another_school_is_not_told(
    tom: User, lincoln: School, washington: School, gone: Person, mia: Person
) -> None:
    change_person(mia, by=SYSTEM, school=washington)
    session = look_at(ROSTER + "991003,Mia,Again,7,Active\n", kind="people", by=tom)
    assert "merged with that of somebody of another school" in why(session)
    assert "991002" not in why(session) + said(session)


def test_a_thing_of_the_old_id_or_address_is_of_the_one_who_stays(
    mia: Person, gone: Person, equipment: object
) -> None:
    text = "tag,make,model,holder\n1,HP,G8,991003\n2,HP,G8,again@demo.example\n3,HP,G8,AGAIN\n"
    session = bring(text)
    assert outcomes(session) == {"create": 3}, why(session)
    assert set(session.rows.values_list("person_key", flat=True)) == {"991002"}


def test_an_address_that_is_somebody_elses_by_now_is_theirs(
    lincoln: School, mia: Person, gone: Person, equipment: object
) -> None:
    somebody(lincoln, "991004", "Ann Anew", "again@demo.example")
    session = look_at("tag,make,model,holder\n1,HP,G8,again@demo.example\n")
    assert session.rows.get().person_key == "991004"


def test_who_came_in_and_was_merged_since_is_not_forgotten_by_an_undo(lincoln: School) -> None:
    session = bring(ROSTER + "1,Mia,Stays,7,\n2,Mia,Again,7,\n3,Bo,Berg,7,\n", kind="people")
    one, two = Person.objects.get(local_id="1"), Person.objects.get(local_id="2")
    merge_people(two, into=one, by=SYSTEM, reason="Enrolled twice")
    session = undo(session)
    told = {row.number: why for row in session.rows.all() for _f, why in row.problems}
    assert told == {
        2: "1 was merged since: undo the merge first.",
        3: "2 was merged since: undo the merge first.",
    }
    assert again(one).erased_at is None and again(two).local_id == "2"
    assert not Person.objects.filter(local_id="3").exists()


def test_a_system_that_sends_the_old_id_changes_the_one_who_stays(
    lincoln: School, mia: Person, gone: Person
) -> None:
    draft = PersonDraft(local_id="991003", school=lincoln, grade="7", active=True)
    assert save_people([draft], by=SYSTEM) == (0, 1, 0)
    assert again(mia).grade == "7" and not again(gone).active
    both = [draft, PersonDraft(local_id="991002", school=lincoln, grade="8")]
    with pytest.raises(Refused) as refused:
        save_people(both, by=SYSTEM)
    assert [p.code for p in refused.value.problems] == ["local-id-merged"]
    assert again(mia).grade == "7"


def test_nobody_who_was_merged_away_is_changed_by_hand(gone: Person) -> None:
    with pytest.raises(Refused) as refused:
        change_person(gone, by=SYSTEM, active=True)
    assert [p.code for p in refused.value.problems] == ["merged"]


def test_an_id_with_another_name_is_asked_about_with_both_named(
    lincoln: School, mia: Person
) -> None:
    session = look_at(ROSTER + "991002,Bob,Second,6,Active\n", kind="people")
    assert outcomes(session) == {"refused": 1}
    assert session.rows.get().conflict == "person"
    assert "991002 is Mia Stays here and Bob Second in this file" in why(session)


@pytest.mark.parametrize(
    ("choice", "name"), [("correct", "Bob Second"), ("keep", "Mia Stays"), ("", "Mia Stays")]
)
def test_whoever_brings_the_file_says_for_all_rows_whether_they_are_one(
    brings: Brings, mia: Person, choice: str, name: str
) -> None:
    settle = f"person={choice}" if choice else ""
    brings(ROSTER + "991002,Bob,Second,6,Active\n", settle, "people")
    assert again(mia).name == name
    assert again(mia).grade == ("6" if choice else "")


@pytest.mark.parametrize(
    ("here", "told"),
    [
        ("Mia Stays", "Mia,Married"),
        ("Mia Stays", "Bob,Stays"),
        ("Sam Stays", "Samuel,Other"),
        ("Zoë O'Neil", "ZOE,ONeil"),
        ("Ann Garcia", "Maria,Garcia-Lopez"),
        ("Mary Ann", "Mary Beth,Other"),
        ("Mia Stays", ",Other"),
        ("Mia Stays", "Bob,"),
    ],
)
def test_a_married_or_shortened_name_asks_nothing(lincoln: School, here: str, told: str) -> None:
    somebody(lincoln, "7", here, "")
    session = look_at(f"{ROSTER}7,{told},6,\n", kind="people")
    assert outcomes(session) == {"update": 1}, why(session)


@pytest.mark.parametrize(
    ("here", "told"),
    [
        ("Mia Stays", "Bob,Second"),
        ("Mia de Leon", "Bob,de Cruz"),
        ("Mia Stays", "Stays,Mia"),
        ("Al Smith", "Bo,Smithson"),
        ("李 王", "Bo,Berg"),
    ],
)
def test_quite_another_name_is_asked_about(lincoln: School, here: str, told: str) -> None:
    somebody(lincoln, "7", here, "")
    session = look_at(f"{ROSTER}7,{told},6,\n", kind="people")
    assert outcomes(session) == {"refused": 1}
