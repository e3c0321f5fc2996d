"""A stranger with the contract alone finds what each answer names, and may write what it shows."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from django.test import Client

from funding.models import Award, UnitShare
from people.models import Person, User
from tests.api.test_contract import CONTRACT
from tests.api.test_problems import told
from tests.api.test_strict import post

pytestmark = pytest.mark.django_db
Api = Callable[..., Client]


def test_every_number_in_an_answer_leads_to_its_record(
    rob: User, api_of: Api, api_world: dict[str, Any]
) -> None:
    api = api_of(rob)

    def get(path: str) -> dict[str, Any]:
        answer = api.get(f"/api/v1/{path}")
        assert answer.status_code == 200, (path, answer.content)
        found: dict[str, Any] = answer.json()
        return found

    asset = get(f"assets/{api_world['asset']}")
    for noun, name in (
        ("products", "product"),
        ("categories", "category"),
        ("units", "unit"),
        ("schools", "school"),
    ):
        assert get(f"{noun}/{asset[name]}")["id"] == asset[name]
    award = get(f"awards/{api_world['award']}")
    assert get(f"programs/{award['program']}")["id"] == award["program"]


def test_a_list_of_values_has_commas_or_its_name_again(
    rob: User, api_of: Api, api_world: dict[str, Any]
) -> None:
    api, wanted = api_of(rob), [api_world["asset"], api_world["held"]]
    commas = api.get(f"/api/v1/assets?id__in={wanted[0]},{wanted[1]}&fields=id,tag").json()
    again = api.get(f"/api/v1/assets?id__in={wanted[0]}&id__in={wanted[1]}&fields=id&fields=tag")
    assert again.json() == commas
    assert [r["id"] for r in commas["results"]] == sorted(wanted)
    assert set(commas["results"][0]) == {"id", "tag"}
    told(api.get("/api/v1/assets?school=1&school=2"), 400, "repeated")


def test_the_contract_and_a_refusal_name_the_permission(
    rob: User, api_of: Api, api_world: dict[str, Any]
) -> None:
    paths = yaml.safe_load(CONTRACT.read_text())["paths"]
    silent = [
        f"{method} {path}"
        for path, operations in paths.items()
        for method, operation in operations.items()
        if "Needs `" not in operation.get("description", "")
    ]
    assert not silent
    reader = api_of(rob, scopes=["assets.view_asset"])
    answer = post(reader, f"assets/{api_world['asset']}/verify", {})
    assert "assets.verify_asset" in told(answer, 403, "not-permitted")["message"]


def test_the_dates_and_lines_that_rules_read_are_written_and_read(
    rob: User, api_of: Api, api_world: dict[str, Any]
) -> None:
    facts = {
        "allowable_from": "2020-03-13",
        "final_report_on": "2025-01-28",
        "active": False,
        "equipment_threshold": "10000.00",
        "ug_version": "2024",
        "federal_award_on": "2021-03-24",
        "supplement_on": "2021-10-01",
    }
    body = {"program": api_world["program"], "name": "Late award", **facts}
    made = post(api_of(rob), "awards", body)
    assert made.status_code == 201, made.content
    assert {k: made.json()[k] for k in facts} == facts
    assert not Award.objects.get(pk=made.json()["id"]).active


def test_what_is_no_email_address_is_none(
    rob: User, api_of: Api, api_world: dict[str, Any]
) -> None:
    api = api_of(rob)
    body = {"school": api_world["school"], "kind": "staff", "local_id": "E-9", "email": "no at"}
    assert told(post(api, "people", body), 400, "email")["pointer"] == "/email"
    answer = post(api, "people/bulk", {"people": [body]})
    assert told(answer, 400, "email")["pointer"] == "/people/0/email"
    assert post(api, "people", body | {"email": ""}).status_code == 201
    assert Person.objects.get(local_id="E-9").email == ""


def test_a_share_is_an_amount_or_a_per_cent_and_a_correction_corrects_something(
    rob: User, api_of: Api, api_world: dict[str, Any]
) -> None:
    api, before = api_of(rob), UnitShare.objects.count()
    share = {"award": api_world["award"], "amount": "1.00", "percent": "50"}
    body = {"line": 1, "shares": [share], "reason": "It was wrong."}
    answer = post(api, f"purchases/{api_world['purchase']}/share", body)
    told(answer, 409, "share-twice")
    assert UnitShare.objects.count() == before
    answer = post(api, f"assets/{api_world['asset']}/correct", {"reason": "It was wrong."})
    told(answer, 409, "nothing-to-correct")
