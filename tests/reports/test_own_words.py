"""A report speaks the register's own words, and is the same whoever's thread builds it: the
district's words are for its pages."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils.translation import gettext

from core.web.words import plainly, speak
from people.models import User
from reports import actions
from reports.models import Report
from tests.reports.conftest import content

pytestmark = pytest.mark.django_db
Make = Callable[..., Report]
Browser = Callable[[User | None], Client]
WORDS = {
    "award": "grant, grants",
    "asset": "item, items",
    "school": "campus, campuses",
    "room": "place, places",
    "tag": "sticker, stickers",
    "student": "scholar, scholars",
}


@pytest.fixture
def own_words(ana: User, client_of: Browser) -> Iterator[None]:
    """Ana's district says it otherwise, and so does this thread."""
    client_of(ana).post("/settings/words/", WORDS)
    client_of(ana).get("/awards/")
    assert gettext("Award") == "Grant"
    yield
    speak({})


def test_fay_is_told_that_a_true_report_is_the_same_in_her_districts_words(
    report_of: Make, fay: User, client_of: Browser, own_words: None
) -> None:
    with plainly():  # a worker made it
        report = report_of(fay)
    page = client_of(fay).post(f"/reports/{report.pk}/recompute/").content.decode()
    assert "altered behind the register" not in page
    assert report.sha256 in page


def test_words_that_came_after_a_report_change_no_byte_of_it(
    report_of: Make, fay: User, ana: User, client_of: Browser
) -> None:
    report = report_of(fay, formats=["csv", "xlsx"])
    made = {f: content(report, f) for f in ("csv", "xlsx")}
    client_of(ana).post("/settings/words/", WORDS)
    client_of(ana).get("/awards/")
    assert gettext("Award") == "Grant"
    assert {f: actions.remake(report, f) for f in made} == made
    assert actions.recompute(report).same
    assert gettext("Award") == "Grant", "the page that asked goes on in its words"
    speak({})


def test_a_report_that_is_made_where_pages_are_is_the_one_that_a_worker_makes(
    report_of: Make, fay: User, own_words: None
) -> None:
    report = report_of(fay)
    with plainly():
        assert actions.recompute(report).same
    assert "grant" not in actions.stored_dataset(report).extra["award"].lower()
    assert dict(actions.stored_dataset(report).scope).get("Award")
