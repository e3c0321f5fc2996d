"""Every route x method x member of the cast, as reviewed in access_table.txt.

A line is: name, method, then the status for each member of the cast. A route that is not in the
table, or answers otherwise, fails test_access.py; `python -m tests.access_table` is not a way to
make it green: read what changed, then write the line.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

CAST = ("ana", "tom", "fay", "vic", "ned", "ada", "rob", "nobody")
METHODS = ("GET", "POST")
TABLE = Path(__file__).with_name("access_table.txt")

#: Which object of the world stands for the route's number; the rest takes the asset.
OBJECT = {
    "school": "school",
    "school-edit": "school",
    "room": "room",
    "room-edit": "room",
    "person": "person",
    "person-edit": "person",
    "person-erase": "person",
    "person-written": "person",
    "award": "award",
    "award-edit": "award",
    "purchase": "purchase",
    "purchase-edit": "purchase",
    "purchase-receive": "purchase",
    "purchase-share": "purchase",
    "line-new": "purchase",
    "unit-cost": "unit",
    "unit-share": "unit",
    "unit-void": "unit",
    "category-edit": "category",
    "product-edit": "product",
    "person-merge": "person",
    "person-unmerge": "merged_person",
    "user": "user",
    "user-reset": "user",
    "user-deactivate": "user",
    "user-activate": "user",
    "user-tokens": "robot",
    "membership-end": "membership",
    "token-revoke": "token",
    "run": "run",
    "run-cancel": "run",
    "run-retry": "run",
    "attachment": "attachment",
    "attachment-remove": "attachment",
    "asset-reopen": "gone",
    "asset-find": "lost",
    "asset-unmerge": "loser",
    "report": "report",
    "report-recompute": "report",
    "import": "import",
    "import-map": "import",
    "import-refused": "import",
    "import-unknown": "import",
    "import-conflicts": "import",
    "reclassification": "reclassification",
    "user-award": "user",
    "award-access-end": "access",
}


def routes() -> Iterator[URLPattern]:
    """Every page route; the API has its own table."""

    def walk(patterns: Any, prefix: str = "") -> Iterator[URLPattern]:
        for pattern in patterns:
            here = prefix + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                if not here.startswith("api/"):
                    yield pattern
            else:
                yield from walk(pattern.url_patterns, here)

    return walk(get_resolver().url_patterns)


def address(route: URLPattern, world: dict[str, Any]) -> str:
    """The route's address with an object that exists."""
    name = str(route.name)
    special: dict[str, dict[str, Any]] = {
        "room-new": {"school": world["school"]},
        "attach": {"subject_type": "assets.asset", "subject_id": world["asset"]},
        "tag": {"tag": "100001"},
        "one-time-link": {"token": world["link"]},
        "first-run-link": {"token": world["link"]},
        "report-download": {"pk": world["report"], "format_": "csv"},
        "report-verify": {"number": world["report_number"], "code": world["report_code"]},
        "line-edit": {"pk": world["purchase"], "number": 1},
        "line-remove": {"pk": world["purchase"], "number": 1},
        "units": {"pk": world["purchase"], "number": 1},
        "import-mend": {"pk": world["import"], "number": 2},
        "import-act": {"pk": world["import"], "act": "apply"},
    }
    if name in special:
        return reverse(name, kwargs=special[name])
    if list(route.pattern.converters) == ["pk"]:
        return reverse(name, kwargs={"pk": world[OBJECT.get(name, "asset")]})
    return reverse(name)


def status(client: Client, method: str, url: str) -> int:
    """What a request answers; whatever it did is rolled back, and signing out forgotten."""
    cookies = client.cookies.output()
    with transaction.atomic():
        response = client.generic(method, url)
        found = response.status_code
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    return found


def read() -> dict[tuple[str, str], list[int]]:
    """The reviewed table."""
    rows = {}
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            name, method, *codes = line.split()
            rows[name, method] = [int(c) for c in codes]
    return rows
