"""Names in reports: beside the dataset, printed into its renderings, erased when asked for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import files, runs
from core.access import SYSTEM
from core.forgetting import Called
from core.journal.writing import changed, record, removed, save_changes
from core.models import StoredFile
from core.text.written import day
from core.time import days
from people.models import Person
from people.models.person import Kind
from reports.actions.vouching import vouched
from reports.dataset import Dataset, Named, load
from reports.difference import Difference
from reports.models import Report, ReportFile, ReportPerson

REMAKE = "report-files"


class ErasedMeanwhile(RuntimeError):
    """Somebody was erased while their name was being printed: it is made anew."""


def read(file: StoredFile) -> Dataset:
    """A kept dataset, people by their numbers."""
    with files.open_file(file) as handle:
        return load(handle.readlines())


def keep(report: Report, people: Iterable[Named]) -> None:
    """Say who the numbers of a report's dataset are (in the transaction that keeps it)."""
    ReportPerson.objects.filter(report=report).delete()
    rows = [
        ReportPerson(
            report=report, key=p.key, person_id=p.person, pseudonym=p.pseudonym, name=p.name
        )
        for p in people
    ]
    ReportPerson.objects.bulk_create(rows, batch_size=1000)
    # Who erases waits for these rows, or has been faster: then a name was printed that is no more.
    named = [p.person_id for p in rows if p.name]
    for i in range(0, len(named), 500):
        if Person.objects.filter(pk__in=named[i : i + 500]).exclude(erased_at=None).exists():
            raise ErasedMeanwhile


def printed(report: Report, dataset: Dataset) -> Dataset:
    """A dataset as it is printed now, with a note where names were erased since."""
    people = list(ReportPerson.objects.filter(report=report))
    said = {p.key: p.name or p.pseudonym for p in people if p.key}
    shown = dataset.printed(said, note(people))
    if not dataset.numbered:
        shown = replace(dataset, digest=report.sha256, note=note(people))
    return shown


def note(people: Iterable[ReportPerson]) -> str:
    """What is said of erased names; empty where all are there."""
    gone = [p.erased_at for p in people if p.erased_at]
    if not gone:
        return ""
    message = ngettext(
        "The name of one person was erased, last on %(day)s: a pseudonym stands for it.",
        "The names of %(count)s persons were erased, last on %(day)s: pseudonyms stand for them.",
        len(gone),
    )
    told = message % {"count": len(gone), "day": day(max(gone))}
    if any(not p.key for p in people):
        told += " " + _(
            "This report is of a release whose hash held the names, too: the hash is shown "
            "as it was printed and is not that of the rows as they are kept now."
        )
    return told


def others(report: Report, dataset: Dataset) -> bool:
    """Whether other persons stand behind the numbers of a dataset computed anew. Somebody who was
    erased, or is called otherwise, is the same person."""
    kept = ReportPerson.objects.filter(report=report).exclude(key="").values_list("key", "person")
    return dict(kept) != {p.key: p.person for p in dataset.people}


def said_now(report: Report, kept: Dataset, dataset: Dataset) -> Dataset:
    """A dataset computed anew, with people and typed words as the report prints them where it has
    them (`kept`). Somebody else who is called the same is said to be somebody else."""
    dataset = replace(dataset, words={**dataset.words, **kept.words}, beside=kept.beside)
    then = {p.person_id: p.name or p.pseudonym for p in ReportPerson.objects.filter(report=report)}
    taken, said = set(then.values()), {}
    for p in dataset.people:
        called = p.name or p.pseudonym
        if p.person not in then and called in taken:
            called = _("%(name)s (somebody else)") % {"name": called}
        said[p.key] = then.get(p.person, called)
    return dataset.printed(said)


def behind(
    report: Report, kept: Dataset, dataset: Dataset, found: Iterable[Difference]
) -> list[Difference]:
    """Differences with the persons who stand behind the two values of one that is about
    somebody."""
    people = ReportPerson.objects.filter(report=report)
    sides = (
        _persons(kept, dict(people.exclude(key="").values_list("key", "person"))),
        _persons(dataset, {p.key: p.person for p in dataset.people}),
    )
    return [
        replace(d, people=frozenset(side[d.tag] for side in sides if d.tag in side))
        if d.key == "custodian"
        else d
        for d in found
    ]


def _persons(dataset: Dataset, keys: Mapping[str, int]) -> dict[str, int]:
    """Per tag the person of its row."""
    place = _place(dataset)
    return {row[0]: keys[row[place]] for row in dataset.rows if row[place] in keys}


def forget(whom: Called) -> None:
    """Blank somebody's name in every report and delete what it was printed in; a worker makes
    that again (inside the transaction that erases them)."""
    now = days.now()
    rows = ReportPerson.objects.filter(person__in=whom.keys).exclude(name="")
    held = sorted(set(rows.values_list("report", flat=True)))
    rows.update(name="", erased_at=now)
    rewritten: dict[int, Any] = {}
    if whom.everywhere:
        rewritten = dict(_older_with(whom))
        held += rewritten
    for report in Report.objects.filter(pk__in=held).order_by("pk"):
        told = vouched(report)
        save_changes(report, told)
        print_again(report, rewritten.get(report.pk, {}) | told)


def print_again(report: Report, changes: dict[str, Any]) -> None:
    """Delete what a report was printed in, because of what was erased in it; a worker makes it
    anew."""
    gone = list(ReportFile.objects.filter(report=report).select_related("file"))
    ReportFile.objects.filter(report=report).delete()
    record(
        "report.names_erased",
        report,
        by=SYSTEM,
        changes=changes,
        touched=[removed(row) for row in gone],
    )
    for row in gone:
        files.forget(row.file)
    if gone:
        runs.start(REMAKE, {"report": report.pk}, by=SYSTEM)


def _older_with(whom: Called) -> Iterator[tuple[int, Any]]:
    """Reports of an older release that name somebody: rewritten with the pseudonym."""
    people = {p.pk: p for p in Person.objects.filter(pk__in=whom.keys)}
    staff = {p.name: p for p in people.values() if p.kind == Kind.STAFF}
    if not staff:
        return  # everybody else was printed by a pseudonym
    numbered = ReportPerson.objects.filter(report=OuterRef("pk")).exclude(key="")
    for report in Report.objects.filter(~Exists(numbered)).exclude(dataset=None).order_by("pk"):
        old = report.dataset
        if old is None or (dataset := read(old)).numbered:
            continue
        found = {row[_place(dataset)] for row in dataset.rows} & set(staff)
        if not found:
            continue
        said = {name: staff[name].pseudonym for name in found}
        place = _place(dataset)
        kept = [(*r[:place], said.get(r[place], r[place]), *r[place + 1 :]) for r in dataset.rows]
        dataset = replace(dataset, rows=tuple(kept))
        kept_now = files.store(dataset.lines(), "application/x-ndjson")
        changes = changed(report, dataset=kept_now, rewritten_sha256=dataset.sha256())
        save_changes(report, changes)
        files.forget(old)
        ReportPerson.objects.bulk_create(
            ReportPerson(
                report=report, person=staff[name], pseudonym=said[name], erased_at=days.now()
            )
            for name in found
        )
        yield report.pk, changes


def _place(dataset: Dataset) -> int:
    return next(i for i, c in enumerate(dataset.columns) if c.key == "custodian")
