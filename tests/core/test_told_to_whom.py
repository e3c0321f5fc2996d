"""Dan repairs devices in the whole district: the page of an award is closed to him, and neither the
activity nor the feed tells him what stands on it. Nobody reads of another's import."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from core.journal import nouns, sealing
from core.time import days
from funding.actions import ShareDraft, ask_line, grant_award_access
from funding.models import Award
from integrations.actions import stage
from people.models import User
from people.roles import Role
from reports.actions import request_report
from tests.api.test_strict import Api
from tests.cast import make_user
from tests.factories import make_purchase

pytestmark = pytest.mark.django_db(transaction=True)

WHY = "Disallowed by the state on monitoring"
CLOSED = ("award", "program", "parameter", "reclassification", "report", "import", "user")


@pytest.fixture
def dan(district: Any) -> User:
    return make_user("Dan", Role.TECHNICIAN)


@pytest.fixture
def happened(ana: User, fay: User, arp: Award, local: Award) -> str:
    """Awards were added, one is asked to pay instead of the other, one is looked at by an auditor,
    a report was made, a file came. The code of the report."""
    purchase, _units = make_purchase(shares=[(arp, "100")])
    ask_line(purchase.lines.get(), [ShareDraft(local, percent=Decimal(100))], by=fay, reason=WHY)
    mahoney = make_user("Ada Mahoney", None)
    grant_award_access(arp, to=mahoney, by=SYSTEM)
    stage(b"Tag\nX1\n", by=ana, kind="assets", name="x.csv", options={"school": "LIN"})
    report = request_report(arp, by=ana, as_of=days.today(), formats=["csv"])
    sealing.seal_all()
    return report.code


def feed(api: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get("/api/v1/journal?after=0&limit=200").json()["results"]
    return found


def test_dan_s_feed_tells_nothing_of_what_is_closed_to_him(
    dan: User, api_of: Api, happened: str
) -> None:
    everything = api_of(dan)
    for address in ("awards", "reports", "reclassifications"):
        assert everything.get(f"/api/v1/{address}").status_code == 403
    for api in (everything, api_of(dan, scopes=["core.view_activity"])):
        closed = [e for e in feed(api) if e["kind"].split(".")[0] in CLOSED]
        assert {"award.created", "report.requested", "reclassification.asked"} <= {
            e["kind"] for e in closed
        }
        assert [e for e in closed if e["changes"] or e["data"]] == []


def test_a_token_reads_no_noun_that_it_has_no_scope_for(
    ana: User, api_of: Api, happened: str
) -> None:
    narrow = feed(api_of(ana, scopes=["core.view_activity"]))
    assert narrow
    assert [e for e in narrow if e["changes"] or e["data"]] == []
    awards = feed(api_of(ana, scopes=["core.view_activity", "funding.view_award"]))
    told = {e["subject_type"] for e in awards if e["changes"] or e["data"]}
    assert "funding.award" in told
    assert told <= {n for n, p in nouns.registered().items() if p == "funding.view_award"}


def test_the_activity_tells_dan_no_more_than_the_feed(
    dan: User, fay: User, client_of: Callable[[User], Client], happened: str
) -> None:
    pages = {by.name: client_of(by).get("/activity/").content.decode() for by in (dan, fay)}
    for word in (WHY, "ARP ESSER 2021", "Ada Mahoney", happened):
        assert word not in pages["Dan"]
    assert WHY in pages["Fay"]
    assert "ARP ESSER 2021" in pages["Fay"]
    assert "Ada Mahoney" not in pages["Fay"], "who has an account is for administrators"


def test_fay_reads_nothing_of_ana_s_import(
    ana: User, fay: User, api_of: Api, happened: str
) -> None:
    def of_imports(by: User) -> list[bool]:
        entries = [e for e in feed(api_of(by)) if e["kind"].startswith("import.")]
        return [bool(e["data"]) for e in entries]

    assert of_imports(ana) == [True]
    assert of_imports(fay) == [False]
