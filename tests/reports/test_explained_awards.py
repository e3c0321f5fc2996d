"""An entry of another award explains a value only to who is told that it pays for the thing."""

from collections.abc import Callable

import pytest

from core.access import SYSTEM
from core.models import Entry
from funding.actions import change_award, grant_award_access
from funding.models import Award
from people.models import School, User
from people.roles import Role
from reports.difference import Difference
from reports.models import Report
from reports.property_record.explained import explained
from tests.cast import again, make_user
from tests.factories import make_asset, make_purchase
from tests.reports.conftest import Ledger

pytestmark = pytest.mark.django_db


def test_a_school_s_director_does_not_learn_so_what_pays_elsewhere(
    ledger: Ledger,
    report_of: Callable[..., Report],
    local: Award,
    washington: School,
    fay: User,
) -> None:
    """The general fund pays for a thing at Washington, where Bo is director; a part of R101 at
    Lincoln is its, too, which Bo sees as auditor of the other award."""
    _purchase, (unit,) = make_purchase(quantity=1, shares=[(local, "100")])
    make_asset(school=washington, unit=unit)
    bo = make_user("Bo", Role.TECHNOLOGY_DIRECTOR, washington)
    grant_award_access(ledger.award, to=bo, by=SYSTEM)
    report = report_of(again(bo))
    change_award(local, by=SYSTEM, name="General fund of 2026")
    change_award(ledger.award, by=SYSTEM, name="ARP of 2021")
    other = Difference(ledger.split.tag, "Other", "", "", key="other")

    def told(by: User) -> set[int]:
        (found,) = explained(report, [other], again(by))
        assert len(found.entries) + found.hidden == 2
        return {e.subject_id for e in found.entries if isinstance(e, Entry)}

    assert told(fay) == {local.pk, ledger.award.pk}
    assert told(bo) == {ledger.award.pk}
    dee = make_user("Dee", Role.TECHNOLOGY_DIRECTOR, ledger.split.school)
    assert told(dee) == {local.pk, ledger.award.pk}, "at the item's own school"
