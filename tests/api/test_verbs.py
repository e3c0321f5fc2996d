"""Every act has its verb, with the refusals of the pages."""

from typing import Any

import pytest

from assets.models import Status
from core.access import SYSTEM
from core.time import days
from funding.actions import create_award
from funding.models import Award, Unit
from people.models import Person, Room, School, User
from tests.api.test_strict import Api, post
from tests.factories import make_asset, make_student

pytestmark = pytest.mark.django_db


def test_rob_walks_a_device_through_its_life(
    rob: User, api_of: Api, lincoln: School, room: Room, maria: Person
) -> None:
    api, asset = api_of(rob), make_asset(school=lincoln, serial="WRNOG1")

    def act(verb: str, **body: Any) -> dict[str, Any]:
        answer = post(api, f"assets/{asset.pk}/{verb}", body)
        assert answer.status_code == 200, answer.content
        found: dict[str, Any] = answer.json()
        return found

    assert act("correct", serial="WRONG1", reason="Typing mistake.")["serial"] == "WRONG1"
    assert act("move", room=room.pk)["room"] == room.pk
    assert act("assign", person=maria.pk, due_on="2027-06-01")["holder"] == maria.pk
    assert act("return", condition="broken")["condition"] == "broken"
    assert act("status", status="missing")["status"] == "missing"
    assert act("find", room=room.pk)["status"] == "in_stock"
    assert act("verify", room=room.pk)["last_verified_on"]
    assert act("status", status="surplus")["status"] == "surplus"
    assert act("status", status="awaiting_disposal")["status"] == "awaiting_disposal"
    gone = act("dispose", method="sold", disposed_on=days.today().isoformat(), sale_price="12.50")
    assert (gone["status"], gone["place"]) == ("disposed", "closed")
    assert act("reopen", reason="It is still here.")["status"] == "surplus"
    assert act("void", reason="It was a test.")["status"] == "void"
    back = act("reinstate", reason="It was none.")
    assert (back["status"], back["holder"]) == ("surplus", None)


def test_two_rows_for_one_thing_become_one_and_two_again(
    rob: User, api_of: Api, lincoln: School
) -> None:
    api, why = api_of(rob), {"reason": "The same laptop."}
    winner, loser = make_asset(school=lincoln), make_asset(school=lincoln, tag="OLD-1")
    merged = post(api, f"assets/{loser.pk}/merge", {"into": winner.pk, **why})
    assert merged.json()["merged_into"] == winner.pk
    found = api.get("/api/v1/assets?code=old-1").json()["results"]
    assert [a["id"] for a in found] == [winner.pk]
    assert post(api, f"assets/{loser.pk}/unmerge", why).json()["merged_into"] is None


@pytest.mark.parametrize(
    ("verb", "body", "code"),
    [
        ("return", {}, "not-assigned"),
        ("find", {}, "not-missing"),
        ("status", {"status": "lost"}, "case-required"),
        ("reopen", {"reason": "x"}, "not-disposed"),
        ("dispose", {"method": "sold", "disposed_on": "2026-11-01"}, "illegal-move"),
        ("verify", {"at": "2126-01-01T00:00:00Z"}, "in-the-future"),
        ("unmerge", {"reason": "x"}, "not-merged"),
    ],
)
def test_a_rule_s_no_is_a_409_with_its_code(
    verb: str, body: dict[str, str], code: str, rob: User, api_of: Api, lincoln: School
) -> None:
    answer = post(api_of(rob), f"assets/{make_asset(school=lincoln).pk}/{verb}", body)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, code)


def test_fay_buys_receives_shares_and_reclassifies(fay: User, api_of: Api, local: Award) -> None:
    """Money of the district's own: federal money asks a second person."""
    api = api_of(fay)
    bond = create_award(by=SYSTEM, program=local.program, name="Bond of 2024")
    vendor = post(api, "vendors", {"name": "CDW-G", "spin": "143005588"}).json()["id"]
    assert post(api, "vendors", {"name": "cdw-g"}).status_code == 409
    lines = [{"description": "Chromebooks", "quantity": 3, "amount": "1000.00"}]
    order = {"number": "PO-7", "vendor": vendor, "ordered_on": "2026-07-01", "lines": lines}
    path = f"purchases/{post(api, 'purchases', order).json()['id']}"
    receipt = {"line": 1, "quantity": 3, "received_on": "2026-08-01"}
    units = post(api, f"{path}/receive", receipt).json()["units"]
    assert [u["cost"] for u in units] == ["333.34", "333.33", "333.33"]
    assert post(api, f"{path}/receive", receipt).status_code == 409
    shares = [{"award": bond.pk, "percent": "60"}, {"award": local.pk, "percent": "40"}]
    made = post(api, f"{path}/share", {"line": 1, "shares": shares}).json()["shares"]
    assert sum(float(s["amount"]) for s in made if s["award"] == bond.pk) == 600.0
    unit = units[0]["id"]
    body = {"shares": [{"award": local.pk, "amount": "333.34"}], "reason": "Not allowable."}
    assert post(api, f"units/{unit}/reclassify", body).status_code == 200
    standing = api.get(f"/api/v1/shares?unit={unit}").json()["results"]
    assert [(s["award"], s["amount"]) for s in standing] == [(local.pk, "333.34")]
    wrong = post(api, f"units/{unit}/cost", {"cost": "1.00", "reason": "Credit."})
    assert wrong.json()["errors"][0]["code"] == "cost-below-shares"
    assert post(api, f"units/{unit}/void", {"reason": "Never came."}).status_code == 200
    assert Unit.objects.get(pk=unit).voided_at


def test_fay_reads_which_threshold_holds_when(fay: User, api_of: Api) -> None:
    from funding.seed import seed_reference

    seed_reference()
    found = api_of(fay).get("/api/v1/parameters?limit=200").json()["results"]
    assert found
    assert {"key", "scope", "value", "starts_on", "ends_on", "source"} <= found[0].keys()


def test_rob_saves_a_roster_by_local_ids(
    rob: User, api_of: Api, lincoln: School, washington: School
) -> None:
    api = api_of(rob)
    known = make_student(school=lincoln)
    row = {"kind": "student", "school": lincoln.pk, "first_name": "Ana"}
    roster = [row | {"local_id": known.local_id}, row | {"local_id": "S-NEW"}]
    assert post(api, "people/bulk", {"people": roster}).json() == {
        "created": 1,
        "changed": 1,
        "same": 0,
        "notices": [],
    }
    assert post(api, "people/bulk", {"people": roster}).json()["same"] == 2
    twice = post(api, "people/bulk", {"people": [roster[1], roster[1]]})
    assert [e["pointer"] for e in twice.json()["errors"]] == [
        "/people/0/local_id",
        "/people/1/local_id",
    ]
    taken = post(api, "people", row | {"local_id": "s-new"})
    assert (taken.status_code, taken.json()["errors"][0]["code"]) == (409, "local-id-taken")


def test_a_disposed_thing_takes_no_further_act(
    rob: User, api_of: Api, lincoln: School, maria: Person
) -> None:
    gone = make_asset(school=lincoln, status=Status.DISPOSED, legacy=True)
    answer = post(api_of(rob), f"assets/{gone.pk}/assign", {"person": maria.pk})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "closed")
