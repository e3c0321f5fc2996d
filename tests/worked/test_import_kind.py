"""An import kind is one file and is registered once; a part that is missing or does not fit is told
when the program starts."""

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from core.journal import verify
from funding.actions import create_vendor
from funding.models import Vendor
from integrations import cells, kinds
from integrations.fields import Field
from integrations.kinds import KINDS, registry
from integrations.kinds.base import ImportKind
from integrations.kinds.labels import LABELS
from integrations.kinds.registry import register_import
from integrations.kinds.rows.changes import Change, Changes, change
from integrations.kinds.rows.planned import Row
from integrations.kinds.rows.questions import Question
from integrations.models.imports import KIND_LABELS
from people.actions import PersonDraft, add_person, erase_person
from people.models import School, User
from tests.integrations.bringing import by_page
from tests.integrations.conftest import outcomes, undo
from tests.worked.vendors import VendorChanges, VendorImport, VendorPlan, VendorRow

Of = Callable[[User | None], Client]
FILE = """Vendor,Vendor number,SPIN
Acme Ltd,V-1,143000001
Bolt Inc,V-2,
"""


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words for its fields, which would stand in integrations/kinds/labels.py."""
    monkeypatch.setitem(LABELS, "number", "Vendor number")
    monkeypatch.setitem(LABELS, "spin", "SPIN")


@contextmanager
def registered(kind: VendorImport) -> Iterator[None]:
    """The house with one import kind more."""
    register_import(kind)  # it would stand in integrations/house.py
    yield
    del registry._kinds["vendors"], KIND_LABELS["vendors"]


@pytest.fixture
def vendors(words: None) -> Iterator[None]:
    with registered(VendorImport()):
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("vendors")
def test_a_list_of_vendors_comes_in_and_is_taken_back(
    fay: User, client_of: Of, tmp_path: Path
) -> None:
    client = client_of(fay)
    acme = create_vendor("Acme Ltd", by=fay, number="V-0")
    assert '<option value="vendors">Vendors' in client.get("/imports/").content.decode()
    path = tmp_path / "vendors.csv"
    path.write_text(FILE)
    session = by_page(client, "vendors", path)
    page = client.get(f"/imports/{session.pk}/").content.decode()
    assert "Vendors" in page and "V-0" in page and "143000001" in page
    session = by_page(client, "vendors", path, apply=True)
    assert outcomes(session) == {"create": 1, "update": 1}
    acme.refresh_from_db()
    assert (acme.number, acme.spin) == ("V-1", "143000001")
    undo(session, by=fay)
    acme.refresh_from_db()
    assert (acme.number, acme.spin) == ("V-0", "")
    assert not Vendor.objects.get(name="Bolt Inc").active
    assert verify.verify().findings == []


@dataclass(slots=True, eq=False)
class ContactRow(VendorRow):
    """It says, too, whose vendor it is."""

    contact: str | None = None

    def persons(self) -> tuple[str, str]:
        return self.contact or "", ""


class ContactChanges(VendorChanges):
    PEOPLE = frozenset({"contact"})

    contact: Change[str] | None = None


class ContactImport(VendorImport):
    row, changes = ContactRow, ContactChanges
    fields = (*VendorImport.fields, Field("contact", ("contact id",), cells.code))

    def plan(self, *args: Any) -> list[VendorPlan]:
        planned = super().plan(*args)
        for plan in planned:
            values, changes = plan.values, plan.changes
            assert isinstance(values, ContactRow) and isinstance(changes, ContactChanges)
            changes.contact = change("711", values.contact)
        return planned


@pytest.mark.django_db
@pytest.mark.usefixtures("words")
def test_a_row_of_any_kind_is_forgotten_with_whom_it_says_that_it_names(
    fay: User, client_of: Of, lincoln: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So short an id is found by what `persons()` says alone."""
    monkeypatch.setitem(LABELS, "contact", "Contact")
    path = tmp_path / "vendors.csv"
    path.write_text("Vendor,Contact id\nAcme Ltd,712\nBolt Inc,713\n")
    draft = PersonDraft(local_id="712", school=lincoln, first_name="Mia", last_name="Vane")
    with registered(ContactImport()):
        rows = by_page(client_of(fay), "vendors", path).rows
        assert "712" in str(rows.values())
        erase_person(add_person(draft, by=SYSTEM), by=SYSTEM, reason="Asked for.")
    assert "712" not in str(rows.values()) and "713" in str(rows.values())


