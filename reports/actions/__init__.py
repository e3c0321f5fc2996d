"""Asking for reports, making them, making them again."""

from typing import NamedTuple

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import files, runs
from core.access import SYSTEM, MaybeActor, require
from core.journal.remembered import earlier
from core.journal.sealing import seal_all
from core.journal.writing import changed, record, removed, save_changes
from core.models import District
from core.problems import NotPermitted, Problem, invalid_if, refuse_if
from core.time import days
from core.web.words import plainly
from funding.models import Award
from reports.actions import names
from reports.actions.request import request_report, request_report_per_school
from reports.actions.vouching import vouched
from reports.dataset import Dataset
from reports.difference import Difference, differences
from reports.eyes import eyes_of, onlooker
from reports.models import Report, ReportFile
from reports.models.report import sees_award_alone
from reports.property_record.build import build
from reports.property_record.explained import explained
from reports.render import table

__all__ = [
    "CONTENT",
    "Recomputed",
    "build_for",
    "explained",
    "make_report",
    "recompute",
    "remake",
    "render",
    "request_report",
    "request_report_per_school",
    "stored_dataset",
    "unaltered",
    "verify_url",
]
CONTENT = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def build_for(report: Report, by: MaybeActor) -> Dataset:
    """The dataset of a report's parameters, through the eyes of somebody who sees its award."""
    require(by, "reports.make_report", report.award)
    Award.objects.visible_to(by).get(pk=report.award_id)
    return _built(report, by)


def _built(report: Report, by: MaybeActor) -> Dataset:
    return build(
        report.award,
        as_of=report.as_of,
        known_at=report.known_at,
        by=by,
        school=report.school,
        asked_at=report.made_at,
    )


def verify_url(report: Report) -> str:
    """The open page that tells whether a printed report is unaltered."""
    district = District.objects.get()
    path = reverse("report-verify", args=[report.number, report.code])
    return district.public_address.rstrip("/") + path


def render(report: Report, dataset: Dataset, format_: str) -> bytes:
    """One rendering; the same bytes for the same dataset on the same release. Its instants are told
    in the time zone that the district had when it was made."""
    district = District.objects.get()
    then = earlier(District, report.made_at, "time_zone").values.get(district.pk, {})
    with days.remembering_zone(), plainly():
        days.remember_zone(then.get("time_zone", district.time_zone))
        return _rendered(report, dataset, format_)


def _rendered(report: Report, dataset: Dataset, format_: str) -> bytes:
    made_at = report.made_at.replace(microsecond=0)
    if format_ == "csv":
        return b"".join(table.csv(dataset))
    if format_ == "xlsx":
        return table.xlsx(dataset, made_at=made_at, number=report.number)
    # Only who makes a PDF pays for what draws it: a quarter of each start.
    from reports.render import pdf

    made_by = report.owner.name if report.owner else _("the system")
    return pdf.render(
        dataset,
        number=report.number,
        made_at=made_at,
        made_by=made_by,
        verify_url=verify_url(report),
    )


def make_report(work: runs.Work) -> None:
    """The worker's part: dataset, renderings, then one transaction that also ends the run."""
    report = Report.objects.select_related("award__program", "school", "owner").get(
        pk=work.parameters["report"]
    )
    seal_all()
    work.progress(0, len(report.formats) + 1)
    dataset = build_for(report, work.by)
    work.progress(1, len(report.formats) + 1)
    rendered, people = {}, dataset.people
    printed = dataset.printed({p.key: p.name or p.pseudonym for p in people})
    for n, format_ in enumerate(report.formats, start=2):
        rendered[format_] = files.store(render(report, printed, format_), CONTENT[format_])
        work.progress(n, len(report.formats) + 1)
    kept = files.store(dataset.lines(), "application/x-ndjson")
    with transaction.atomic():
        # Output and end commit together: a worker that was taken for dead, or dies right after,
        # leaves no second output.
        work.finish({"url": reverse("report", args=[report.pk])})
        names.keep(report, people)
        changes = changed(
            report,
            dataset=kept,
            sha256=dataset.sha256(),
            rows=len(dataset.rows),
            of_award_alone=sees_award_alone(work.by),
            eyes=eyes_of(work.by),
        ) | vouched(report)
        save_changes(report, changes)
        before = ReportFile.objects.filter(report=report)
        gone = [removed(row) for row in before]
        before.delete()
        made = ReportFile.objects.bulk_create(
            ReportFile(report=report, format=f, file=file) for f, file in rendered.items()
        )
        record(
            "report.made",
            report,
            by=work.by,
            changes=changes,
            rows=made,
            touched=gone,
            data={"sha256": report.sha256, "award": report.award_id},
        )


