"""A request that is sent again shows no more than its sender may see now, and is done once."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.models import Asset
from people.actions import add_membership, end_membership
from people.models import School, User
from people.roles import Role
from tests.factories import make_product

pytestmark = pytest.mark.django_db
Tokens = Callable[..., str]


def send(token: str, body: dict[str, Any]) -> Any:
    api = Client(headers={"authorization": f"Bearer {token}", "Idempotency-Key": "k1"})
    return api.post("/api/v1/assets", json.dumps(body), content_type="application/json")


def test_tom_who_went_to_another_school_is_not_shown_what_he_made_at_lincoln(
    tom: User, ana: User, token_of: Tokens, lincoln: School, washington: School
) -> None:
    token = token_of(tom)
    body = {"product": make_product().pk, "school": lincoln.pk, "serial": "ONCE"}
    assert send(token, body).status_code == 201
    end_membership(tom.memberships.get(), by=ana)
    add_membership(tom, by=ana, role=Role.TECHNICIAN, school=washington)
    again = send(token, body)
    assert again.status_code == 403
    assert again.json()["errors"][0]["code"] == "idempotency-rights-changed"
    assert "ONCE" not in again.content.decode()
    assert Asset.objects.filter(serial="ONCE").count() == 1


def test_tom_is_answered_again_while_his_rights_are_what_they_were(
    tom: User, ana: User, ned: User, token_of: Tokens, lincoln: School
) -> None:
    token = token_of(tom)
    body = {"product": make_product().pk, "school": lincoln.pk, "serial": "ONCE"}
    first = send(token, body)
    end_membership(ned.memberships.get(), by=ana)
    again = send(token, body)
    assert (again.status_code, again["Idempotent-Replay"]) == (201, "true")
    assert again.json() == first.json()
