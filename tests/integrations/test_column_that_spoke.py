"""A reason stands at the column that spoke, and the form to mend a row overwrites no other."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from integrations.models import ImportSession
from people.models import Person, School, User
from tests.integrations.conftest import look_at, outcomes
from tests.integrations.holders import somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
Of = Callable[[User], Client]

MAILS = """Tag,Serial,Email
1,A1,nobody@demo.example
2,A2,nobody@demo.example
3,A3,
"""


@pytest.fixture(autouse=True)
def mia(lincoln: School) -> Person:
    return somebody(lincoln, "990101", "Mia Test", "mia@demo.example")


def form(client: Client, session: ImportSession, number: int = 2) -> str:
    """The form to mend a row, as its page has it."""
    page = client.get(reverse("import", args=[session.pk])).content.decode()
    action = reverse("import-mend", args=[session.pk, number])
    return page.split(f'action="{action}"')[1].split("</form>")[0]


def chosen(html: str) -> str:
    """The column that a browser sends where nobody chooses."""
    options = re.findall(r'<option value="([^"]*)"( selected)?', html)
    return next((value for value, selected in options if selected), options[0][0])


@pytest.mark.parametrize(
    ("heading", "cell", "column"),
    [
        ("Email", "nobody@demo.example", "Email"),
        ("Assigned To", "stranger", "Assigned To"),
        ("Checked Out To: Last Name", "Stranger", "Checked Out To: Last Name"),
        ("Status", "Checked Out", "Status"),
        ("Checkout Date", "10/1/2026", "Checkout Date"),
        ("Checkout Type", "user", "Checkout Type"),
    ],
)
def test_the_form_has_the_column_that_spoke(
    ana: User, client_of: Of, heading: str, cell: str, column: str
) -> None:
    session = look_at(f"Tag,Serial,{heading}\n1,A1,{cell}\n", by=ana)
    assert outcomes(session) == {"refused": 1}
    html = form(client_of(ana), session)
    assert chosen(html) == column
    assert f'value="{cell}"' in html and 'name="alike"' in html


def test_a_wrong_address_is_mended_in_all_rows_and_no_tag_is(ana: User, client_of: Of) -> None:
    client, session = client_of(ana), look_at(MAILS, by=ana)
    sent = {"header": chosen(form(client, session)), "value": "mia@demo.example", "alike": "1"}
    client.post(reverse("import-mend", args=[session.pk, 2]), sent)
    session.refresh_from_db()
    assert outcomes(session) == {"create": 3}
    assert [r.raw["Tag"] for r in session.rows.order_by("number")] == ["1", "2", "3"]


def test_where_no_column_spoke_none_is_preselected(ana: User, client_of: Of) -> None:
    session = look_at("Last,First\nTest,Mia\nTest,Max\n", kind="people", by=ana)
    client = client_of(ana)
    html = form(client, session)
    assert chosen(html) == "" and "required" in html.split(">")[0] + html
    client.post(reverse("import-mend", args=[session.pk, 2]), {"header": "", "value": "7"})
    assert [r.raw["Last"] for r in session.rows.order_by("number")] == ["Test", "Test"]
