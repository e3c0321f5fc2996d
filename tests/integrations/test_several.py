"""Rows that mean several things: asked, refused with a sentence, or done as the person said."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from assets.models import Asset, Category
from integrations.models import ImportSession
from people.models import School, User
from tests.forms import plan_of
from tests.integrations.conftest import bring, look_at, outcomes, undo, work
from tests.integrations.ways import ODD, by_apply, by_command, by_page, problems

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(
    ana: User, equipment: Category, lincoln: School, client_of: Callable[[User], Client]
) -> Client:
    return client_of(ana)


def again(session: ImportSession, client: Client, **said: str) -> ImportSession:
    """The person says something at the columns and reads the file again."""
    columns = {f"column-{i}": session.mapping.get(h, "") for i, h in enumerate(session.headers)}
    columns |= plan_of(client, reverse("import", args=[session.pk]))
    client.post(
        reverse("import-map", args=[session.pk]), columns | {"category": "Equipment"} | said
    )
    session = ImportSession.objects.order_by("-pk")[0]
    return work(session) if session.run and not session.run.over else session


def shown(client: Client, session: ImportSession) -> str:
    return client.get(reverse("import", args=[session.pk])).content.decode()


def costs() -> list[Decimal]:
    return sorted(a.unit.cost for a in Asset.objects.exclude(unit=None) if a.unit and a.unit.cost)


def test_thirty_of_a_thing_are_asked_on_the_page_and_made(page: Client) -> None:
    session = by_page(ODD / "m2_quantity.csv", page, apply=False, category="Equipment")
    assert session.state == "previewed"
    assert not Asset.objects.exists()
    assert "Is it 30 items at 89.50 each, or one lot?" in problems(session)[2][0][1]
    assert "the row makes nothing" in problems(session)[3][0][1]
    assert 'name="quantity"' in shown(page, session)
    session = again(session, page, quantity="each")
    assert outcomes(session) == {"create": 30, "refused": 1}
    session = by_apply(session, page)
    assert Asset.objects.filter(description="Student desk, 24x18").count() == 30
    assert costs() == [Decimal("89.50")] * 30
    assert len(set(Asset.objects.values_list("tag", flat=True))) == 30
    same = by_page(ODD / "m2_quantity.csv", page, apply=False, category="Equipment")
    assert outcomes(again(same, page, quantity="each")) == {"same": 30, "refused": 1}
    undo(session)
    assert not Asset.objects.active().exists()


def test_thirty_of_a_thing_are_one_lot_by_command(lincoln: School, equipment: Category) -> None:
    asked = by_command(ODD / "m2_quantity.csv", category="Equipment")
    assert outcomes(asked) == {"refused": 2}
    session = by_command(ODD / "m2_quantity.csv", category="Equipment", quantity="lot")
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert Asset.objects.get().description == "Lot of 30: Student desk, 24x18"
    assert costs() == [Decimal("2685.00")]


def test_thirty_are_made_by_command(lincoln: School, equipment: Category) -> None:
    out = io.StringIO()
    call_command(
        "import_file",
        "assets",
        str(ODD / "m2_quantity.csv"),
        apply=True,
        quantity="each",
        category="Equipment",
        stdout=out,
    )
    assert Asset.objects.count() == 30
    assert "30 create" in out.getvalue()


def test_the_cost_of_all_is_split_to_the_cent(lincoln: School, equipment: Category) -> None:
    bring("Description,Make,Qty,Cost\nDesk,Virco,3,100.00\n", quantity="each-total")
    assert costs() == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]


@pytest.mark.parametrize(
    ("row", "how", "say"),
    [
        (
            "Desk,Virco,30,89.50,2600.00,",
            "each",
            "30 of them cost 2,685.00, and the extended cost says 2,600.00",
        ),
        ("Desk,Virco,30,2685,2600.00,", "lot-total", "30 of them cost 2,685"),
        ("Desk,Virco,1,89.50,90.00,", "", "One costs 89.50"),
        ("Desk,Virco,2,10,20,T1", "each", "cannot have one tag"),
        ("Desk,Virco,2.5,10,,", "each", "whole number"),
        ("Desk,Virco,99999,10,,", "each", "at most 10,000"),
    ],
)
def test_a_quantity_that_cannot_be_is_refused(
    lincoln: School, equipment: Category, row: str, how: str, say: str
) -> None:
    session = look_at(f"Description,Make,Qty,Unit cost,Extended cost,Tag\n{row}\n", quantity=how)
    assert say in problems(session)[2][0][1]
    assert set(outcomes(session)) == {"refused"}


def test_a_rounded_cost_of_each_may_differ_from_the_whole(
    lincoln: School, equipment: Category
) -> None:
    bring(
        "Description,Make,Qty,Unit cost,Extended cost\nDesk,Virco,3,33.33,100.00\n", quantity="each"
    )
    assert sum(costs()) == Decimal("100.00")


def test_rows_that_mean_too_many_things_are_refused(
    lincoln: School, equipment: Category, page: Client
) -> None:
    rows = "".join(f"Desk {n},Virco,9000\n" for n in range(3))
    session = look_at(f"Description,Make,Qty\n{rows}", by=User.objects.get(name="Ana"))
    columns = {"column-0": "description", "column-1": "make", "column-2": "quantity"}
    answer = page.post(
        reverse("import-map", args=[session.pk]),
        columns | {"quantity": "each"} | plan_of(page, reverse("import", args=[session.pk])),
    )
    assert answer.status_code == 409
    assert "more than 20,000 items" in answer.content.decode()


def test_things_of_one_row_that_are_refused_come_back_as_that_row(page: Client, ana: User) -> None:
    session = look_at("Description,Make,Qty,School\nDesk,Virco,3,NOPE\n", by=ana, quantity="each")
    assert outcomes(session) == {"refused": 3}
    answer = page.get(reverse("import-refused", args=[session.pk]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [list(r.values())[:5] for r in rows] == [["Desk", "Virco", "3", "NOPE", "2"]]
