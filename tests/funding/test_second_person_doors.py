"""The same by REST, and what the database itself refuses."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from core.models import Approval
from core.time import days
from funding.actions import ask_line
from funding.models import Award, PurchaseLine, Reclassification, Unit
from people.models import User
from tests.funding.test_second_person import WHY, Api, Browser, all_of, line, paying

__all__ = ["line"]
pytestmark = pytest.mark.django_db


def refused_by_database(do: Callable[[], Any]) -> bool:
    try:
        with transaction.atomic():
            do()
    except (DatabaseError, IntegrityError):
        return True
    return False


@pytest.mark.untrue("an approval is written by hand")
def test_the_database_itself_refuses_the_act_without_a_standing_approval(
    line: PurchaseLine, local: Award, fay: User, ana: User
) -> None:
    row = ask_line(line, all_of(local), by=fay, reason=WHY)
    mine = Reclassification.objects.filter(pk=row.pk)
    asked = Approval.objects.filter(subject_id=row.pk)
    now = days.now()
    done = {"decided_at": now, "decision": "approved"}
    tries: list[Callable[[], Any]] = [
        lambda: mine.update(done_at=now),
        lambda: mine.update(plan=[]),
        lambda: mine.update(reason="Something else"),
        lambda: mine.delete(),
        lambda: Reclassification.objects.create(
            line=line, at=now, reason="x", plan=[], asked_at=now, done_at=now
        ),
        lambda: asked.update(decided_by=fay, **done),  # who asked
        lambda: asked.update(**done),  # nobody
        lambda: asked.update(decided_by=ana, decided_at=now),  # no decision
        lambda: asked.update(asked_by=ana),
        lambda: asked.delete(),
    ]
    assert [refused_by_database(do) for do in tries] == [True] * len(tries)
    asked.update(decided_by=ana, decided_at=now, decision="rejected")
    assert refused_by_database(lambda: mine.update(done_at=now)), "it was rejected"
    assert refused_by_database(lambda: asked.update(decision="approved")), "decided is decided"


def test_rest_answers_where_to_ask_and_writes_nothing(
    line: PurchaseLine, arp: Award, local: Award, rob: User, fay: User, ana: User, api_of: Api
) -> None:
    unit = line.units.order_by("number")[0]
    body = {"shares": [{"award": local.pk, "percent": "100"}], "reason": WHY}
    refused = []

    def post(who: User, url: str, body: dict[str, Any], status: int) -> dict[str, Any]:
        answer = api_of(who).post(f"/api/v1/{url}", body, "application/json")
        assert answer.status_code == status, answer.content
        return dict(answer.json())

    def via(url: str, more: dict[str, Any]) -> None:
        refused.append(code_of_answer(post(rob, url, body | more, 409)))

    def code_of_answer(told: dict[str, Any]) -> tuple[str, str | None]:
        (error,) = told["errors"]
        return error["code"], error.get("request")

    via(f"units/{unit.pk}/reclassify", {})
    via(f"purchases/{line.purchase_id}/share", {"line": 1})
    assert set(refused) == {("approval-required", "/api/v1/reclassifications")}
    told = post(rob, f"units/{unit.pk}/void", {"reason": WHY}, 409)
    assert code_of_answer(told) == ("approval-required", "/api/v1/reclassifications")
    assert paying(line) == {arp.name: Decimal(900)} and not Reclassification.objects.exists()
    assert code_of_answer(post(rob, "reclassifications", body, 400))[0] == "unit-or-line"
    made = post(rob, "reclassifications", body | {"unit": unit.pk}, 201)
    assert made["units"] == [
        {
            "unit": unit.pk,
            "at": made["at"],
            "cost": "300.00",
            "before": {str(arp.pk): "300.00"},
            "after": {str(local.pk): "300.00"},
        }
    ]
    url = f"reclassifications/{made['id']}"
    post(rob, f"{url}/decide", {"decision": "approve"}, 403)
    done = post(ana, f"{url}/decide", {"decision": "approve"}, 200)
    assert (done["decision"], done["decided_by"], done["asked_by"]) == ("approved", ana.pk, rob.pk)
    assert done["done_at"] and paying(line)[local.name] == Decimal(300)
    assert api_of(rob).get(f"/api/v1/{url}").json() == done
    second = post(fay, "reclassifications", body | {"purchase": line.purchase_id, "line": 1}, 201)
    taken = post(fay, f"reclassifications/{second['id']}/withdraw", {}, 200)
    assert taken["withdrawn_at"] and taken["decision"] is None
    listed = api_of(rob).get("/api/v1/reclassifications").json()["results"]
    assert {row["id"] for row in listed} == {made["id"], second["id"]}


def test_vic_and_ada_see_nothing_of_it(
    line: PurchaseLine, local: Award, fay: User, vic: User, ada: User, client_of: Browser
) -> None:
    row = ask_line(line, all_of(local), by=fay, reason=WHY)
    url = f"/reclassifications/{row.pk}/"
    assert client_of(vic).get(url).status_code == 404
    assert client_of(ada).get(url).status_code == 404
    assert client_of(vic).post(url, {"approve": "1"}).status_code == 404
    assert Unit.objects.count() == 3
