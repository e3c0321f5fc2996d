"""The gallery shows every component, to those who write pages and in a demonstration."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from core.models import District
from people.models import User

pytestmark = pytest.mark.django_db
COMPONENTS = Path(__file__).parents[2] / "templates/components"
#: No piece of a page: what is in its head, and a page of its own.
APART = {"styles", "form_page"}


@pytest.mark.untrue("the district is made a demonstration behind its back")
def test_it_shows_every_component_under_its_name(
    ana: User, client_of: Callable[[User | None], Client]
) -> None:
    District.objects.update(demonstration=True)
    page = client_of(ana).get("/gallery/").content.decode()
    headings = re.findall(r'(?:<h2[^>]*>|pretitle">)\s*([^<]*)', page)
    shown = set(re.findall(r"\w+", " ".join(headings)))
    assert {p.stem for p in COMPONENTS.glob("*.html")} - APART <= shown


def test_a_district_at_work_has_no_gallery(
    ana: User, client_of: Callable[[User | None], Client]
) -> None:
    assert client_of(ana).get("/gallery/").status_code == 404


def test_each_component_tells_its_parameters_first() -> None:
    for path in COMPONENTS.glob("*.html"):
        first = path.read_text().replace('{% extends "base.html" %}\n', "")
        assert first.startswith("{% comment %}"), path.name
