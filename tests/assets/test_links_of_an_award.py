"""What an award's page links opens for who sees it there, an auditor of that award alone, too."""

import html
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.test import Client

from assets.actions import change_status
from core.access import SYSTEM
from funding.actions import grant_award_access
from funding.models import Award
from people.models import School, User
from people.roles import Role
from tests.cast import again, make_user
from tests.factories import make_asset, make_purchase

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]


@pytest.fixture
def spread(arp: Award, local: Award, lincoln: School, washington: School) -> None:
    """ARP has two things at Lincoln, one of them missing; Washington's are of the general fund."""
    _purchase, (one, two) = make_purchase(quantity=2, shares=[(arp, "100")])
    make_asset(school=lincoln, unit=one, tag="L-1")
    change_status(make_asset(school=lincoln, unit=two, tag="L-2"), to="missing", by=SYSTEM)
    _purchase, (other,) = make_purchase(quantity=1, shares=[(local, "100")])
    make_asset(school=washington, unit=other, tag="W-1")


def links(client: Client, url: str) -> list[str]:
    """where a page leads to by a plain link."""
    page = client.get(url).content.decode()
    found = re.findall(r'<a [^>]*href="([^"]+)"', page)
    return sorted({html.unescape(u).split("#")[0] for u in found} - {""})


def opened(client: Client, url: str) -> dict[str, int]:
    """How each page answers to which a page leads."""
    there = [u if u.startswith("/") else url + u for u in links(client, url)]
    return {u: client.get(u).status_code for u in there if not urlsplit(u).netloc}


def test_each_link_of_her_award_s_page_opens_for_ada(
    spread: None, arp: Award, lincoln: School, ada: User, fay: User, client_of: Of
) -> None:
    for user in (ada, fay):
        client = client_of(user)
        answers = opened(client, f"/awards/{arp.pk}/")
        assert set(answers.values()) == {200}, answers
        lists = [u for u in answers if f"school={lincoln.pk}" in u]
        assert len(lists) >= 3, "all of them, in stock, missing"
        text = client.get(f"/assets/?award={arp.pk}&school={lincoln.pk}&status=missing").content
        assert b"L-2" in text and b"L-1" not in text and b"at Lincoln" in text
        export = client.get(f"/assets/export.csv?award={arp.pk}&school={lincoln.pk}")
        assert export.status_code == 200 and b"L-1" in export.getvalue()


def test_a_school_without_a_thing_of_hers_stays_unknown_to_her(
    spread: None,
    arp: Award,
    local: Award,
    lincoln: School,
    washington: School,
    ada: User,
    ned: User,
    client_of: Of,
) -> None:
    answer = client_of(ada).get(f"/assets/?award={arp.pk}&school={washington.pk}")
    assert answer.status_code == 400 and washington.name not in answer.content.decode()
    assert washington.name not in client_of(ada).get("/assets/").content.decode()
    assert client_of(ned).get(f"/assets/?school={lincoln.pk}").status_code == 400
    pat = make_user("Pat", Role.TECHNICIAN, washington)
    grant_award_access(arp, to=pat, by=SYSTEM)
    for school in (lincoln, washington):
        page = client_of(again(pat)).get(f"/assets/?school={school.pk}")
        assert page.status_code == 200 and "at " + school.name in page.content.decode()
        assert f'<option value="{school.pk}" selected' in page.content.decode()
