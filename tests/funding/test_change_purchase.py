"""Fay puts right whom a purchase is with, and the day of its order: on its page and by REST."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from core.models import Entry
from core.problems import NotPermitted, Stale
from funding.actions import (
    LineDraft,
    LineWanted,
    change_purchase,
    create_vendor,
    ensure_lines,
    merge_vendors,
    record_purchase,
)
from funding.models import Purchase, Vendor
from funding.models.purchase import LineKind
from people.models import User
from tests.factories import make_purchase
from tests.people.test_two_editors import fields

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]
Change = Callable[..., Any]
NEEDED = "Something of it was received: say why it changes."
LISTED = "A list brought this without a purchase order, by its vendor"


@pytest.fixture
def dell() -> Vendor:
    return create_vendor("Dell", by=SYSTEM)


@pytest.fixture
def ordered() -> Purchase:
    """Nothing of it came yet."""
    wrong = create_vendor("Del Inc", by=SYSTEM)
    return record_purchase("PO-1", by=SYSTEM, vendor=wrong, lines=[LineDraft("Laptops", 2)])


@pytest.fixture(params=["page", "rest"])
def change(request: pytest.FixtureRequest, client_of: Of, api_of: Of) -> Change:
    """Change a purchase as somebody; the vendor by its name. What is answered, as text."""

    def page(who: User, purchase: Purchase, vendor: str, day: str = "", reason: str = "") -> Any:
        url, client = f"/purchases/{purchase.pk}/edit/", client_of(who)
        seen = fields(client.get(url).content.decode())
        answer = client.post(url, {**seen, "vendor": vendor, "ordered_on": day, "reason": reason})
        return answer.status_code == 302, answer.content.decode()

    def rest(who: User, purchase: Purchase, vendor: str, day: str = "", reason: str = "") -> Any:
        pk = Vendor.objects.get(name=vendor).pk if vendor else None
        body = {"vendor": pk, "ordered_on": day or None, "reason": reason}
        url, api = f"/api/v1/purchases/{purchase.pk}", api_of(who)
        seen = {"If-Match": api.get(url)["ETag"]}
        answer = api.patch(url, json.dumps(body), "application/json", headers=seen)
        return answer.status_code == 200, answer.content.decode()

    return page if request.param == "page" else rest


def stands(purchase: Purchase) -> tuple[str, date | None, int]:
    purchase.refresh_from_db()
    return str(purchase.vendor or ""), purchase.ordered_on, purchase.version


def test_fay_puts_the_vendor_and_the_day_right(
    change: Change, ordered: Purchase, dell: Vendor, fay: User
) -> None:
    assert change(fay, ordered, "Dell", "2026-07-01")[0]
    assert stands(ordered) == ("Dell", date(2026, 7, 1), 2)
    entry = Entry.objects.get(kind="purchase.changed")
    assert (entry.by_id, entry.subject_id) == (fay.pk, ordered.pk)
    assert entry.changes["vendor"][1] == dell.pk
    assert entry.changes["ordered_on"] == [None, "2026-07-01"]
    assert change(fay, ordered, "", "2026-07-01")[0], "nobody knows it any more"
    assert stands(ordered) == ("", date(2026, 7, 1), 3)
    assert change(fay, ordered, "", "2026-07-01")[0]
    assert stands(ordered)[2] == 3, "nothing changed"
    assert Entry.objects.filter(kind="purchase.changed").count() == 2


def test_once_something_was_received_it_takes_a_reason(
    change: Change, dell: Vendor, fay: User, client_of: Of
) -> None:
    purchase, _units = make_purchase(quantity=1, amount="300.00")
    before = stands(purchase)
    done, answer = change(fay, purchase, "Dell")
    assert not done
    assert NEEDED in answer
    assert stands(purchase) == before
    assert change(fay, purchase, "Dell", reason="The invoice says so")[0]
    assert stands(purchase)[0] == "Dell"
    page = client_of(fay).get(f"/purchases/{purchase.pk}/").content.decode()
    assert "was changed (The invoice says so)" in page


def test_a_merged_vendor_means_the_one_that_stayed(
    change: Change, ordered: Purchase, dell: Vendor, fay: User
) -> None:
    old = create_vendor("Dell Computer", by=SYSTEM)
    merge_vendors(old, into=dell, by=SYSTEM, reason="one")
    assert change(fay, ordered, "Dell Computer")[0]
    assert stands(ordered)[0] == "Dell"


def test_what_a_list_brought_without_an_order_keeps_its_vendor(
    change: Change, dell: Vendor, fay: User
) -> None:
    wanted = LineWanted("INITIAL-list Acer", "", "Acer", LineKind.INITIAL_BALANCE)
    [line] = ensure_lines([wanted], by=SYSTEM).values()
    done, answer = change(fay, line.purchase, "Dell")
    assert not done
    assert LISTED in answer
    assert stands(line.purchase) == ("Acer", None, 1)
    assert change(fay, line.purchase, "Acer", "2026-07-01")[0]
    assert stands(line.purchase) == ("Acer", date(2026, 7, 1), 2)


def test_a_new_vendor_is_made_on_the_page_and_none_for_what_is_refused(
    ordered: Purchase, fay: User, client_of: Of
) -> None:
    purchase, _units = make_purchase(quantity=1, amount="300.00")
    client, url = client_of(fay), f"/purchases/{purchase.pk}/edit/"
    assert client.post(url, {"number": purchase.number, "vendor": "Lenovo"}).status_code == 200
    assert not Vendor.objects.filter(name="Lenovo").exists()
    typed = {"number": ordered.number, "vendor": "Lenovo"}
    assert client.post(f"/purchases/{ordered.pk}/edit/", typed).status_code == 302
    assert stands(ordered)[0] == "Lenovo"


def test_two_officers_do_not_overwrite_each_other(
    ordered: Purchase, dell: Vendor, fay: User, ana: User, client_of: Of, api_of: Of
) -> None:
    url, address = f"/purchases/{ordered.pk}/edit/", f"/api/v1/purchases/{ordered.pk}"
    seen = {"If-Match": api_of(fay).get(address)["ETag"]}
    typed = fields(client_of(fay).get(url).content.decode()) | {"vendor": "Acer"}
    change_purchase(ordered, by=ana, vendor=dell)
    answer = client_of(fay).post(url, typed)
    assert answer.status_code == 200
    assert "Here stands now: Dell" in answer.content.decode()
    with pytest.raises(Stale):
        change_purchase(ordered, by=fay, version=1, vendor=None)
    body = json.dumps({"vendor": None})
    old = api_of(fay).patch(address, body, "application/json", headers=seen)
    assert old.status_code == 412
    assert stands(ordered)[0] == "Dell"


def test_tom_changes_no_purchase(ordered: Purchase, dell: Vendor, tom: User, client_of: Of) -> None:
    assert client_of(tom).get(f"/purchases/{ordered.pk}/edit/").status_code == 403
    with pytest.raises(NotPermitted):
        change_purchase(ordered, by=tom, vendor=dell)
    assert stands(ordered)[0] == "Del Inc"
