"""Fay asks for a report that cannot be made, or asks of one what it cannot tell yet."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from core import runs
from core.problems import Invalid
from core.time import days
from funding.models import Award
from people.models import User
from reports.actions import remake, request_report
from reports.models import Report
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
    said = "No school has things of this award on this day"
    page_says(client_of(fay), "/reports/new/", typed, "nothing", said)
    assert not Report.objects.exists()
