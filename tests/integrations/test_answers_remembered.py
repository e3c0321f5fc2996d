"""What was answered of a file's dates, dashes and quantities holds for the next of its source: it
is said, and can be changed and forgotten, on the page and by command."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from assets.models import Asset, Category
from core import runs
from core.models import Entry
from integrations.actions import reread
from integrations.actions.memory import remember
from integrations.models import ImportSession, SavedMapping
from people.models import School, User
from tests.cast import make_user
from tests.forms import plan_of
from tests.integrations.conftest import bring, look_at, outcomes, why
from tests.integrations.test_several import again, shown
from tests.integrations.ways import notes, problems

pytestmark = pytest.mark.django_db
FIRST = "Tag,Make,Acquired\nA1,Acer,13/8/2025\nA2,Acer,3/8/2025\n"
NEXT = "Tag,Make,Acquired\nA3,Acer,4/8/2025\nA4,Acer,3/8/2025\n"
TOLD = "Remembered for this source: Dates like 3/8/2025 have the day first"


@pytest.fixture
def page(
    ana: User, equipment: Category, lincoln: School, client_of: Callable[[User], Client]
) -> Client:
    return client_of(ana)


def acquired() -> dict[str, date | None]:
    return dict(Asset.objects.values_list("tag", "acquired_on"))


def by_command(folder: Path, text: str, **options: str) -> tuple[ImportSession, str]:
    path, told = folder / "vendors.csv", io.StringIO()
    path.write_text(text)
    options = {"school": "LIN", "category": "Equipment"} | options
    call_command("import_file", "assets", str(path), apply=True, stdout=told, **options)
    return ImportSession.objects.order_by("-pk")[0], told.getvalue()


def test_the_command_remembers_changes_and_forgets(
    equipment: Category, lincoln: School, tmp_path: Path
) -> None:
    by_command(tmp_path, FIRST, dates="day")
    session, told = by_command(tmp_path, NEXT)
    assert acquired()["A3"] == date(2025, 8, 4)
    assert TOLD in told
    assert "dates were read with the day first (cells: 2)" in told
    session, told = by_command(tmp_path, NEXT.replace("A3", "A5").replace("A4", "A6"), dates="ask")
    assert "Remembered" not in told
    assert acquired()["A5"] == date(2025, 4, 8)
    by_command(tmp_path, NEXT.replace("A3", "A7").replace("A4", "A8"), dates="month")
    session, told = by_command(tmp_path, FIRST.replace("A1", "B1").replace("A2", "B2"))
    assert outcomes(session) == {"refused": 2}, "what is remembered is not how this one is written"
    assert "written otherwise than is remembered" in why(session)


def test_the_page_remembers_changes_and_forgets(page: Client, ana: User) -> None:
    session = again(look_at(FIRST, by=ana), page, order="day", school="LIN")
    assert outcomes(session) == {"create": 2}
    session = look_at(NEXT, by=ana)
    assert "dates were read with the day first (cells: 2)" in notes(session)
    text = shown(page, session)
    assert TOLD in text
    assert 'value="day" selected' in text
    session = again(session, page, school="LIN")
    assert TOLD in notes(session), "nothing was said of it: it is still what is remembered"
    session = again(session, page, order="day", school="LIN")
    assert TOLD in notes(session), "sent along as it stood"
    session = again(session, page, order="month", school="LIN")
    assert "Remembered" not in notes(session)
    assert "Dates like 3/8/2025 have the month first" in notes(look_at(NEXT, by=ana))
    again(look_at(NEXT, by=ana), page, order="", school="LIN")
    assert "Remembered" not in notes(look_at(NEXT, by=ana))
    assert set(problems(look_at(FIRST, by=ana))) == {2, 3}, "asked again"


def test_a_dash_and_rows_of_several_things_are_remembered(page: Client, ana: User) -> None:
    text = 'Description,Make,Qty,Cost\nDesk,Virco,3,"$ -"\n'
    session = look_at(text, by=ana)
    assert set(session.said.asked) == {"ask-dash"}
    session = again(session, page, dash="unknown", school="LIN")
    session = again(session, page, quantity="each", dash="unknown", school="LIN")
    assert outcomes(session) == {"create": 3}
    session = look_at(text.replace("Desk", "Chair"), by=ana)
    assert outcomes(session) == {"create": 3}
    told = notes(session)
    assert "Rows of several items are items of their own; the cost is that of each" in told
    assert "A dash ($ -) is unknown" in told
    again(session, page, quantity="lot", dash="unknown", school="LIN")
    assert outcomes(look_at(text, by=ana)) == {"create": 1}


def test_dates_of_a_spreadsheet_are_remembered(equipment: Category, lincoln: School) -> None:
    text = "Tag,Make,Acquired\nA{},Acer,2025-03-08\nA{},Acer,13/8/2025\n"
    bring(text.format(1, 2), order="day", sheet="turned")
    session = bring(text.format(3, 4))
    assert acquired()["A3"] == date(2025, 8, 3)
    assert "Dates that a spreadsheet knows as dates have day and month exchanged" in notes(session)


def test_dates_that_are_written_otherwise_than_before_are_asked_about(
    page: Client, ana: User
) -> None:
    bring(FIRST, by=ana, order="day")
    session = look_at("Tag,Make,Acquired\nA5,Acer,8/25/2025\nA6,Acer,3/8/2025\n", by=ana)
    assert set(problems(session)) == {2, 3}
    assert "written otherwise than is remembered for its source" in why(session)
    assert 'name="order"' in shown(page, session)
    session = again(session, page, order="month", school="LIN")
    assert outcomes(session) == {"create": 2}
    assert "the month first" in notes(look_at(NEXT, by=ana))


def test_another_row_of_headings_leaves_what_is_remembered_remembered(
    equipment: Category, lincoln: School, ana: User
) -> None:
    bring(FIRST, by=ana, order="day")
    session = reread(look_at(f"List,of,today\n{NEXT}", by=ana), 2, by=ana)
    assert session.run is not None and runs.execute(session.run.pk)
    session = ImportSession.objects.get(pk=session.pk)
    assert TOLD in notes(session)


def test_what_is_answered_is_ones_own_until_it_is_shared(
    page: Client, ana: User, equipment: Category, lincoln: School
) -> None:
    bea = make_user("Bea", "administrator", None)
    session = look_at(FIRST, by=ana)
    again(session, page, order="day", school="LIN")
    assert "Remembered" not in notes(look_at(NEXT, by=bea))
    data = {f"column-{i}": session.mapping.get(h, "") for i, h in enumerate(session.headers)}
    data |= plan_of(page, reverse("import", args=[session.pk]))
    page.post(reverse("import-map", args=[session.pk]), data | {"order": "day", "share": "1"})
    session = look_at(NEXT, by=bea)
    assert TOLD in notes(session)
    own = remember(session, by=bea, answers={"order": ""})
    assert "Remembered" not in notes(look_at(NEXT, by=bea)), "she is asked, whatever Ana shares"
    assert own.owner == bea
    saved = SavedMapping.objects.get(owner=ana)
    assert (saved.answers, saved.shared) == ({"order": "day"}, True)
    told = Entry.objects.filter(subject_type="integrations.savedmapping", subject_id=saved.pk)
    assert {"order": "day"} in [e.changes.get("answers", [None])[-1] for e in told]
