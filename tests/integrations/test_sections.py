"""Lines of dashes, headings by other names, sections and remarks are no rows: they are left out or
asked about, the notes name them, and who knows better says so."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from assets.models import Asset
from core.access import SYSTEM
from funding.models import Award
from integrations.actions import leave_out
from integrations.models import ImportSession
from people.models import Person, School, User
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why
from tests.integrations.ways import notes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
HEAD = "Asset Tag,Serial,Make,Model,School\n"
ONE = "OS001,OSS0001,HP,OS-1,LIN\n"


def test_a_line_beneath_the_headings_is_no_thing(brings: Brings) -> None:
    session = brings(f"{HEAD}---------,------,----,-----,---\n{ONE}\n(1 rows affected)\n")
    assert outcomes(session) == {"left": 1, "create": 1, "refused": 1}
    assert list(Asset.objects.values_list("tag", flat=True)) == ["OS001"]
    assert "no rows of their own: 1 left out (row 2)" in notes(session)


@pytest.mark.parametrize(
    "row", ["=====,===", "***,***,***", "—————,–,—", "----+-----,-", " --- , - ", "_____________"]
)
def test_lines_as_programs_draw_them(row: str) -> None:
    assert outcomes(look_at(f"{HEAD}{row}\n")) == {"left": 1}


def test_headings_by_other_names_are_no_thing(brings: Brings) -> None:
    session = brings(
        f"{HEAD}{ONE}Asset #,Serial No,Make,Model,Site\nTag No,S/N,Brand,Model,LIN\n"
        "Asset Tag,Serial,Make,Model,LIN\n"
    )
    assert outcomes(session) == {"create": 1, "left": 1, "refused": 2}
    assert "1 left out (row 3)" in notes(session)
    assert "unless you say that they are rows: 2 (row 4, 5)" in notes(session)
    assert why(session).count("It looks like headings") == 2


@pytest.mark.parametrize(
    "row",
    [
        "Room 101,Technology,,,LIN",
        "Building: East,,,,LIN",
        "Continued on next page,Page 2,,,LIN",
        "Lincoln (cont.),---,,,LIN",
        "12 items,,,,LIN",
        "* = on loan,,,,LIN",
        "See notes below,,,,LIN",
        "Grade 9,Homeroom 12,,,LIN",
        "Total devices: 12,,,,LIN",
    ],
)
def test_a_section_whose_school_is_filled_down_is_asked_about(row: str) -> None:
    session = look_at(f"{HEAD}{ONE}{row}\n")
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert session.rows.get(outcome="refused").conflict == "none"
    assert "unless you say that they are rows: 1 (row 3)" in notes(session)


@pytest.mark.parametrize(
    "row",
    [
        "Room 101,5CG0101,,,LIN",
        "Room 101,,Smart,,LIN",
        "ROOM101,Technology,,,LIN",
        "OS9,Serial,HP,OS-1,LIN",
        "OS9,---,HP,OS-1,LIN",
        "12,Items,HP,OS-1,LIN",
    ],
)
def test_a_thing_that_is_merely_called_so_is_a_thing(row: str) -> None:
    assert outcomes(look_at(f"{HEAD}{row}\n")) == {"create": 1}


def test_a_row_that_looks_like_a_section_is_a_thing_once_somebody_said_so(brings: Brings) -> None:
    text = f"{HEAD}Room 101,Technology,,,LIN\n"
    assert outcomes(brings(text, settle="none=row")) == {"create": 1}
    assert Asset.objects.get().tag == "Room 101"
    assert outcomes(brings(text)) == {"same": 1}, "what is here is not asked about"


def test_a_row_of_totals_is_a_thing_once_somebody_said_so(brings: Brings) -> None:
    text = f"{HEAD}Grand Total,,,,LIN\n"
    assert outcomes(brings(text)) == {"refused": 1}
    assert outcomes(brings(text, settle="none=row")) == {"create": 1}


def test_what_was_left_out_by_its_look_is_taken_in_again_on_the_page(
    ana: User, client_of: Callable[[User], Client]
) -> None:
    session = look_at(f"{HEAD}{ONE}Number,Serial No,Brand,Product,\n", by=ana)
    client, url = client_of(ana), reverse("import", args=[session.pk])
    assert "Take it in again" in client.get(url).content.decode()
    client.post(reverse("import-mend", args=[session.pk, 3]), {"out": "0"})
    assert outcomes(session) == {"create": 2}


def test_what_was_left_out_by_its_look_is_taken_in_again_by_the_command(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"{HEAD}{ONE}Number,Serial No,Brand,Product,\n")
    given = {"school": "LIN", "category": "Equipment", "apply": True, "verbosity": 0}
    call_command("import_file", "assets", str(path), **given)
    assert outcomes(ImportSession.objects.latest("pk")) == {"create": 1, "left": 1}
    call_command("import_file", "assets", str(path), take_in=[3], **given)
    assert outcomes(ImportSession.objects.latest("pk")) == {"same": 1, "create": 1}
    assert set(Asset.objects.values_list("tag", flat=True)) == {"OS001", "Number"}


def test_a_line_that_is_taken_in_again_still_names_nothing() -> None:
    session = look_at(f"{HEAD}-----,-----,---,-----,---\n")
    session = leave_out(session, 2, by=SYSTEM, out=False)
    assert outcomes(session) == {"refused": 1}
    assert "names no item" in why(session)


def test_dashes_and_remarks_are_no_schools() -> None:
    session = bring(
        "Code,Name,Address\n----,----,-------\nVV1,Vee One,1 Main\nElementary schools,,\n"
        "(2 rows affected),,\nPrinted 06/30/2026,Page 1 of 1,\nTotal schools: 2,,\n"
        ",See notes below,\nSite Code,Site Name,Address\n----,,LIN\n",
        kind="places",
    )
    assert outcomes(session) == {"left": 2, "create": 1, "refused": 6}
    assert set(School.objects.values_list("code", flat=True)) == {"LIN", "VV1"}


def test_dashes_and_sections_are_nobody() -> None:
    session = bring(
        "Student ID,First Name,Last Name,School,Grade\n----------,-----,-----,-----,-----\n"
        "1,Mia,Lee,LIN,9\nGrade 9,,,LIN,\nMr. Smith's homeroom,Room,101,LIN,9\n"
        "Total,2,students,LIN,\n------,-----,---,LIN,\n",
        kind="people",
    )
    assert outcomes(session) == {"left": 1, "create": 1, "refused": 4}
    assert list(Person.objects.values_list("local_id", flat=True)) == ["1"]


def test_somebody_who_is_here_by_such_an_id_is_not_asked_about() -> None:
    text = "Student ID,First Name,Last Name,School\nsmith,,,\n"
    assert outcomes(bring(text, kind="people", settle="none=row")) == {"create": 1}
    assert outcomes(bring(text, kind="people")) == {"same": 1}


def test_totals_sections_and_dashes_are_no_awards() -> None:
    session = bring(
        "Name,FAIN,Amount\n-----,----,------\nFund: Title I,,\nAward total,,500.00\nGrant,FAIN,\n",
        kind="awards",
    )
    assert outcomes(session) == {"left": 2, "refused": 2}
    assert not Award.objects.exists()


@pytest.mark.parametrize("word", ["N/A", "TBD", "-----", "None"])
def test_no_school_is_called_or_coded_so(word: str) -> None:
    session = bring(f"Code,Name,Room\n{word},Annex,101\nQ1,{word},5\n", kind="places")
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert School.objects.get(name="Annex").code == "Annex"
    assert "A new school needs a name" in why(session)
    assert "Code: N/A, none and the like were taken as empty (cells: 1)" in notes(session)


def test_a_school_may_have_the_code_na() -> None:
    assert outcomes(bring("Code,Name\nNA,North Academy\n", kind="places")) == {"create": 1}
    assert School.objects.filter(code="NA").exists()


def test_no_award_is_called_so() -> None:
    assert outcomes(look_at("Name,Program\nN/A,Title I\n", kind="awards")) == {"refused": 1}


def test_nobody_is_called_so_but_who_is() -> None:
    text = "Student ID,First Name,Last Name\n1,N/A,Lee\n2,Null,None\n3,---,Fox\n"
    bring(text, kind="people")
    called = Person.objects.order_by("local_id").values_list("first_name", "last_name")
    assert list(called) == [("", "Lee"), ("Null", "None"), ("", "Fox")]


def test_nothing_is_a_thing_by_such_a_description() -> None:
    session = look_at(
        "Description,School\nN/A,LIN\n----,LIN\nUntagged stool,LIN\nRoom divider,LIN\n"
    )
    assert outcomes(session) == {"refused": 2, "create": 2}
