"""The front page tells what people did, in their words; what the application brought is no news."""

import string
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from assets.actions import take_tags
from core.journal import sentences, showing
from core.problems import Problem
from funding.actions import set_parameter
from funding.models import Award
from funding.seed import seed_reference
from people.models import User

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


def lately(client: Client) -> str:
    page = client.get("/").content.decode()
    return page.split('id="lately"')[1] if 'id="lately"' in page else ""


def test_what_a_new_district_begins_with_is_no_news_and_what_ana_sets_is(
    ana: User, client_of: Of
) -> None:
    seed_reference()
    assert "Parameter" not in lately(client_of(ana)), "nobody did that"
    assert "Parameter" in client_of(ana).get("/activity/").content.decode()
    set_parameter(
        "esf_late_liquidation_last", "ARP", "2026-04-02", by=ana, starts_on=date(2026, 3, 1)
    )
    told = lately(client_of(ana))
    assert "ESSER, last day to pay with a late liquidation (ARP) is 2026-04-02" in told
    assert "esf_late_liquidation_last" not in told and told.count("Parameter") == 1


def test_tag_numbers_taken_are_told_by_their_number(ana: User, client_of: Of) -> None:
    take_tags(7, by=ana)
    assert "Tag numbers taken: 7" in lately(client_of(ana))


def test_each_word_of_a_sentence_is_one_that_somebody_is_shown() -> None:
    known = set().union(*showing._keys.values()) | {"subject", "place", "person", "room"}
    for kind, said in sentences._sentences.items():
        words = {name for _text, name, _spec, _c in string.Formatter().parse(str(said)) if name}
        unknown = {w for w in words if w not in known and f"{w}_id" not in known}
        assert not unknown, f"{kind} always tells a dash for {unknown}"


def test_every_parameter_has_its_words_on_the_page(ana: User, client_of: Of) -> None:
    seed_reference()
    page = client_of(ana).get("/parameters/").content.decode()
    assert "<td><code>" not in page and "Days until an item must have its tag" in page


def test_fay_reads_passed_of_what_ended_and_not_of_what_began(
    arp: Award, fay: User, client_of: Of
) -> None:
    page = client_of(fay).get(f"/awards/{arp.pk}/").content.decode()
    rows = page.split('id="dates"')[1].split("</table>")[0].split("<tr>")[1:]
    passed = {"passed" in row for row in rows if "from" in row}
    assert passed == {False}
    assert any("passed" in row for row in rows if "until" in row)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("There is no school called MAPLE ELEM..", "There is no school called MAPLE ELEM."),
        ("No school is ELEM.. Choose one.", "No school is ELEM. Choose one."),
        ("Wait...", "Wait..."),
        ("1..5 is no range", "1..5 is no range"),
    ],
)
def test_a_name_with_a_full_stop_ends_a_refusal_with_one(said: str, told: str) -> None:
    assert Problem("x", said).message == told
