"""A district speaks its own words on its pages."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client
from django.utils.translation import gettext, ngettext

from core.models import District
from core.web.words import speak
from integrations.kinds.labels import label
from people.models import Room, School, User

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
    speak({})


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


@pytest.mark.parametrize(
    ("given", "called"),
    [
        ({"tag": "serial number, serial numbers"}, "serial number"),
        ({"tag": "Serial, codes"}, "Serial"),
        ({"tag": "code, models"}, "models"),
        ({"school": "room, rooms"}, "room"),
        ({"student": "learner, awards", "award": "grant, grants"}, "awards"),
        ({"school": "site, sites", "room": "Site, places"}, "Site"),
    ],
)
def test_a_word_that_means_something_else_is_refused_with_a_sentence(
    given: dict[str, str], called: str, ana: User, client_of: Callable[[User | None], Client]
) -> None:
    page = client_of(ana).post("/settings/words/", given).content.decode()
    assert f"{called} means something else here. Take a word" in page
    assert District.objects.get().words == {}


def test_words_that_hold_ours_or_are_one_for_one_and_many_are_taken(
    ana: User, client_of: Callable[[User | None], Client]
) -> None:
    words = {"tag": "tag, tags", "local_id": "student number, student numbers"}
    words |= {"asset": "equipment, equipment", "room": "location, locations"}
    assert client_of(ana).post("/settings/words/", words).status_code == 302
    assert District.objects.get().words["asset"] == ["equipment", "equipment"]


def test_what_is_no_page_says_our_words(
    ana: User, client_of: Callable[[User | None], Client]
) -> None:
    client = client_of(ana)
    client.post("/settings/words/", {"school": "site, sites"})
    assert "Sites</h1>" in client.get("/schools/").content.decode()
    assert gettext("Schools") == "Sites"  # what streams after the page still speaks as it did
    with ThreadPoolExecutor(1) as another:
        assert another.submit(gettext, "Schools").result() == "Schools"
    client.get("/api/v1/schools")
    assert gettext("Schools") == "Schools"


def test_a_sentence_is_said_with_its_article_its_plural_and_its_gaps() -> None:
    speak({"school": ["site", "sites"], "award": ["grant", "grants"]})
    assert gettext("An award of %(school)s, {award}") == "A grant of %(school)s, {award}"
    assert ngettext("%(n)s School", "%(n)s Schools", 1) == "%(n)s Site"
    assert ngettext("%(n)s School", "%(n)s Schools", 2) == "%(n)s Sites"
    speak({"school": ["institution", "institutions"]})
    assert gettext("A school, an award") == "An institution, an award"
    speak({})
    assert gettext("A school") == "A school"


def test_where_schools_are_buildings_what_a_room_stands_in_is_told_apart(
    ana: User, tom: User, room: Room, client_of: Callable[[User | None], Client]
) -> None:
    client_of(ana).post("/settings/words/", {"school": "building, buildings"})
    told = client_of(tom).get(f"/rooms/{room.pk}/").content.decode()
    assert "Room building" in told
    assert label("building") != label("school") == "Building"
    assert gettext("a building beside no room") == "a room building beside no room"
    speak({"school": ["Building", "Buildings"], "room": ["classroom", "classrooms"]})
    assert gettext("Building") == "Classroom building"
    speak({"room": ["building", "buildings"]})
    assert (gettext("Room"), gettext("Building")) == ("Building", "Room building")
    speak({"school": ["site", "sites"]})
    assert gettext("Building") == "Building"
    speak({})
