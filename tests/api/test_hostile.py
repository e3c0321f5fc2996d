"""Markup and formulas sent into every text field of the API are refused or stay mere text."""

import copy
import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from django.test import Client

from core.files.tabular import TRIGGERS
from people.models import User
from tests.api.access import address, bodies, routes
from tests.api.test_contract import CONTRACT
from tests.test_hostile_text import EVIL, RAW, body, pages

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Path = tuple[str | int, ...]


def texts(contract: dict[str, Any], schema: dict[str, Any], here: Path = ()) -> Iterator[Path]:
    """The way to every field of a body that takes free text, by the contract."""
    if "$ref" in schema:
        schema = contract["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for name, field in schema.get("properties", {}).items():
        yield from texts(contract, field, (*here, name))
    if "items" in schema:
        yield from texts(contract, schema["items"], (*here, 0))
    types = schema.get("type", "")
    if "string" in types and not {"enum", "format"} & schema.keys() and "0-9" not in str(schema):
        yield here


def sent(contract: dict[str, Any], world: dict[str, Any]) -> Iterator[tuple[str, str, Any, Path]]:
    """Every call with a body: method, address, a good body, the way to one of its texts."""
    good = bodies(world)
    for route, methods in routes():
        template = re.sub(r"<\w+:(\w+)>", r"{\1}", f"/api/v1/{route.pattern}")
        operations = contract["paths"].get(template.replace("{pk}", "{id}"), {})
        for method in set(methods) & {"POST", "PATCH"}:
            content = operations[method.lower()]["requestBody"]["content"]
            schema = content["application/json"]["schema"]
            for way in texts(contract, schema):
                yield method, address(route, world), good[str(route.name), method], way


def put(body_: Any, way: Path, text: str) -> Any:
    """A copy of a body with a text at the end of a way."""
    changed = copy.deepcopy(body_)
    spot = changed
    for step in way[:-1]:
        spot = spot[step]
    spot[way[-1]] = text
    return changed


@pytest.mark.parametrize("text", EVIL)
def test_whatever_rob_sends_anywhere_stays_text(
    text: str,
    api_world: dict[str, Any],
    rob: User,
    ana: User,
    api_of: Callable[..., Client],
    client_of: Callable[[User], Client],
) -> None:
    contract = yaml.safe_load(CONTRACT.read_text())
    api, taken = api_of(rob), 0
    calls = list(sent(contract, api_world))
    assert len({(url, way) for _method, url, _body, way in calls}) > 60
    for method, url, good, way in calls:
        answer = api.generic(
            method,
            url,
            json.dumps(put(good, way, text)),
            "application/json",
            headers={"If-Match": "*"},
        )
        assert answer.status_code < 500, (url, way)
        assert answer["Content-Type"] in ("application/json", "application/problem+json")
        assert answer["X-Content-Type-Options"] == "nosniff"
        taken += answer.status_code < 300
    assert taken > 20, "much of it is kept"
    stored = 0
    for where, shown in pages(client_of(ana), api_world):
        assert not any(raw in shown for raw in RAW), where
        stored += "alert(7)" in shown
    assert stored > 5, "and shown, as text"
    exported = csv.reader(io.StringIO(body(client_of(ana).get("/assets/export.csv"))))  # type: ignore[arg-type]
    assert not [cell for row in exported for cell in row if cell.startswith(TRIGGERS)]