@dataclass(slots=True, eq=False)
class EndedRow(VendorRow):
    ended_on: date | None = None


class EndedImport(VendorImport):
    row = EndedRow
    fields = (
        *VendorImport.fields,
        Field("ended_on", ("contract ended",), cells.day, happens_once=True, person=True),
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("words")
def test_a_field_of_any_kind_says_what_its_cells_are_like(
    fay: User, client_of: Of, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No list elsewhere has to know what it is called."""
    monkeypatch.setitem(LABELS, "ended_on", "Contract ended")
    path = tmp_path / "vendors.csv"
    path.write_text("Vendor,Contract ended\nAcme Ltd,12/31/9999\n")
    with registered(EndedImport()):
        session = by_page(client_of(fay), "vendors", path)
    assert outcomes(session) == {"create": 1}, "such a day stands for none"
    assert session.personal


PARTS = {
    name: part
    for name, part in vars(VendorImport).items()
    if name in ("name", "label", "fields", "row", "changes", "begin", "plan", "apply", "undo")
}


def kind_of(parts: dict[str, Any]) -> type[ImportKind[Any, Any, Any]]:
    return type("Half", (ImportKind,), parts)


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize("part", PARTS)
def test_a_kind_without_one_of_its_parts_does_not_start(part: str) -> None:
    half = kind_of({name: value for name, value in PARTS.items() if name != part})
    with pytest.raises(TypeError, match=part):
        register_import(half())
    assert "vendors" not in KINDS


class Untold(Changes):
    """Nothing is kept of any change."""


class Unkept(VendorChanges):
    """It shows somebody where nothing is kept."""

    PEOPLE = frozenset({"contact"})


class Counted(VendorChanges):
    """It keeps a text as a number."""

    spin: Change[int] | None = None  # type: ignore[assignment]


def asks(name: str, *choices: str) -> Question:
    """A question of which the choice *this* is remembered."""
    this = frozenset({"this"})
    return Question(name, "Which?", {c: c for c in choices}, of_people=False, as_before=this)


BAD: dict[str, dict[str, Any]] = {
    "no word of at most 8": {"name": "list of vendors"},
    "name is taken": {"name": "places"},
    "no label": {"label": ""},
    "no fields": {"fields": ()},
    "stand twice": {"fields": VendorImport.fields * 2},
    "nobody has words for its fields": {"fields": (Field("color", ()),)},
    "no room for its field 'name'": {"row": Row},
    "takes no date of its field 'spin'": {"fields": (Field("spin", (), cells.day),)},
    "of 'number' and nothing is kept": {"changes": Untold},
    "of a change of 'spin' no str": {"changes": Counted},
    "question 'whichever' is no word of at most 8": {"questions": (asks("whichever", "this"),)},
    "nothing can be answered to its question 'which'": {"questions": (asks("which"),)},
    "nobody can choose .'this'. of its question": {"questions": (asks("which", "that"),)},
    "the name of its question 'place' is taken": {"questions": (asks("place", "this"),)},
    "nothing is kept of the changes .'contact'. that name people": {"changes": Unkept},
}


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize("fault", BAD)
def test_a_kind_whose_parts_do_not_fit_does_not_start(fault: str) -> None:
    before = list(KINDS)
    with pytest.raises(TypeError, match=fault):
        register_import(kind_of(PARTS | BAD[fault])())
    assert list(KINDS) == before


def test_a_question_that_no_kind_declares_stops_the_start() -> None:
    """Nobody could answer it."""
    asks("lost", "this")
    with pytest.raises(TypeError, match="lost"):
        registry.all_declared()


def test_a_question_says_whether_it_is_about_people() -> None:
    """What was answered of people is forgotten with them: nobody leaves that open."""
    with pytest.raises(TypeError, match="of_people"):
        Question("whose", "Whose is it?", {"hers": "hers"})  # type: ignore[call-arg]


def test_a_row_says_nothing_that_it_has_no_field_for() -> None:
    with pytest.raises(TypeError, match="colour"):
        VendorRow(colour="red")  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        VendorRow().colour = "red"  # type: ignore[attr-defined]


def test_no_kind_is_declared_and_then_forgotten() -> None:
    declared = {
        found.name
        for path in Path(kinds.__file__).parent.rglob("*.py")
        for found in ast.walk(ast.parse(path.read_text()))
        if isinstance(found, ast.ClassDef)
        and any(ast.unparse(base).startswith("ImportKind[") for base in found.bases)
    }
    assert declared == {type(kind).__name__ for kind in KINDS.values()}
