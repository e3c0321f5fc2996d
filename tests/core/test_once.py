"""What somebody sends twice from one shown form is recorded once: a button pressed twice, a page
loaded again. The second time they are led to what the first one made, and told so."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from core.api.idempotency import purge
from core.models import IdempotencyKey
from core.time import days
from funding.models import Purchase
from people.models import User
from tests.access_table import CAST, read, routes
from tests.core.doors_that_add import DOORS, Door, doors
from tests.forms import Browser
from tests.refusing import meanwhile, page_says, refusal, rows

pytestmark = pytest.mark.django_db
Of = Callable[[User], Browser]

#: Pages that take a form and add nothing by it: why the second of two posts records nothing.
NOTHING_TWICE = {
    **dict.fromkeys(("run-cancel", "run-retry"), "the run is as it was asked to be"),
    "backup-now": "the backup that is under way is the one that was asked for",
    **dict.fromkeys(("sign-in", "sign-out", "account"), "one's own session or password"),
    **dict.fromkeys(("one-time-link", "first-run-link"), "the link works once"),
    **dict.fromkeys(
        ("attachment-remove", "token-revoke", "membership-end", "award-access-end"), "ended already"
    ),
    **dict.fromkeys(("user-deactivate", "user-activate"), "it is so already"),
    "user-reset": "the second link ends the first",
    **dict.fromkeys(
        ("person-merge", "person-unmerge", "asset-merge", "asset-unmerge"), "merged already, or not"
    ),
    **dict.fromkeys(("person-erase", "person-written"), "gone already"),
    **dict.fromkeys(
        (
            "district-settings",
            "district-words",
            "category-edit",
            "product-edit",
            "line-edit",
            "purchase-edit",
        ),
        "changes what stands: told that it changed",
    ),
    "line-remove": "it is off already",
    "unit-cost": "changes what stands: told that it changed",
    "unit-void": "it is void already",
    "reclassification": "decided already",
    "labels": "prints",
    "scan": "a scan of what was done shows its row again",
    "catalog-usual": "those that are missing",
    "report-recompute": "compares",
    **dict.fromkeys(
        ("import-map", "import-mend", "import-unknown", "import-conflicts", "import-act"),
        "the import is in another state, or says the same",
    ),
}


@pytest.fixture
def door(request: pytest.FixtureRequest, door_world: dict[str, Any]) -> Door:
    return doors(door_world)[request.param]


@pytest.mark.parametrize("door", DOORS, indirect=True)
def test_a_form_that_is_sent_twice_is_recorded_once(
    door: Door, request: pytest.FixtureRequest, client_of: Of, fay: User
) -> None:
    client = client_of(request.getfixturevalue(door.who))
    before, to = rows(), door.to or door.path
    shown = client.shown(door.path)
    first = client.post(to, shown | door.sent())
    said = re.findall(r"feedback[^>]*>([^<]*)<", first.content.decode())
    assert first.status_code == (200 if door.hides else 302), said
    after = rows()
    assert after != before, "it was recorded"

    again = client.post(to, shown | door.sent(), follow=True)
    assert rows() == after, "once"
    page = unescape(again.content.decode())
    if door.hides:
        assert "What is shown only once was shown then" in page
    else:
        assert again.redirect_chain[0][0] == first["Location"], "led to what the first one made"
        assert "It was not recorded once more." in page


@pytest.mark.parametrize("door", DOORS, indirect=True)
def test_a_form_without_its_key_adds_nothing(
    door: Door, request: pytest.FixtureRequest, client_of: Of, fay: User
) -> None:
    client = client_of(request.getfixturevalue(door.who))
    shown = client.shown(door.path) | {"once": ""}
    before = rows()
    answer = client.post(door.to or door.path, shown | door.sent())
    assert answer.status_code == (400 if door.to else 200)
    assert "This page was opened too long ago" in answer.content.decode()
    assert rows() == before
    if not door.to:
        answer = client.post(door.path, client.shown_again(answer) | door.sent())
        assert answer.status_code == (200 if door.hides else 302), "sent once more it is taken"
        assert rows() != before


def test_every_page_that_takes_a_form_is_looked_at() -> None:
    """A page with a form adds (core.web.once), or there is a reason why nothing is added twice."""
    table = read()
    takes = {str(r.name): r for r in routes() if set(table[str(r.name), "POST"]) != {405}}
    adding = {name for name, route in takes.items() if hasattr(route.callback, "adds")}
    assert adding | set(NOTHING_TWICE) == set(takes)
    assert len(CAST) == len(table["home", "POST"])


def test_two_of_the_same_are_recorded_from_two_pages(fay: User, client_of: Of) -> None:
    client, typed = client_of(fay), {"description": "Cart", "quantity": "1", "amount": "5.00"}
    for number in ("PO-1", "PO-2"):
        path = "/purchases/new/"
        assert client.post(path, client.shown(path) | typed | {"number": number}).status_code == 302
    path = f"/purchases/{Purchase.objects.get(number='PO-1').pk}/lines/new/"
    for _n in range(2):
        assert client.post(path, client.shown(path) | typed).status_code == 302
    assert Purchase.objects.get(number="PO-1").lines.count() == 3


def test_what_was_refused_is_mended_and_sent_again(fay: User, client_of: Of) -> None:
    client, path = client_of(fay), "/vendors/"
    shown = client.shown(path)
    answer = client.post(path, shown | {"name": ""})
    assert answer.status_code == 200
    assert client.shown_again(answer)["once"] == shown["once"], "nothing was recorded under it"
    assert client.post(path, shown | {"name": "Acme"}).status_code == 302


def test_something_else_from_a_page_that_was_sent_is_refused(fay: User, client_of: Of) -> None:
    client, path = client_of(fay), "/vendors/"
    shown = client.shown(path)
    assert client.post(path, shown | {"name": "Acme"}).status_code == 302
    said = "is something else, and is not recorded"
    page_says(client, path, shown | {"name": "Apex"}, "form-used", said, status=409)
    page_says(client, "/schools/new/", shown | {"code": "A", "name": "A"}, "form-used", status=409)


def test_the_key_of_one_is_nothing_to_another(ana: User, fay: User, client_of: Of) -> None:
    path = "/vendors/"
    shown = client_of(fay).shown(path)
    assert client_of(fay).post(path, shown | {"name": "Acme"}).status_code == 302
    assert client_of(ana).post(path, shown | {"name": "Apex"}).status_code == 302


def test_a_key_is_forgotten_with_the_others(fay: User, client_of: Of) -> None:
    client = client_of(fay)
    client.post("/vendors/", client.shown("/vendors/") | {"name": "Acme"})
    IdempotencyKey.objects.update(created_at=days.now() - timedelta(hours=25))
    assert purge() == 1


def test_two_officers_record_one_delivery(
    ana: User, fay: User, door_world: dict[str, Any], client_of: Of
) -> None:
    door = doors(door_world)["receive"]
    hers, his = client_of(fay), client_of(ana)
    one, two = hers.shown(door.path), his.shown(door.path)
    assert hers.post(door.path, one | door.sent()).status_code == 302
    said = "What is still to come changed since you opened this: it is 2 of 6 now."
    with refusal("to-come-changed"):
        answer = his.post(door.path, two | door.sent())
    page = unescape(answer.content.decode())
    assert said in page and "(2 of 6 still to come)" in page
    again = his.shown_again(answer)
    assert his.post(door.path, again | door.sent()).status_code == 302, "having seen it he means it"


@pytest.mark.django_db(transaction=True)
def test_a_button_is_pressed_twice_within_a_moment(
    fay: User, door_world: dict[str, Any], client_of: Of
) -> None:
    door, client = doors(door_world)["receive"], client_of(fay)
    shown, second = client.shown(door.path), client_of(fay)
    with meanwhile(lambda: client.post(door.path, shown | door.sent())):
        answer = second.post(door.path, shown | door.sent())
    assert answer.status_code == 302
    assert "It was not recorded once more." in second.get(answer["Location"]).content.decode()
    assert Purchase.objects.get(number="PO-6").lines.get().units.count() == 4


def test_a_receipt_says_what_its_page_showed(
    fay: User, door_world: dict[str, Any], client_of: Of
) -> None:
    door, client = doors(door_world)["receive"], client_of(fay)
    for shown in ("", "[]", "{", '{"0": 4}', '"x"'):
        before = rows()
        answer = client.post(door.path, client.shown(door.path) | door.sent() | {"shown": shown})
        assert "opened too long ago" in answer.content.decode()
        assert rows() == before
        assert client.post(door.path, client.shown_again(answer) | {"line": ""}).status_code == 200
