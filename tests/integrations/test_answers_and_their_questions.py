"""An answer is one to its question: where that is about other things since, it is asked anew."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assets.actions import correct_asset
from assets.models import Asset
from core.access import SYSTEM
from integrations import actions
from integrations.models import ImportSession
from people.models import Person, School, User
from tests.forms import plan_of
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why, work, worked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
Of = Callable[[User | None], Client]
HEAD = "Asset Tag,Serial,Make,Model\n"
THINGS = HEAD + "".join(f"IZ13{n},IZS0013{n},HP,IZ7\n" for n in (1, 2, 3))


@pytest.fixture
def page(ana: User, client_of: Of) -> "Page":
    return Page(client_of(ana))


class Page:
    """What Ana does with a file on the page."""

    def __init__(self, client: Client) -> None:
        self.client, self.url = client, ""

    def bring(self, text: str, kind: str = "assets") -> ImportSession:
        file = SimpleUploadedFile("odd.csv", text.encode())
        asked = {"kind": kind, "file": file, "school": "LIN", "category": "Equipment"}
        self.url = self.client.post("/imports/", asked)["Location"]
        return self._worked()

    def choose(self, kind: str, choice: str) -> ImportSession:
        assert f'id="conflict-{kind}"' in self.client.get(self.url).content.decode()
        chosen = {"kind": kind, "choice": choice} | self.plan()
        answer = self.client.post(f"{self.url}conflicts/", chosen)
        assert answer.status_code == 302
        return self._worked()

    def map(self, **columns: str) -> ImportSession:
        """Map columns; by their names without spaces."""
        headers = ImportSession.objects.latest("pk").headers
        data = {f"column-{i}": columns.get(h.replace(" ", ""), "") for i, h in enumerate(headers)}
        more = {"school": "LIN", "category": "Equipment"}
        assert self.client.post(f"{self.url}map/", data | more | self.plan()).status_code == 302
        return self._worked()

    def apply(self) -> ImportSession:
        self.client.post(f"{self.url}apply/", self.plan())
        return self._worked()

    def plan(self) -> dict[str, str]:
        return plan_of(self.client, self.url)

    def _worked(self) -> ImportSession:
        return worked(ImportSession.objects.latest("pk"))


def test_somebody_else_by_another_column_of_ids_is_asked_about_again(page: Page) -> None:
    roster = "Student ID,First Name,Last Name,School,Grade\n"
    bring(f"{roster}994001,Ann,Smith,LIN,5\n994002,Bob,Jones,LIN,7\n", kind="people")
    page.bring(
        "Student ID,State ID,First Name,Last Name,School,Grade\n994001,994002,Mary,Newname,LIN,9\n",
        "people",
    )
    session = page.choose("person", "correct")
    assert outcomes(session) == {"update": 1}
    names = {"FirstName": "first_name", "LastName": "last_name", "School": "school"}
    session = page.map(StateID="local_id", Grade="grade", **names)
    assert outcomes(session) == {"refused": 1}
    assert session.rows.get().conflict == "person"
    assert "994002 is Bob Jones" in why(session)
    page.apply()
    assert str(Person.objects.get(local_id="994002").last_name) == "Jones"
    assert str(Person.objects.get(local_id="994001").last_name) == "Smith"


def test_another_thing_by_another_column_of_tags_is_asked_about_again(page: Page) -> None:
    bring(THINGS)
    page.bring("Asset Tag,Old Tag,Serial,Make,Model\nIZ131,IZ132,NEWSER99,HP,IZ7\n")
    assert outcomes(page.choose("other", "correct")) == {"update": 1}
    others = {"Serial": "serial", "Make": "make", "Model": "model"}
    session = page.map(OldTag="tag", **others)
    assert session.rows.get().conflict == "other"
    assert "The tag is IZ132" in why(session)
    assert outcomes(page.apply()) == {"refused": 1}
    assert set(Asset.objects.values_list("serial", flat=True)) == {f"IZS0013{n}" for n in (1, 2, 3)}
    session = page.bring("Asset Tag,Old Tag,Serial,Make,Model\nIZ131,IZ132,NEWSER99,HP,IZ7\n")
    page.map(OldTag="tag", **others)
    assert outcomes(page.choose("other", "correct")) == {"update": 1}
    page.apply()
    assert Asset.objects.get(tag="IZ132").serial == "NEWSER99"


def another_has_it() -> None:
    """IZ132's serial number was misread: it is IZ133's."""
    by_tag = {a.tag: a for a in Asset.objects.all()}
    correct_asset(by_tag["IZ132"], serial="IZS00139", by=SYSTEM, reason="misread")
    correct_asset(by_tag["IZ133"], serial="IZS00132", by=SYSTEM, reason="misread")


@pytest.mark.parametrize("again", [True, False])
def test_a_serial_that_is_anothers_since_merges_nothing(page: Page, *, again: bool) -> None:
    bring(THINGS)
    page.bring(HEAD + "IZ131,IZS00132,HP,IZ7\n")
    session = page.choose("two", "merge")
    assert outcomes(session) == {"update": 1}
    another_has_it()
    if again:  # somebody looks at the rows again before they are applied
        session = page.map(AssetTag="tag", Serial="serial", Make="make", Model="model")
        assert session.rows.get().conflict == "two"
        assert "IZ133" in why(session)
    session = page.apply()
    assert outcomes(session) == {"refused": 1}
    assert "the serial number is IZ133" in why(session)
    assert not Asset.objects.exclude(merged_into=None).exists()


def test_what_is_chosen_of_an_old_preview_is_not_chosen_of_what_is_so_since() -> None:
    bring(THINGS)
    session = look_at(HEAD + "IZ131,IZS00132,HP,IZ7\n")
    another_has_it()
    session = actions.settle_conflicts(session, "two", "merge", by=SYSTEM)
    assert outcomes(session) == {"refused": 1}
    assert "IZ133" in why(session)
    session = actions.settle_conflicts(session, "two", "merge", by=SYSTEM)
    assert outcomes(work(actions.apply_import(session, by=SYSTEM))) == {"update": 1}
    assert Asset.objects.exclude(merged_into=None).get().tag == "IZ133"


def test_an_answer_stays_where_its_question_does(page: Page, lincoln: School) -> None:
    bring(THINGS)
    page.bring("Asset Tag,Serial,Make,Model,Room of it\nIZ131,NEWSER99,HP,IZ7,blue\n")
    page.choose("other", "correct")
    columns = {"AssetTag": "tag", "Serial": "serial", "Make": "make", "Model": "model"}
    session = page.map(Roomofit="description", **columns)
    assert outcomes(session) == {"update": 1}
    assert set(session.rows.get().changes) == {"serial", "description"}
    assert outcomes(page.map(**columns)) == {"update": 1}
    page.apply()
    assert Asset.objects.get(tag="IZ131").serial == "NEWSER99"


def test_two_questions_of_one_kind_are_answered_together(brings: Brings) -> None:
    bring("Asset Tag,Make,Model\n0077,HP,IZ7\n")
    session = brings("Asset Tag,Make,Model\n00077,HP,A\n077,HP,B\n", "alike=another")
    assert outcomes(session) == {"create": 2}, why(session)


def test_an_answer_stays_once_the_other_row_came_in(
    brings: Brings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("integrations.actions.apply.BATCH", 1)
    session = brings("Asset Tag,Make,Model\n00077,HP,A\n077,HP,B\n", "alike=another")
    assert outcomes(session) == {"create": 2}, why(session)
    bring(HEAD + "IZ1,IZS00131,HP,Book11\n")
    text = HEAD + "IZ2,IZS00131,HP Inc,Book11 G2\nIZ3,IZS00131,HP,Book11 G3\n"
    session = brings(text, "model=another")
    assert outcomes(session) == {"create": 2}, why(session)


def test_what_an_older_release_kept_without_its_question_is_asked_anew() -> None:
    bring(THINGS)
    session = look_at(HEAD + "IZ131,IZS00132,HP,IZ7\n")
    session.rows.update(decisions={"two": "merge"})
    session = actions.preview(session, by=SYSTEM)
    assert (outcomes(session), session.rows.get().conflict) == ({"refused": 1}, "two")
    session = actions.settle_conflicts(session, "two", "merge", by=SYSTEM)
    assert outcomes(session) == {"update": 1}