def stored_dataset(report: Report) -> Dataset:
    """The dataset the report was made from, as it is printed: people by name or pseudonym. Raises
    Invalid where there is none yet."""
    if report.dataset is None:
        invalid_if(
            [Problem("not-made", _("This report is not made yet: see what became of its run."))]
        )
        raise AssertionError
    return names.printed(report, names.read(report.dataset))


def remake(report: Report, format_: str) -> bytes:
    """Render the stored dataset again: the same bytes."""
    with plainly():
        return render(report, stored_dataset(report), format_)


class Recomputed(NamedTuple):
    """A report computed anew: its hash, whether it is the printed one, and what differs."""

    sha256: str
    same: bool
    differences: list[Difference]


def recompute(report: Report) -> Recomputed:
    """Build the dataset anew from its times, through the eyes that it was made with, and compare.
    What its maker may see since, and where a thing went since, gives it no other rows and names.

    Raises Refused where an older release kept no eyes and its maker's of today see the award no
    more, or something else."""
    printed = stored_dataset(report)
    assert report.dataset is not None
    kept = names.read(report.dataset)
    eyes = report.seen_through
    try:
        dataset = (
            _built(report, onlooker(eyes)) if eyes else build_for(report, report.owner or SYSTEM)
        )
    except (Award.DoesNotExist, NotPermitted):
        message = _(
            "This report is of a release that did not keep what its maker saw, and they "
            "see its award no more: it cannot be computed anew. Ask for a new one of the "
            "same day."
        )
        refuse_if([Problem("eyes-gone", message)])
        raise AssertionError from None
    dataset = dataset.as_built_for(kept)
    digest = dataset.sha256()
    # The hash is of numbers: who they are is compared by itself.
    same = digest == report.sha256 and not (kept.numbered and names.others(report, dataset))
    if same:
        return Recomputed(digest, True, [])
    if not eyes:
        message = _(
            "This report is of a release that did not keep what its maker saw, and as they "
            "see it today it differs: it cannot be computed anew. Ask for a new one of the "
            "same day."
        )
        refuse_if([Problem("eyes-unknown", message)])
    now = names.said_now(report, kept, dataset)
    return Recomputed(digest, False, names.behind(report, kept, dataset, differences(printed, now)))


def unaltered(report: Report) -> bool:
    """Whether the kept dataset and files are what they were, and the dataset has its hash."""
    kept = [report.dataset, *(f.file for f in report.files.select_related("file"))]
    if any(file is None or files.damaged(file) for file in kept):
        return False
    if report.dataset is None:
        return False
    kept_hash = names.read(report.dataset).sha256()
    return kept_hash == (report.rewritten_sha256 or report.sha256)


def make_files_again(work: runs.Work) -> None:
    """The worker's part after somebody was erased: the renderings that held their name."""
    report = Report.objects.select_related("award__program", "school", "owner", "dataset").get(
        pk=work.parameters["report"]
    )
    made = set(ReportFile.objects.filter(report=report).values_list("format", flat=True))
    rendered = {
        f: files.store(remake(report, f), CONTENT[f]) for f in report.formats if f not in made
    }
    with transaction.atomic():
        work.finish({"url": reverse("report", args=[report.pk])})
        rows = ReportFile.objects.bulk_create(
            ReportFile(report=report, format=f, file=file) for f, file in rendered.items()
        )
        record("report.files_made", report, by=work.by, rows=rows)
