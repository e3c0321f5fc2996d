"""The list: filters, columns and days; its export and the front page's numbers say the same."""

import csv
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from assets.actions import assign_asset, dispose_asset, return_asset
from assets.lists import columns
from assets.models import Asset
from core.access import SYSTEM
from core.time import days
from people.models import Person, School, User
from tests.factories import make_asset, make_product

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


@pytest.fixture
def stock(lincoln: School, washington: School, maria: Person) -> None:
    """Two Chromebooks, one out; a projector that is gone; one thing of another school."""
    at = days.now() - timedelta(days=40)
    make_asset(school=lincoln, tag="100701", at=at)
    out = make_asset(school=lincoln, tag="100702", at=at)
    assign_asset(out, to=maria, by=SYSTEM, at=days.now() - timedelta(days=20))
    projector = make_product(make="Epson", model="PowerLite", category="Projector")
    gone = make_asset(
        school=lincoln,
        tag="100703",
        product=projector,
        at=at,
        legacy=True,
        status="awaiting_disposal",
    )
    dispose_asset(gone, by=SYSTEM, method="recycled", disposed_on=days.today())
    make_asset(school=washington, tag="900702", at=at)


def tags(client: Client, query: str = "") -> list[str]:
    return re.findall(r">(\d{6})</a>", client.get(f"/assets/{query}").content.decode())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["100701", "100702", "100703"]),
        ("?sort=-tag", ["100703", "100702", "100701"]),
        ("?status=in_use", ["100702"]),
        ("?q=power", ["100703"]),
        ("?q=10070", ["100701", "100702", "100703"]),
        ("?q=900702", []),
        ("?queue=not_verified", ["100701", "100702"]),
    ],
)
def test_tom_finds_what_is_his(
    stock: None, tom: User, client_of: Of, query: str, found: list[str]
) -> None:
    assert tags(client_of(tom), query) == found


def test_the_list_of_a_past_day_shows_where_things_were(
    stock: None, tom: User, maria: Person, client_of: Of
) -> None:
    client = client_of(tom)
    month_ago = days.today() - timedelta(days=30)
    assert tags(client, f"?status=in_use&as_of={month_ago}") == []
    last_week = days.today() - timedelta(days=7)
    assert tags(client, f"?holder={maria.pk}&as_of={last_week}") == ["100702"]
    assert tags(client, f"?as_of={days.today() - timedelta(days=90)}") == []


def test_columns_are_chosen_kept_and_exported_in_their_order(
    stock: None, tom: User, client_of: Of
) -> None:
    client = client_of(tom)
    page = client.get("/assets/?columns=tag&columns=condition&columns=serial").content.decode()
    heads = re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?\s*([A-Z][a-z ]+)', page)
    assert [h.strip() for h in heads] == ["Tag", "Condition", "Serial number"]
    export = client.get("/assets/export.csv?columns=serial,tag&status=in_use")
    rows = list(csv.reader(export.getvalue().decode("utf-8-sig").splitlines()))  # type: ignore[attr-defined]
    assert rows[0] == ["Serial number", "Tag"]
    assert [row[1] for row in rows[1:]] == ["100702"]


def test_an_export_holds_everything_that_matches_and_nothing_of_others(
    stock: None, tom: User, client_of: Of
) -> None:
    text = client_of(tom).get("/assets/export.csv").getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["Tag"] for row in rows] == ["100701", "100702", "100703"]
    assert rows[1]["Holder"] == "Maria Lopez"


def test_no_column_names_somebody_unless_it_may(stock: None, maria: Person) -> None:
    out = Asset.objects.for_list().get(tag="100702")
    cells = {name: str(columns.value(out, name, False)) for name in columns.COLUMNS}
    assert cells["place"] == cells["holder"] == maria.pseudonym
    assert not any(
        part in text for part in (maria.name, maria.last_name) for text in cells.values()
    )
    assert maria.last_name in columns.value(out, "holder", True)


def test_each_number_of_the_front_page_is_the_length_of_its_list(
    stock: None, ana: User, client_of: Of
) -> None:
    client = client_of(ana)
    home = client.get("/").content.decode()
    numbers = re.findall(r'href="/assets/(\?[^"]+)">.*?<strong>([\d,]+)</strong>', home)
    assert len(numbers) >= 4
    for query, number in numbers:
        assert len(tags(client, query)) == int(number.replace(",", "")), query


def test_a_filter_that_is_not_there_is_refused_in_words(tom: User, client_of: Of) -> None:
    for query, words in (
        ("?flavor=sweet", "There is no filter called flavor."),
        ("?status=sold", "is not one of the choices"),
        ("?school=999999", "or it is not yours to see"),
        ("?as_of=yesterday", "Give the date as YYYY-MM-DD."),
    ):
        answer = client_of(tom).get(f"/assets/{query}")
        assert answer.status_code == 400, query
        assert words in answer.content.decode()


def test_the_page_of_a_student_tells_what_they_held_on_a_day(
    stock: None, tom: User, maria: Person, client_of: Of
) -> None:
    client = client_of(tom)
    return_asset(Asset.objects.get(tag="100702"), by=SYSTEM, at=days.now() - timedelta(days=2))
    now = client.get(f"/people/{maria.pk}/").content.decode()
    assert "Holds now <span" in now
    assert "(0)" in now
    assert "Held before" in now
    then = client.get(f"/people/{maria.pk}/?on={days.today() - timedelta(days=7)}").content.decode()
    assert "100702" in then
    assert "(1)" in then
    assert client.get(f"/people/{maria.pk}/?on=then").status_code == 400
