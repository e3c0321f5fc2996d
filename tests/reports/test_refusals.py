"""Fay asks for a report that cannot be made, or asks of one what it cannot tell yet."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from core import runs
from core.access import SYSTEM
from core.problems import Invalid, NotPermitted
from core.time import days
from funding.actions import grant_award_access
from funding.models import Award
from people.models import User
from people.roles import POLICY, Role
from reports.actions import remake, request_report, request_report_per_school
from reports.models import Report
from tests.cast import again
from tests.factories import made
from tests.refusing import page_says, refusal

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


def test_a_report_that_is_not_made_yet_is_neither_computed_anew_nor_rendered(
    arp: Award, fay: User, client_of: Of
) -> None:
    report = request_report(arp, by=fay, as_of=days.today(), formats=["csv"])
    said = "This report is not made yet: see what became of its run"
    path = f"/reports/{report.pk}/recompute/"
    with refusal("not-made"):
        answer = client_of(fay).post(path, follow=True)
    assert said in answer.content.decode()
    with refusal("not-made"), pytest.raises(Invalid, match=said):
        remake(report, "csv")
    assert runs.execute(report.run_id or 0)
    assert client_of(fay).post(path).status_code == 200


def test_no_report_for_each_school_where_no_school_has_anything(
    arp: Award, fay: User, client_of: Of
) -> None:
    typed = {"award": arp.pk, "as_of": date(2024, 1, 1), "formats": ["csv"], "per_school": "on"}
    said = "No school has items of this award on this day"
    page_says(client_of(fay), "/reports/new/", typed, "nothing", said)
    assert not Report.objects.exists()


def test_who_makes_reports_of_one_award_makes_none_of_another_that_they_see(
    arp: Award, local: Award, api_of: Of, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Today every role that sees an award may make its reports; a district's own may not."""
    sees = POLICY[Role.VIEWER] | {"funding.view_award"}
    monkeypatch.setitem(POLICY, Role.VIEWER, sees)
    cleo = made(User.objects.create(email="cleo@firm.example", name="Cleo"))
    grant_award_access(arp, to=cleo, by=SYSTEM)
    grant_award_access(local, to=cleo, by=SYSTEM, role=Role.VIEWER, pseudonyms=False)
    assert set(Award.objects.visible_to(cleo)) == {arp, local}
    asked: dict[str, Any] = {"as_of": days.today(), "formats": ["csv"]}
    for ask in (request_report, request_report_per_school):
        with pytest.raises(NotPermitted):
            ask(local, by=again(cleo), **asked)
    api = api_of(cleo)
    for award, status in ((local, 403), (arp, 202)):
        answer = api.post("/api/v1/reports", asked | {"award": award.pk}, "application/json")
        assert answer.status_code == status
    assert set(Report.objects.values_list("award", flat=True)) == {arp.pk}
