"""A district speaks its own words on its pages (U-08)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from core.models import District
from people.models import School, User

pytestmark = pytest.mark.django_db


def test_ana_says_site_and_every_page_does(
    ana: User, tom: User, lincoln: School, client_of: Callable[[User | None], Client]
) -> None:
    assert "Schools</h1>" in client_of(tom).get("/schools/").content.decode()
    answer = client_of(ana).post(
        "/settings/words/", {"school": "site, sites", "award": "grant, grants"}
    )
    assert answer.status_code == 302
    assert District.objects.get().words == {
        "school": ["site", "sites"],
        "award": ["grant", "grants"],
    }
    page = client_of(tom).get("/schools/").content.decode()
    assert "Sites</h1>" in page
    assert "Schools</h1>" not in page
    assert lincoln.name in page  # names of things stay as they are
    assert "Grants</h1>" in client_of(ana).get("/awards/").content.decode()
    translation.deactivate()


def test_ana_takes_her_words_back(
    ana: User, lincoln: School, client_of: Callable[[User | None], Client]
) -> None:
    client = client_of(ana)
    client.post("/settings/words/", {"school": "site, sites"})
    client.post("/settings/words/", {})
    assert "Schools</h1>" in client.get("/schools/").content.decode()


@pytest.mark.parametrize("bad", ["site", "a, b, c", "<b>x</b>, y", "%(x)s, y", "{0}, y", "1, 2"])
def test_a_word_that_would_break_sentences_is_refused_with_a_sentence(
    bad: str, ana: User, client_of: Callable[[User | None], Client]
) -> None:
    answer = client_of(ana).post("/settings/words/", {"school": bad})
    assert answer.status_code == 200
    assert "invalid-feedback" in answer.content.decode() or "errorlist" in answer.content.decode()
    assert District.objects.get().words == {}
