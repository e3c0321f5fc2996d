"""What is declared and found nowhere, or named and not there, stops the program's start."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.http import HttpRequest

from assets import act as acts
from core.api import resource
from core.journal import sentences
from core.web import slots
from funding.api.purchases import PURCHASES
from tests.worked.cleaning import CLEAN

MAY = "core.backup"


def _context(request: Any, obj: Any) -> dict[str, Any]:
    return {}


@pytest.fixture(autouse=True)
def as_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test adds is taken away again; what others added is not looked at."""
    monkeypatch.setattr(slots, "_nav", list(slots._nav))
    monkeypatch.setattr(slots, "_slots", set(slots._slots))
    monkeypatch.setattr(slots, "_panels", {name: [*own] for name, own in slots._panels.items()})
    monkeypatch.setattr(sentences, "_namers", dict(sentences._namers))
    monkeypatch.setattr(sentences, "_elsewhere", dict(sentences._elsewhere))
    monkeypatch.setattr(sentences, "_urls", dict(sentences._urls))
    monkeypatch.setattr(resource, "_declared", list(resource._addressed))


WRONG: dict[str, Callable[[], object]] = {
    "leads to 'toys'": lambda: slots.nav("Toys", "toys", "toy", MAY),
    "leads to 'asset'": lambda: slots.nav("An item, but which?", "asset", "toy", MAY),
    r"holds \['toys'\]": lambda: slots.nav("Home", "home", "home", MAY, holds=("home", "toys")),
    "toys.html on core.home": lambda: slots.panel("core.home", "toys.html", MAY, _context),
    "games.game has its page at 'toys'": lambda: sentences.register_namer(
        "games.game", lambda pks, by: {}, url_name="toys"
    ),
    "games.game has its page at 'assets'": lambda: sentences.register_namer(
        "games.game", lambda pks, by: {}, url_name="assets"
    ),
    "noun Toy of the API is in no api_urls": lambda: replace(PURCHASES, name="Toy"),
}


def test_the_house_is_whole() -> None:
    call_command("check")


@pytest.mark.parametrize("fault", WRONG)
def test_what_is_not_there_does_not_start(fault: str) -> None:
    WRONG[fault]()
    with pytest.raises(SystemCheckError, match=fault):
        call_command("check")


def test_an_act_that_stands_in_no_list_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "_declared", list(acts.acts()))
    acts.all_listed()
    replace(CLEAN, name="polish")
    with pytest.raises(TypeError, match=r"\['polish'\] stand in no list"):
        acts.all_listed()


def test_a_panel_on_a_page_that_shows_it_nowhere_does_not_start() -> None:
    with pytest.raises(LookupError, match=r"people\.persom"):
        slots.panel("people.persom", "assets/panel_held.html", MAY, _context)
    with pytest.raises(LookupError, match=r"people\.persom"):
        slots.panels_for(HttpRequest(), "people.persom", None)


def test_each_place_for_panels_stands_on_a_page() -> None:
    sources = (path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html"))
    shown = {name for text in sources for name in re.findall(r'{% panels "([\w.]+)"', text)}
    assert shown == slots._slots
