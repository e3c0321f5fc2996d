"""A token reads through a report no more than it may read elsewhere."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.access import NAMES
from people.models import User
from people.roles import PERMISSIONS, Role
from reports.models import Report
from tests.cast import again, make_user
from tests.reports.conftest import Ledger

pytestmark = pytest.mark.django_db
Make = Callable[..., Report]
Of = Callable[..., str]
#: What a report with names tells: things, awards, costs, people.
TOLD = ["assets.view_asset", "funding.view_award", "funding.view_cost", "people.view_person"]


def download(user: User, report: Report, token_of: Of, scopes: list[str]) -> tuple[int, str]:
    """How a report's CSV answers a token of some scopes, and with what."""
    token = token_of(again(user), ["reports.view_report", *scopes])
    answer = Client().get(
        f"/api/v1/reports/{report.pk}/csv", headers={"Authorization": f"Bearer {token}"}
    )
    return answer.status_code, (answer.getvalue()).decode()


def test_a_token_that_may_see_reports_alone_reads_no_cost_and_no_name(
    ledger: Ledger, report_of: Make, fay: User, token_of: Of
) -> None:
    report = report_of(fay)
    status, text = download(fay, report, token_of, [])
    assert status == 403 and "R100" not in text and "assets.view_asset" in text


@pytest.mark.parametrize("lacking", TOLD)
def test_each_thing_that_a_report_tells_must_be_the_token_s(
    ledger: Ledger, report_of: Make, fay: User, token_of: Of, lacking: str
) -> None:
    report = report_of(fay)
    status, text = download(fay, report, token_of, [s for s in TOLD if s != lacking])
    assert status == 403 and lacking in text and "5415" not in text
    everything_else = sorted(PERMISSIONS - {lacking})
    assert download(fay, report, token_of, everything_else)[0] == 403
    status, text = download(fay, report, token_of, TOLD)
    assert status == 200 and "5415" in text, "to read is not to make: that takes no more"


def test_a_report_without_names_takes_no_right_to_see_people(
    ledger: Ledger, report_of: Make, ada: User, fay: User, token_of: Of
) -> None:
    report = report_of(ada)
    without = [s for s in TOLD if s != "people.view_person"]
    for user in (ada, fay):
        assert download(user, report, token_of, without)[0] == 200
        assert download(user, report, token_of, without[:-1])[0] == 403, "costs"
    otto = make_user("Otto", Role.AUDITOR)
    assert NAMES not in TOLD and download(otto, report, token_of, without)[0] == 200


@pytest.mark.untrue(reason="the report is of an older release, which kept no eyes")
def test_an_older_report_asks_the_same_and_where_it_may_have_names_the_right_to_see_people(
    ledger: Ledger, report_of: Make, ada: User, fay: User, token_of: Of
) -> None:
    report, hers = report_of(ada), report_of(fay)
    Report.objects.update(eyes="")
    assert download(fay, hers, token_of, TOLD[:-1])[0] == 403
    assert download(fay, hers, token_of, TOLD)[0] == 200
    assert download(ada, report, token_of, [])[0] == 403
    assert download(ada, report, token_of, TOLD[:-1])[0] == 200
