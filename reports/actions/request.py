"""Asking for a report: one of the whole award, or one for each school that has things of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import runs
from core.access import Actor, require
from core.journal.writing import record
from core.problems import Problem, invalid_if, refuse_if
from core.time import days
from funding.models import Award
from people.models import School
from reports.models import Report
from reports.property_record import facts
from reports.render import groups


@dataclass(frozen=True)
class _Asked:
    award: Award
    as_of: date
    known_at: datetime
    now: datetime
    formats: list[str]

    @property
    def when(self) -> facts.Moment:
        return facts.moment(self.as_of, self.known_at, self.now)


def request_report(
    award: Award,
    *,
    by: Actor,
    as_of: date,
    formats: list[str],
    school: School | None = None,
    known_at: datetime | None = None,
) -> Report:
    """Ask for R1 of an award; a worker makes it. `known_at` (instant) default now.

    Raises Refused where a PDF would have more rows than one PDF bears."""
    with transaction.atomic():
        asked = _asked(award, by, as_of, formats, known_at)
        if school is not None:
            school = School.objects.visible_to(by).get(pk=school.pk)
        if "pdf" in formats:
            rows = facts.count_things(asked.award, asked.when, by, school)
            if problem := groups.too_many(rows):
                refuse_if([problem])
        return _request(asked, by, school)


def request_report_per_school(
    award: Award,
    *,
    by: Actor,
    as_of: date,
    formats: list[str],
    known_at: datetime | None = None,
) -> list[Report]:
    """Ask for R1 of an award once for each school with things of it, all as known at the same
    instant; none where one of them is too long for a PDF."""
    with transaction.atomic():
        asked = _asked(award, by, as_of, formats, known_at)
        found = facts.schools_with_things(asked.award, asked.when, by)
        if not found:
            refuse_if([Problem("nothing", _("No school has items of this award on this day."))])
        longest = max(found.values())
        if "pdf" in formats and (problem := groups.too_many(longest)):
            refuse_if([problem])
        schools = School.objects.filter(pk__in=found).order_by("name")
        return [_request(asked, by, school) for school in schools]


def _asked(
    award: Award, by: Actor, as_of: date, formats: list[str], known_at: datetime | None
) -> _Asked:
    award = Award.objects.visible_to(by).get(pk=award.pk)
    require(by, "reports.make_report", award)
    now = days.now()
    problems = []
    if as_of > days.local_date(now):
        problems.append(Problem("in-the-future", _("This day has not come yet."), "as_of"))
    if known_at is not None and known_at > now:
        problems.append(Problem("in-the-future", _("Nobody knows the future."), "known_at"))
    if not formats or any(f not in Report.Format for f in formats):
        problems.append(Problem("format", _("Choose PDF, XLSX or CSV."), "formats"))
    invalid_if(problems)
    return _Asked(award, as_of, known_at or now, now, sorted(set(formats)))


def _request(asked: _Asked, by: Actor, school: School | None) -> Report:
    report = Report.objects.create(
        kind="property-record",
        award=asked.award,
        school=school,
        as_of=asked.as_of,
        known_at=asked.known_at,
        formats=asked.formats,
        owner_id=by.pk,
        made_at=asked.now,
    )
    record(
        "report.requested",
        report,
        by=by,
        created=True,
        data={"award": asked.award.pk, "as_of": asked.as_of},
    )
    report.run = runs.start("report", {"report": report.pk}, by=by)
    report.save(update_fields=["run"])
    return report
