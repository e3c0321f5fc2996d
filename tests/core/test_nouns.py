"""What an entry tells of a noun is told to who may open the noun's page or address, and to nobody
else: on every page and in the feed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from core.access import NAMES, Grant
from core.journal import nouns, sentences, showing
from core.journal.showing import ANY, Shown
from core.models import Entry
from people.models import User
from people.roles import PERMISSIONS
from tests.api.access import routes

NOUNS = sorted(nouns.registered())
#: Whose values are told with less than their address asks, and why.
LESS = {
    # The purchase's page lists its units without their cost; the cost has a permission of its own.
    "funding.unit": "funding.view_cost",
}


def without(*lacking: str) -> frozenset[str]:
    return (PERMISSIONS | {NAMES}) - set(lacking)


class Reader(AnonymousUser):
    """Somebody with these permissions in the whole district."""

    is_authenticated = True  # type: ignore[assignment]
    is_active = True  # type: ignore[assignment]
    pk: Any = 1

    def __init__(self, permissions: frozenset[str]) -> None:
        super().__init__()
        self._grants = (Grant(permissions),)


def entry(subject: str, of: str) -> Entry:
    """One that tells all that may be told of a model: as the subject, or in rows of it."""
    keys = sorted({*showing.registered(of), *showing.registered(ANY)} - {"rows"})
    row, pairs = dict.fromkeys(keys, 7), {key: [6, 7] for key in keys}
    parts = {"rows": {of: [row]}, "touched": {of: [pairs]}}
    mine = subject == of
    return Entry(
        kind="x.told",
        subject_type=subject,
        subject_id=1,
        changes=pairs if mine else {},
        data={**(row | {"row": pairs} if mine else {}), **parts},
    )


def told(one: Entry, by: Any, **how: Any) -> dict[str, Any]:
    shown = Shown([one], by, **how)
    return {k: v for k, v in (shown.changes(one) | shown.data(one)).items() if v}


def test_every_model_that_entries_tell_of_is_a_noun_with_a_known_permission() -> None:
    assert set(showing._keys) - {ANY} == set(NOUNS), "say in <app>/shown.py who may open it"
    assert set(nouns.registered().values()) <= PERMISSIONS


@pytest.mark.django_db
@pytest.mark.parametrize("label", NOUNS)
def test_who_may_not_open_a_noun_is_told_nothing_of_it(label: str) -> None:
    permission = nouns.registered()[label]
    one = entry(label, label)
    token = Reader(PERMISSIONS | {NAMES})
    token._token_scopes = frozenset({"core.view_activity"})  # type: ignore[attr-defined]
    for by in (Reader(without(permission)), token, None):
        for ids in (False, True):
            assert told(one, by, ids=ids) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("label", [n for n in NOUNS if n not in nouns._parts])
def test_nor_of_its_rows_in_entries_of_another(label: str) -> None:
    permission = nouns.registered()[label]
    subject = "people.room" if permission != "people.view_school" else "assets.product"
    one = entry(subject, label)
    assert told(one, Reader(without(permission))) == {}
    assert {"rows", "touched"} <= told(one, Reader(without())).keys()


@pytest.mark.django_db
def test_a_reason_is_told_to_who_is_shown_all_that_it_is_about() -> None:
    one = Entry(
        kind="unit.reclassified",
        subject_type="funding.unit",
        subject_id=1,
        changes={"shares": [{"1": "100.00"}, {"2": "100.00"}]},
        data={"reason": "Disallowed by the state"},
    )
    assert told(one, Reader(without("funding.view_cost"))) == {}
    assert told(one, Reader(without()))["reason"] == "Disallowed by the state"


ADDRESSES = {
    "schools": "people.school",
    "rooms": "people.room",
    "people": "people.person",
    "categories": "assets.category",
    "products": "assets.product",
    "assets": "assets.asset",
    "programs": "funding.program",
    "awards": "funding.award",
    "parameters": "funding.parameter",
    "capitalization-levels": "funding.capitalizationlevel",
    "vendors": "funding.vendor",
    "purchases": "funding.purchase",
    "units": "funding.unit",
    "shares": "funding.unitshare",
    "reclassifications": "funding.reclassification",
    "reports": "reports.report",
}
#: No noun of entries, or asked of a code.
NO_NOUN = {"openapi.yaml", "codes", "journal", "runs", "metrics", "people/<int:pk>/written"}


def test_the_address_of_a_noun_asks_what_its_entries_ask() -> None:
    asked: dict[str, str] = {}
    for route, methods in routes():
        address, view = str(route.pattern), getattr(route.callback, "cls", None)
        noun = address.split("/")[0]
        if "GET" in methods and not {address, noun} & NO_NOUN:
            assert noun in ADDRESSES, f"say above whose values {address} tells"
            label = ADDRESSES[noun]
            asked[label] = LESS.get(label, nouns.registered()[label])
            assert getattr(view, "permissions", {})["GET"] == asked[label], address
    assert set(asked) == set(ADDRESSES.values())


PAGES = {
    "assets.asset": "asset",
    "funding.award": "award",
    "funding.purchase": "purchase",
    "funding.reclassification": "reclassification",
    "people.school": "school",
    "people.room": "room",
    "people.person": "person",
}
LISTS = {
    "/parameters/": "funding.parameter",
    "/programs/": "funding.program",
    "/reports/": "reports.report",
    "/users/": "people.user",
    "/imports/": "integrations.importsession",
    "/tags/": "assets.tagrange",
    "/catalog/": "assets.product",
    "/settings/": "core.district",
}


@pytest.fixture
def holding(monkeypatch: pytest.MonkeyPatch) -> Callable[[frozenset[str]], None]:
    def hold(permissions: frozenset[str]) -> None:
        grants = (Grant(permissions),)
        monkeypatch.setattr("core.access.grants_of", lambda by: grants)

    return hold


@pytest.mark.django_db
def test_the_page_of_a_noun_asks_what_its_entries_ask(
    world: dict[str, Any], ana: User, holding: Callable[[frozenset[str]], None]
) -> None:
    assert set(sentences._urls) == set(PAGES), "say above which of the world's objects it shows"
    client = Client()
    client.force_login(ana)
    addresses = {sentences.url_of(n, world[key]): n for n, key in PAGES.items()} | LISTS
    for address, label in addresses.items():
        permission = nouns.registered()[label]
        holding(without())
        assert client.get(address).status_code == 200, address
        holding(without(permission))
        assert client.get(address).status_code in (403, 404), (address, permission)
