"""Nobody gets somebody else's e-mail by a file without a word."""

import pytest

from people.models import Person, School
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why
from tests.integrations.holders import somebody

pytestmark = pytest.mark.django_db

HEAD = "Student ID,First Name,Last Name,School,Email\n"
SHIFTED = HEAD + (
    "995001,Anna,Izumi,LIN,izquierdo.b@demo.example\n"
    "995002,Boris,Izquierdo,LIN,Izzo.C@demo.example\n"
    "995004,Dan,Izard,LIN,\n"
)


@pytest.fixture
def three(lincoln: School) -> None:
    somebody(lincoln, "995001", "Anna Izumi", "izumi.a@demo.example")
    somebody(lincoln, "995002", "Boris Izquierdo", "izquierdo.b@demo.example")
    somebody(lincoln, "995003", "Carla Izzo", "izzo.c@demo.example")


def mails() -> dict[str, str]:
    people = Person.objects.filter(local_id__startswith="99500")
    return dict(people.values_list("local_id", "email"))


@pytest.mark.usefixtures("three")
def test_a_column_that_is_shifted_by_a_row_is_asked_about(brings: Brings) -> None:
    was = mails()
    session = brings(SHIFTED, kind="people")
    assert outcomes(session) == {"refused": 2, "create": 1}
    said = why(session)
    assert "Anna Izumi (995001) gets the e-mail of Boris Izquierdo" in said
    assert "Boris Izquierdo (995002) gets the e-mail of Carla Izzo" in said
    assert mails() == was | {"995004": ""}


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("choice", ["keep", "correct"])
def test_somebody_says_whose_it_is(brings: Brings, choice: str) -> None:
    was = mails()
    brings(SHIFTED, f"mail={choice}", kind="people")
    taken = {"995001": "izquierdo.b@demo.example", "995002": "Izzo.C@demo.example"}
    assert mails() == was | {"995004": ""} | (taken if choice == "correct" else {})


@pytest.mark.usefixtures("three")
def test_an_address_of_one_file_is_one_persons(brings: Brings) -> None:
    mail = "new.mail@demo.example"
    file = HEAD + "".join(
        f"{pk},{name},LIN,{mail}\n"
        for pk, name in (
            ("995001", "Anna,Izumi"),
            ("995002", "Boris,Izquierdo"),
            ("995012", "Nic,Izthree"),
        )
    ).replace("2,Boris,Izquierdo,LIN,new", "2,Boris,Izquierdo,LIN,NEW")
    session = brings(file, kind="people")
    asked = session.rows.order_by("number").values_list("outcome", "conflict")
    assert list(asked) == [("update", ""), ("refused", "mail"), ("refused", "twice")]
    assert "Anna Izumi (995001) in row 2" in why(session)
    assert [m for m in mails().values() if m.lower() == mail] == [mail]


@pytest.mark.usefixtures("three")
def test_what_is_so_already_asks_nothing(lincoln: School) -> None:
    somebody(lincoln, "995005", "Zoe Izumi", "izumi.a@demo.example")
    file = HEAD + "995001,Anna,Izumi,LIN,Izumi.A@demo.example\n995005,Zoe,Izumi,LIN,\n"
    assert "refused" not in outcomes(look_at(file, kind="people"))
    free = HEAD + "995001,Anna,Izumi,LIN,anna@demo.example\n"
    assert outcomes(look_at(free, kind="people")) == {"update": 1}


@pytest.mark.usefixtures("three")
def test_an_answer_stands_when_the_other_row_came_in_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("integrations.actions.apply.BATCH", 1)
    file = HEAD + "".join(
        f"{pk},{name},LIN,new@demo.example\n"
        for pk, name in (
            ("995001", "Anna,Izumi"),
            ("995002", "Boris,Izquierdo"),
            ("995012", "Nic,Izthree"),
        )
    )
    session = bring(file, kind="people", settle="mail=correct twice=another")
    assert "refused" not in outcomes(session), why(session)
    assert list(mails().values()).count("new@demo.example") == 2
