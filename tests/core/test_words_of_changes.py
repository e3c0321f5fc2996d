"""The history of a thing or person says that typed words changed, never the digests that stand for
them in the journal."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from assets.actions import change_asset
from assets.models import Asset
from core.access import SYSTEM
from core.models import Entry
from people.actions import change_person
from people.models import Person, School, User
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]


def digests(row: Asset | Person, *columns: str) -> set[str]:
    """What stands for these columns in the entries of a row."""
    found: set[str] = set()
    for entry in Entry.objects.of(row):
        for name in columns:
            found |= {v for v in entry.changes.get(name, ()) if v}
    return found


def facts(page: str) -> list[tuple[str, str]]:
    """The changed fields that a page tells, in its order."""
    pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page, re.S)
    return [(a.strip().lower(), unescape(b).strip()) for a, b in pairs]


@pytest.fixture
def asset(lincoln: School) -> Asset:
    asset = make_asset(school=lincoln, serial="S-1")
    for words, use in (
        ("By the window", "In the lab"),
        ("By the door", "In the library"),
        ("", ""),
    ):
        change_asset(asset, by=SYSTEM, description=words, use=use)
    return asset


def test_the_life_of_a_thing_says_that_its_description_changed(
    asset: Asset, vic: User, ana: User, client_of: Of, api_of: Of
) -> None:
    masked = digests(asset, "description")
    assert len(masked) == 2
    for client, url in (
        (client_of(vic), f"/assets/{asset.pk}/"),
        (client_of(ana), f"/assets/{asset.pk}/"),
        (client_of(ana), "/activity/"),
    ):
        page = client.get(url).content.decode()
        assert not [digest for digest in masked if digest in page], url
        told = facts(page)
        said = [value for name, value in told if name == "description"]
        assert said == ["removed", "changed", "written"], url
        used = [value for name, value in told if name.startswith("use")]
        assert used[1] == "In the lab → In the library", "what is no secret is told as before"
    feed = api_of(ana).get("/api/v1/journal?limit=200").json()["results"]
    assert not [e for e in feed if "By the" in str(e)]


def test_activity_says_of_a_person_what_changed_and_not_to_what(
    maria: Person, ana: User, client_of: Of
) -> None:
    change_person(maria, by=SYSTEM, first_name="Mary", grade="8")
    masked = digests(maria, "first_name", "last_name", "local_id", "grade")
    page = client_of(ana).get("/activity/").content.decode()
    assert masked
    assert not [digest for digest in masked if digest in page]
