"""Whoever is behind a service account does not decide on what it asked for."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from core.models import Approval
from core.time import days
from funding.actions import ask_line, decide
from funding.models import Award, PurchaseLine
from people.actions import create_service_account, create_token, revoke_token
from people.models import User
from people.roles import Role
from tests.cast import again, make_user
from tests.funding.test_second_person import WHY, all_of, code_of, line, paying

__all__ = ["line"]
pytestmark = pytest.mark.django_db
Of = Callable[..., Client]
SCOPES = ["funding.change_share", "funding.view_award", "funding.view_cost"]


def token(user: User, by: User) -> tuple[object, str]:
    return create_token(again(user), by=by, name=f"by {by.name}", days_valid=30, scopes=SCOPES)


def test_ana_does_not_approve_what_her_service_account_asked(
    line: PurchaseLine, arp: Award, local: Award, ana: User, client_of: Of, api_of: Of
) -> None:
    robot = create_service_account("Ledger bridge", by=ana)
    _token, text = token(robot, ana)
    asked = Client().post(
        "/api/v1/reclassifications",
        {
            "purchase": line.purchase_id,
            "line": 1,
            "shares": [{"award": local.pk, "percent": "100"}],
            "reason": WHY,
        },
        "application/json",
        headers={"Authorization": f"Bearer {text}"},
    )
    assert asked.status_code == 201, asked.content
    url = f"/reclassifications/{asked.json()['id']}/"
    assert "Awaits your decision" not in client_of(ana).get("/").content.decode()
    page = client_of(ana).get(url).content.decode()
    assert 'name="approve"' not in page and "Nobody else may decide on it yet" in page
    assert "an account that you made" in page and "/users/invite/" in page
    told = client_of(ana).post(url, {"approve": "1"}).content.decode()
    assert "nobody else may decide" in told
    answer = api_of(ana).post(
        f"/api/v1/reclassifications/{asked.json()['id']}/decide",
        {"decision": "approve"},
        "application/json",
    )
    assert answer.status_code == 409
    assert [e["code"] for e in answer.json()["errors"]] == ["own-account"]
    assert paying(line) == {arp.name: Decimal(900)}
    bea = make_user("Bea", Role.ADMINISTRATOR)
    page = client_of(ana).get(url).content.decode()
    assert "Who may decide: Bea" in page and "somebody else decides" in page
    assert "Awaits your decision" in client_of(bea).get("/").content.decode()
    client_of(bea).post(url, {"approve": "1"})
    assert paying(line) == {local.name: Decimal(900)}


def test_nor_who_made_a_token_of_it_that_worked_then(
    line: PurchaseLine, local: Award, ana: User, fay: User
) -> None:
    robot = make_user("Robot", Role.SERVICE, kind=User.Kind.SERVICE)
    bea, cem, dov = (make_user(name, Role.ADMINISTRATOR) for name in ("Bea", "Cem", "Dov"))
    now = days.now()
    with time_machine.travel(now - timedelta(days=2)):
        ended, _text = token(robot, cem)
        revoke_token(ended, by=ana)  # type: ignore[arg-type]
        standing, _text = token(robot, bea)
    row = ask_line(line, all_of(local), by=robot, reason=WHY)
    with time_machine.travel(now + timedelta(minutes=1)):
        revoke_token(standing, by=bea)  # type: ignore[arg-type]
        token(robot, dov)
        assert code_of(lambda: decide(row, by=again(bea), approve=True)) == "own-account"
        decide(row, by=again(cem), approve=True)
    assert Approval.objects.get().decided_by == cem


def test_who_invited_a_person_decides_on_what_they_ask(
    line: PurchaseLine, local: Award, ana: User
) -> None:
    from people.actions import invite_user

    gus, _link = invite_user("gus@example.org", "Gus", by=ana, role=Role.FINANCE)
    row = ask_line(line, all_of(local), by=again(gus), reason=WHY)
    decide(row, by=ana, approve=True)
    assert paying(line) == {local.name: Decimal(900)}
