"""The sign-in page of the demonstration signs in with one click; that of a real district offers
nobody's log-in."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from core.models import District
from demonstration.actions.start import LOGINS, make_district

pytestmark = pytest.mark.django_db
FORM = re.compile(
    r'name="email" value="([^"]+)"\s*>\s*<input type="hidden" name="password" value="([^"]+)"'
)


@pytest.fixture
def demo(tmp_path: Path, settings: object) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    make_district()


def test_each_button_signs_in_with_its_role(demo: None, client: Client) -> None:
    page = client.get("/sign-in/").content.decode()
    offered = dict(FORM.findall(page))
    assert list(offered) == [login.email for login in LOGINS]
    for login in LOGINS:
        signed = Client()
        data = {"email": login.email, "password": unescape(offered[login.email])}
        answer = signed.post("/sign-in/?next=/assets/", data)
        assert answer.headers["Location"] == "/assets/", login.email
        assert login.name in signed.get("/account/").content.decode()


def test_a_real_district_offers_nobody(district: District, client: Client) -> None:
    page = client.get("/sign-in/").content.decode()
    assert "demo.example" not in page
    assert not FORM.search(page)
