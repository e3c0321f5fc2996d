"""Every API route x method x member of the cast, as reviewed in access.txt.

A line is: name, method, then the status for each of CAST. `reader` is Rob with a token whose only
scope is assets.view_asset. Bodies are good ones, so that 2xx says "may" and 403 and 404 say why
not. A new route or method fails test_access.py until somebody has written and read its line.
"""

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from assets.models import Asset
from core.time import days
from district_assets.api_urls import urlpatterns

CAST = ("ana", "tom", "fay", "vic", "ned", "ada", "rob", "reader", "nobody")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
TABLE = Path(__file__).with_name("access.txt")


def routes() -> Iterator[tuple[URLPattern, tuple[str, ...]]]:
    """Every route of the API with the methods its view has."""
    lists = (u.url_patterns if isinstance(u, URLResolver) else [u] for u in urlpatterns)
    for route in chain.from_iterable(lists):
        view: Any = route.callback
        yield route, tuple(m for m in METHODS if hasattr(view.cls, m.lower()))


def address(route: URLPattern, world: dict[str, Any]) -> str:
    """The route's address with an object that exists."""
    name = str(route.name)
    noun = name.removeprefix("api-").split("-")[0]
    if "format_" in route.pattern.converters:
        return reverse(name, kwargs={"pk": world["report"], "format_": "csv"})
    if "pk" in route.pattern.converters:
        return reverse(name, kwargs={"pk": world[SUBJECT.get(name, noun)]})
    return reverse(name)


#: Verbs that need a thing in another state than the world's first asset.
SUBJECT = {
    "api-asset-return": "held",
    "api-asset-reopen": "gone",
    "api-asset-find": "lost",
    "api-asset-merge": "spare",
    "api-asset-unmerge": "loser",
    "api-asset-void": "spare",
    "api-asset-reinstate": "void",
    "api-asset-dispose": "waiting",
    "api-purchase-receive": "due",
    "api-unit-void": "free_unit",
    "api-product-merge": "product2",
    "api-vendor-merge": "vendor2",
    "api-person-merge": "person2",
    "api-person-erase": "person2",
    "api-person-unmerge": "merged_person",
}


def bodies(world: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """A good body for each route that takes one."""
    asset = Asset.objects.get(pk=world["asset"])
    new = {"product": asset.product_id, "school": world["school"], "serial": "NEW-1"}
    why = {"reason": "It was wrong."}
    share = {"award": world["award"], "percent": "100"}
    return {
        ("api-schools", "POST"): {"code": "NEW", "name": "New School"},
        ("api-school", "PATCH"): {"name": "Renamed School"},
        ("api-rooms", "POST"): {"school": world["school"], "code": "999"},
        ("api-room", "PATCH"): {"name": "Renamed room"},
        ("api-people", "POST"): _person(world),
        ("api-people-bulk", "POST"): {"people": [_person(world)]},
        ("api-person", "PATCH"): {"grade": "8"},
        ("api-person-erase", "POST"): why,
        ("api-person-written", "POST"): {  # not on the list of this person: nothing to clean
            "table": "assets.asset",
            "id": world["asset"],
            "column": "description",
            "act": "blank",
            "seen": "x",
        },
        ("api-person-merge", "POST"): {"into": world["person"], **why},
        ("api-person-unmerge", "POST"): why,
        ("api-categories", "POST"): {"name": "New category"},
        ("api-products", "POST"): {
            "category": asset.product.category_id,
            "make": "New",
            "model": "One",
        },
        ("api-product-merge", "POST"): {"into": asset.product_id, **why},
        ("api-assets", "POST"): new,
        ("api-assets-bulk", "POST"): {"assets": [new]},
        ("api-assets-assign", "POST"): {
            "rows": [{"asset": world["asset"], "person": world["person"]}],
        },
        ("api-assets-return", "POST"): {"assets": [world["held"]]},
        ("api-assets-move", "POST"): {"assets": [world["asset"]], "room": world["room"]},
        ("api-assets-verify", "POST"): {"assets": [world["asset"]]},
        ("api-asset", "PATCH"): {"use": "Math"},
        ("api-category", "PATCH"): {"useful_life_months": 48},
        ("api-product", "PATCH"): {"make": "Acer Inc."},
        ("api-asset-assign", "POST"): {"person": world["person"]},
        ("api-asset-return", "POST"): {"condition": "good"},
        ("api-asset-move", "POST"): {"room": world["room"]},
        ("api-asset-verify", "POST"): {"room": world["room"]},
        ("api-asset-status", "POST"): {"status": "surplus"},
        ("api-asset-find", "POST"): {},
        ("api-asset-dispose", "POST"): {
            "method": "recycled",
            "disposed_on": days.today().isoformat(),
        },
        ("api-asset-reopen", "POST"): why,
        ("api-asset-correct", "POST"): {"serial": "RIGHT-1", **why},
        ("api-asset-void", "POST"): why,
        ("api-asset-reinstate", "POST"): why,
        ("api-asset-merge", "POST"): {"into": world["asset"], **why},
        ("api-asset-unmerge", "POST"): why,
        ("api-awards", "POST"): {"program": world["program"], "name": "New award"},
        ("api-award", "PATCH"): {"pass_through": "State"},
        ("api-vendors", "POST"): {"name": "New vendor"},
        ("api-vendor", "PATCH"): {"spin": "143000001"},
        ("api-vendor-merge", "POST"): {"into": world["vendor"], **why},
        ("api-purchases", "POST"): {
            "number": "PO-NEW",
            "lines": [{"description": "Things", "quantity": 2, "amount": "10.00"}],
        },
        ("api-purchase", "PATCH"): {"vendor": world["vendor"], **why},
        ("api-purchase-change-line", "POST"): {"line": 1, "account": "11-000"},
        ("api-purchase-remove-line", "POST"): {"line": 1},
        ("api-purchase-receive", "POST"): {
            "line": 1,
            "quantity": 1,
            "received_on": "2026-01-01",
        },
        ("api-purchase-share", "POST"): {"line": 1, "shares": [share], **why},
        ("api-unit-cost", "POST"): {"cost": "9999.00", **why},
        ("api-unit-void", "POST"): why,
        ("api-unit-reclassify", "POST"): {"shares": [share], **why},
        ("api-reclassifications", "POST"): {"unit": world["unit"], "shares": [share], **why},
        ("api-reclassification-decide", "POST"): {"decision": "approve"},
        ("api-reports", "POST"): {
            "award": world["award"],
            "as_of": "2026-01-01",
            "formats": ["csv"],
        },
    }


def _person(world: dict[str, Any]) -> dict[str, Any]:
    return {"school": world["school"], "kind": "staff", "local_id": "E-1"}


def status(client: Client, method: str, url: str, body: dict[str, Any] | None) -> int:
    """What a request answers; whatever it did is rolled back."""
    with transaction.atomic():
        answer = client.generic(
            method,
            url,
            "" if body is None else json.dumps(body),
            "application/json",
            headers={"If-Match": "*"},
        )
        transaction.set_rollback(True)
    return answer.status_code


def read() -> dict[tuple[str, str], list[int]]:
    """The reviewed table."""
    rows = {}
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            name, method, *codes = line.split()
            rows[name, method] = [int(c) for c in codes]
    return rows
