"""A report is computed anew through the eyes that it was made with, whatever its maker may see
since."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from assets.actions import correct_asset, move_assets, return_asset
from core.access import SYSTEM
from core.time import days
from funding.actions import ShareDraft, ask_unit, decide, end_award_access, grant_award_access
from funding.models import Award
from people.actions import add_membership, create_room, end_membership
from people.models import School, User
from people.roles import Role
from reports.actions import recompute
from reports.models import Report
from tests.cast import again, make_user
from tests.reports.conftest import Ledger, content

pytestmark = pytest.mark.django_db
Make = Callable[..., Report]
Of = Callable[..., Client]


def told(report: Report) -> str:
    return content(report, "csv").decode()


def computed_anew(user: User, report: Report, client_of: Of) -> str:
    """What the page says to somebody who computes a report anew."""
    answer = client_of(again(user)).post(f"/reports/{report.pk}/recompute/", follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_auditor_reads_no_name_of_an_award_that_a_report_s_maker_was_given_since(
    ledger: Ledger, report_of: Make, ada: User, local: Award, client_of: Of
) -> None:
    bob = make_user("Bob", None)
    grant_award_access(ledger.award, to=bob, by=SYSTEM)
    report = report_of(again(bob))
    assert local.name not in computed_anew(ada, report, client_of)
    add_membership(bob, role=Role.FINANCE, by=SYSTEM)
    text = computed_anew(ada, report, client_of)
    assert "it is the same" in text and local.name not in text
    assert recompute(Report.objects.get(pk=report.pk)) == (report.sha256, True, [])


@pytest.mark.parametrize("role", [Role.TECHNOLOGY_DIRECTOR, Role.FINANCE])
def test_no_alarm_is_given_where_the_maker_s_role_became_a_school_s(
    ledger: Ledger, report_of: Make, fay: User, washington: School, role: str, client_of: Of
) -> None:
    dee = make_user("Dee", role)
    report = report_of(again(dee))
    add_membership(dee, role=role, school=washington, by=SYSTEM)
    end_membership(dee.memberships.get(school=None), by=SYSTEM)
    assert "it is the same" in computed_anew(fay, report, client_of)


def test_a_school_s_report_is_the_same_when_its_maker_went_to_another_school(
    ledger: Ledger, report_of: Make, fay: User, lincoln: School, washington: School, client_of: Of
) -> None:
    dee = make_user("Dee", Role.TECHNOLOGY_DIRECTOR, lincoln)
    report = report_of(again(dee))
    assert report.rows == 4
    add_membership(dee, role=Role.TECHNOLOGY_DIRECTOR, school=washington, by=SYSTEM)
    end_membership(dee.memberships.get(school=lincoln), by=SYSTEM)
    assert "it is the same" in computed_anew(fay, report, client_of)


def test_a_school_s_report_is_the_same_when_its_things_and_who_pays_went_elsewhere(
    ledger: Ledger,
    report_of: Make,
    fay: User,
    local: Award,
    lincoln: School,
    washington: School,
    client_of: Of,
) -> None:
    """Dee sees what is at Lincoln, and by name what pays for it: Local, too, of three of her
    four."""
    dee = make_user("Dee", Role.TECHNOLOGY_DIRECTOR, lincoln)
    report = report_of(again(dee))
    assert report.rows == 4 and local.name in told(report)
    return_asset(ledger.held, by=SYSTEM)
    gym = create_room(washington, "GYM", by=SYSTEM)
    move_assets([ledger.split, ledger.held], to=gym, by=SYSTEM)
    correct_asset(ledger.sold, by=SYSTEM, reason="Sold from there", school=washington)
    assert report_of(again(dee)).rows == 1
    assert "it is the same" in computed_anew(fay, report, client_of)
    move_assets([ledger.panel], to=gym, by=SYSTEM)
    assert not Award.objects.visible_to(again(dee)).exists()
    assert "it is the same" in computed_anew(fay, report, client_of)


def test_an_auditor_s_report_is_the_same_when_another_award_pays_since(
    ledger: Ledger, report_of: Make, ada: User, ana: User, fay: User, local: Award, client_of: Of
) -> None:
    report = report_of(ada)
    assert ledger.panel.unit and "R100" in told(report)
    shares = [ShareDraft(local, percent=Decimal(100))]
    asked = ask_unit(ledger.panel.unit, shares, by=fay, reason="Disallowed on monitoring")
    decide(asked, by=ana, approve=True)
    assert "R100" not in told(report_of(again(ada)))
    assert "it is the same" in computed_anew(fay, report, client_of)
    then = report_of(again(ada), as_of=days.today() - timedelta(days=1))
    assert "R100" in told(then), "of an award that is hers she sees what it paid for then"


def test_a_report_of_somebody_who_left_is_computed_anew(
    ledger: Ledger, report_of: Make, ada: User, fay: User, ana: User, client_of: Of
) -> None:
    report = report_of(ada)
    end_award_access(ada.award_memberships.get(), by=ana)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert "it is the same" in computed_anew(fay, report, client_of)
    User.objects.filter(pk=ada.pk).update(is_active=True)


@pytest.mark.untrue(reason="a row is altered behind the register")
def test_what_was_altered_is_still_told_whatever_the_maker_lost(
    ledger: Ledger, report_of: Make, fay: User, client_of: Of
) -> None:
    flo = make_user("Flo", Role.FINANCE)
    report = report_of(again(flo))
    end_membership(flo.memberships.get(), by=SYSTEM)
    assert "it is the same" in computed_anew(fay, report, client_of)
    Award.objects.filter(pk=ledger.award.pk).update(title_holder="Somebody else")
    text = computed_anew(fay, report, client_of)
    assert "altered behind the register" in text and "Somebody else" in text


@pytest.mark.untrue(reason="the report is of an older release, which kept no eyes")
def test_a_report_that_kept_no_eyes_is_computed_anew_where_its_maker_s_see_the_same(
    ledger: Ledger, report_of: Make, ada: User, fay: User, local: Award, client_of: Of
) -> None:
    flo, bob = make_user("Flo", Role.FINANCE), make_user("Bob", None)
    grant_award_access(ledger.award, to=bob, by=SYSTEM)
    report, alone = report_of(again(flo)), report_of(again(bob))
    Report.objects.update(eyes="")
    assert "it is the same" in computed_anew(fay, report, client_of)
    add_membership(bob, role=Role.FINANCE, by=SYSTEM)
    text = computed_anew(ada, alone, client_of)
    assert "it is the same" in text and local.name not in text
    end_membership(flo.memberships.get(), by=SYSTEM)
    assert "they see its award no more" in computed_anew(fay, report, client_of)
    grant_award_access(ledger.award, to=flo, by=SYSTEM)
    text = computed_anew(fay, report, client_of)
    assert "cannot be computed anew" in text and "altered" not in text
