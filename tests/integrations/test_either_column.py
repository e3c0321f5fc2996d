"""Two columns that mean the very same: where one is empty the other is read."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assets.models import Asset
from integrations.views.rows import lines_of
from people.models import User
from tests.forms import plan_of
from tests.integrations.conftest import Brings, look_at, outcomes, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
HEAD = "Tag,Serial,Serial Number,Make"


def test_the_one_that_is_filled_is_read(brings: Brings) -> None:
    session = brings(f"{HEAD}\nA-1,SN0001,,Acer\nA-2,N/A,SN0002,Acer\nA-3,SN0003,sn0003,Acer\n")
    assert outcomes(session) == {"create": 3}, why(session)
    serials = dict(Asset.objects.values_list("tag", "serial"))
    assert serials == {"A-1": "SN0001", "A-2": "SN0002", "A-3": "SN0003"}
    assert not any("read by no field" in note for note in session.plan_notes)


def test_where_they_differ_neither_is_believed() -> None:
    session = look_at(f"{HEAD}\nA-1,SN0001,SN0002,Acer\n")
    assert outcomes(session) == {"refused": 1}
    assert "SN0001" in why(session)
    assert "SN0002" in why(session)


def test_the_page_says_so_and_one_of_them_may_be_left_out(
    ana: User, client_of: Callable[[User], Client]
) -> None:
    session = look_at(f"{HEAD}\nA-1,SN0001,SN0002,Acer\n", by=ana)
    assert session.mapping["Serial"] == session.mapping["Serial Number"] == "serial"
    client = client_of(ana)
    chosen = {"column-0": "tag", "column-1": "serial", "column-2": "", "column-3": "make"}
    chosen |= plan_of(client, reverse("import", args=[session.pk]))
    assert client.post(reverse("import-map", args=[session.pk]), chosen).status_code == 302
    session.refresh_from_db()
    assert outcomes(session) == {"create": 1}, why(session)
    assert "Serial Number" not in session.mapping


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ("1.2E+10,SN0002", "Serial", "1.2E+10"),
        ("SN0001,1.2E+10", "Serial Number", "1.2E+10"),
        ("SN0001,SN0002", "Serial Number", "SN0002"),
        (",=A1", "Serial Number", "=A1"),
    ],
)
def test_the_form_to_mend_has_the_column_that_the_reason_is_about(
    ana: User, client_of: Callable[[User], Client], cells: str, column: str, value: str
) -> None:
    session = look_at(f"{HEAD}\nA-1,{cells},Acer\n", by=ana)
    page = client_of(ana).get(reverse("import", args=[session.pk])).content.decode()
    form = page.partition(reverse("import-mend", args=[session.pk, 2]))[2].partition("</form>")[0]
    assert re.findall(r"<option[^>]*selected[^>]*>\s*([^<]*?)\s*<", form) == [column]
    assert f'value="{value}"' in form


def test_what_another_row_has_is_about_the_column_that_says_it() -> None:
    session = look_at(f"{HEAD}\nA-1,,SN0001,Acer\nA-2,SN0001,,Acer\n")
    [line] = lines_of(session, list(session.rows.filter(outcome="refused")))
    assert (line.column, line.value) == ("Serial", "SN0001")
