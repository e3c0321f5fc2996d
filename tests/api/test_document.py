"""docs/api.md tells of every address, of none that is not there, and shows bodies that work."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from people.models import User
from tests.api.test_contract import CONTRACT
from tests.api.test_strict import Api

DOCUMENT = (Path(__file__).parent.parent.parent / "docs" / "api.md").read_text()
PATHS = {p.removeprefix("/api/v1") for p in yaml.safe_load(CONTRACT.read_text())["paths"]}


def test_every_address_is_told_and_none_too_many() -> None:
    told = set(re.findall(r"`(/[a-z{}_/-]+)`", DOCUMENT)) - {"/api/v1/", "/api/v1/openapi.yaml"}
    assert told == PATHS


def test_every_status_of_the_contract_is_explained() -> None:
    answers = yaml.safe_load(CONTRACT.read_text())["components"]["responses"]
    statuses = {name.removeprefix("Problem") for name in answers} - {"405", "406"}
    assert statuses == set(re.findall(r"^\| ([45]\d\d) \|", DOCUMENT, re.M))


@pytest.mark.django_db
def test_the_examples_are_of_the_right_shape(
    rob: User, api_of: Api, api_world: dict[str, Any]
) -> None:
    joined = DOCUMENT.replace("\\\n", " ")
    calls = re.findall(r"curl (-X (\w+) )?.*?(-d '(.*?)' +)?https://[^/]+(/\S+)", joined)
    calls = [(method or "GET", body, url.strip('"')) for _x, method, _d, body, url in calls]
    assert len(calls) >= 7
    for method, body, url in calls:
        answer = api_of(rob).generic(method, url, body, "application/json")
        assert answer.status_code not in (400, 405, 415), (method, url, answer.content)
    for shown in re.findall(r"```json\n(.*?)```", DOCUMENT, re.S):
        json.loads(shown)
