"""`verify`: a report is what was printed, and its head is in the journal."""

import json
from collections.abc import Iterator

from core import files
from core.journal.each_row import found_in_each
from core.journal.heads import Outside
from reports.actions import unaltered, vouching
from reports.models import Report


def datasets_are_as_printed() -> Iterator[str]:
    """One sentence for each report whose dataset does not have the hash that was printed."""

    def check(report: Report) -> Iterator[str]:
        if not unaltered(report):
            yield f"The dataset of report {report.number} is not what was printed."

    made = Report.objects.exclude(dataset=None).select_related("dataset")
    yield from found_in_each(made, check, "report")


def names_are_as_made() -> Iterator[str]:
    """One sentence for each report beside whose dataset other names stand than when it was made."""

    def check(report: Report) -> Iterator[str]:
        if not vouching.names_are_as_made(report):
            yield f"The names in report {report.number} are not those that it was made with."

    yield from found_in_each(Report.objects.all(), check, "report")


def heads_of_reports() -> Iterator[Outside]:
    """The head that is printed on each report."""
    made = Report.objects.exclude(dataset=None).select_related("dataset").order_by("pk")
    # No other column is read: what somebody wrote there is for the checks to say.
    for report in made.only("dataset", "dataset__sha256").iterator(chunk_size=100):
        assert report.dataset is not None
        try:
            with files.open_file(report.dataset) as file:
                number, digest = json.loads(file.readline())["head"]
        except (OSError, ValueError, KeyError, TypeError):
            continue  # datasets_are_as_printed says so
        yield Outside(number, digest, f"report {report.number}")
