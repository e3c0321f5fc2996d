"""Whoever exchanges a name beside a report's dataset is found; who is erased is not told any
more."""

import pytest

from core.access import SYSTEM
from core.journal import verify
from people.actions import PersonDraft, add_person
from people.models import Person, User
from reports import checks
from reports.models import Report, ReportPerson
from tests.core.forgeries import run
from tests.reports.conftest import Ledger
from tests.reports.test_names import Make, custodian, erased, own_folders  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_folders")]

ANOTHER = (
    "(SELECT max(id) FROM people_person p WHERE NOT EXISTS "
    "(SELECT 1 FROM reports_reportperson r WHERE r.person_id = p.id))"
)
FORGERIES = (
    "UPDATE reports_reportperson SET name = 'Forged Custodian' WHERE name <> ''",
    "UPDATE reports_reportperson SET name = '' WHERE name <> ''",
    "UPDATE reports_reportperson SET pseudonym = 'P-00000000'",
    "UPDATE reports_reportperson SET key = 'p9' WHERE key = 'p1'",
    f"UPDATE reports_reportperson SET person_id = {ANOTHER} WHERE key = 'p1'",
    "DELETE FROM reports_reportperson",
    "INSERT INTO reports_reportperson (report_id, key, person_id, pseudonym, name) "
    f"SELECT report_id, 'p8', {ANOTHER}, pseudonym, 'Somebody' FROM reports_reportperson "
    "WHERE key = 'p1'",
)


@pytest.mark.parametrize("forgery", FORGERIES)
def test_another_name_beside_a_report_is_found(
    ledger: Ledger,
    custodian: Person,  # noqa: F811
    report_of: Make,
    fay: User,
    forgery: str,
) -> None:
    draft = PersonDraft(
        kind="staff",
        local_id="T-9",
        first_name="Otto",
        last_name="Other",
        school=ledger.panel.school,
    )
    add_person(draft, by=SYSTEM)
    report = report_of(fay)
    assert list(checks.names_are_as_made()) == []
    run(forgery)
    assert any(report.number in finding for finding in verify.verify().findings)


def test_who_is_erased_leaves_a_digest_that_nobody_can_try(
    ledger: Ledger,
    custodian: Person,  # noqa: F811
    report_of: Make,
    fay: User,
) -> None:
    report = report_of(fay)
    before = (report.names_digest, report.names_salt)
    erased(custodian)
    now = Report.objects.get(pk=report.pk)
    assert ReportPerson.objects.filter(report=report, name="", erased_at__isnull=False).exists()
    assert now.names_digest != before[0] and now.names_salt != before[1]
    assert [f for f in verify.verify().findings if "no seal" not in f] == []
