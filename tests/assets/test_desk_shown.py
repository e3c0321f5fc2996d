"""The desk does what its page shows, or nothing: Tom has it open in two tabs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.actions import assign_asset, return_asset
from assets.models import Asset
from core.access import SYSTEM
from core.models import Entry
from people.actions import change_person
from people.models import Person, Room, School, User
from tests.factories import make_asset, make_student
from tests.forms import forms_of, scanned, sent

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
OTHERWISE = "The desk does something else than this page showed"


@pytest.fixture
def browser(tom: User, client_of: Of) -> Client:
    client = client_of(tom)
    client.post("/scan/", {"mode": "out"})
    return client


def tab(browser: Client) -> str:
    """The page as one of its tabs shows it."""
    return browser.get("/scan/").content.decode()


def scan_in(page: str, browser: Client, code: str, **more: Any) -> str:
    """A code in the field of a tab; what that tab shows then. As scan.js sends it, or as a page
    without JavaScript does."""
    desk = sent(page, "/scan/", "desk")["desk"]
    browser.post("/scan/", {"code": code, "desk": desk} | more)
    return tab(browser)


def stands(asset: Asset) -> tuple[Any, ...]:
    return Asset.objects.values_list("status", "holder", "room").get(pk=asset.pk)


@pytest.mark.parametrize("there", ["another person", "another mode", "nobody"])
def test_a_device_goes_to_nobody_whom_its_tab_did_not_show(
    browser: Client, lincoln: School, library: Room, maria: Person, jamal: Person, there: str
) -> None:
    asset = make_asset(school=lincoln, tag="100850")
    before = stands(asset)
    scanned(browser, jamal.local_id)
    first = tab(browser)
    assert f"Handing out to <strong>{jamal}" in first
    if there == "another person":
        scanned(browser, maria.local_id)
    elif there == "another mode":
        browser.post("/scan/", {"mode": "move"})
        scanned(browser, library.code)
    else:
        scanned(browser, "DONE")
    entries = Entry.objects.count()
    page = scan_in(first, browser, "100850")
    assert OTHERWISE in page
    assert (stands(asset), Entry.objects.count()) == (before, entries)
    # Who scans on without a look, from the page that came, acts for neither of the two tabs.
    page = scan_in(page, browser, "100850")
    assert "Scan the person&#x27;s card first." in page
    assert (stands(asset), Entry.objects.count()) == (before, entries)
    page = scan_in(page, browser, jamal.local_id)
    scan_in(page, browser, "100850")
    assert Asset.objects.get(pk=asset.pk).holder == jamal


def test_the_other_tab_is_told_as_well(
    browser: Client, lincoln: School, maria: Person, jamal: Person
) -> None:
    asset = make_asset(school=lincoln, tag="100851")
    scanned(browser, jamal.local_id)
    first = tab(browser)
    second = scan_in(first, browser, maria.local_id)
    scan_in(first, browser, "100851")
    assert OTHERWISE in scan_in(second, browser, "100851")
    assert Asset.objects.get(pk=asset.pk).holder is None


def test_a_page_that_shows_nothing_acts_on_nothing(
    browser: Client, lincoln: School, jamal: Person
) -> None:
    asset = make_asset(school=lincoln, tag="100852")
    scanned(browser, jamal.local_id)
    for made_up in ({}, {"desk": "out.person"}, {"desk": "nonsense"}, {"desk": "é"}):
        browser.post("/scan/", {"code": "100852"} | made_up)
        assert OTHERWISE in tab(browser)
        assert Asset.objects.get(pk=asset.pk).holder is None
        scanned(browser, jamal.local_id)
    scanned(browser, "100852")
    assert Asset.objects.get(pk=asset.pk).holder == jamal


def test_a_choice_of_an_older_page_goes_to_nobody_else(
    browser: Client, lincoln: School, maria: Person, jamal: Person
) -> None:
    make_asset(school=lincoln, tag="100853")
    change_person(make_student(school=lincoln), by=SYSTEM, local_id="100853")
    scanned(browser, jamal.local_id)
    asked = scan_in(tab(browser), browser, "100853")
    pick = next(f for f in forms_of(asked, "/scan/") if "asset:" in f.values.get("pick", ""))
    scanned(browser, maria.local_id)
    browser.post("/scan/", pick.values)
    assert OTHERWISE in tab(browser)
    assert not Asset.objects.exclude(holder=None).exists()


def test_it_is_taken_from_nobody_but_whom_the_button_named(
    browser: Client, lincoln: School, maria: Person, jamal: Person
) -> None:
    cora = make_student(school=lincoln, first="Cora", last="Collins")
    asset = make_asset(school=lincoln, tag="100855")
    assign_asset(asset, to=maria, by=SYSTEM)
    scanned(browser, jamal.local_id)
    first = scan_in(tab(browser), browser, "100855")
    assert f"It is with {maria.name}." in first
    over = sent(first, "/scan/", "resolve")
    return_asset(asset, by=SYSTEM)
    assign_asset(asset, to=cora, by=SYSTEM)
    entries = Entry.objects.count()
    for pressed in (over, {k: v for k, v in over.items() if k != "version"}):
        browser.post("/scan/", pressed)
        page = tab(browser)
        assert "Somebody did something with 100855 since this page was shown." in page
        assert f"It is with {cora.name}." in page
        assert Asset.objects.get(pk=asset.pk).holder == cora
        assert Entry.objects.count() == entries
    browser.post("/scan/", sent(page, "/scan/", "resolve"))
    assert Asset.objects.get(pk=asset.pk).holder == jamal, "this one he saw"


def test_a_look_up_goes_on_from_any_page(browser: Client, lincoln: School, maria: Person) -> None:
    asset = make_asset(school=lincoln, tag="100856")
    scanned(browser, maria.local_id)
    answer = browser.post("/scan/", {"code": "100856", "look": "1"})
    assert answer["Location"] == f"/assets/{asset.pk}/"
    assert f"Handing out to <strong>{maria}" in tab(browser), "the desk goes on where it was"
