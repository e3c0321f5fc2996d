"""CSV and XLSX of a dataset: every column, real numbers and dates, nothing a formula."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from core.files.tabular import csv_lines, inert
from core.text.written import stamp
from reports.dataset import Dataset


def csv(dataset: Dataset) -> Iterator[bytes]:
    """The rows as CSV, in the order of the columns."""
    return csv_lines([c.label for c in dataset.columns], dataset.rows)


def xlsx(dataset: Dataset, *, made_at: datetime, number: str) -> bytes:
    """A workbook: the rows, the findings, and a sheet with parameters, totals and hash.

    Written without a clock, so that the same dataset gives the same bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": dataset.title, "created": made_at.replace(tzinfo=None)})
    formats = {
        "head": book.add_format(
            {"bold": True, "bg_color": "#E8EEF4", "text_wrap": True, "valign": "top"}
        ),
        "money": book.add_format({"num_format": "$#,##0.00"}),
        "percent": book.add_format({"num_format": "0.00"}),
        "date": book.add_format({"num_format": "mm/dd/yyyy"}),
        "day": book.add_format({"num_format": "mm/dd/yyyy", "align": "left"}),
        "bold": book.add_format({"bold": True}),
    }
    _rows(book.add_worksheet(_("Property record")), dataset, formats)
    _about(book.add_worksheet(_("About")), dataset, formats, number)
    _findings(book.add_worksheet(_("Exceptions")), dataset, formats)
    book.close()
    return buffer.getvalue()


def _rows(sheet: Any, dataset: Dataset, formats: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 1)
    for i, column in enumerate(dataset.columns):
        sheet.set_column(i, i, 28 if column.key in ("description", "why") else 15)
        sheet.write_string(0, i, column.label, formats["head"])
    for n, row in enumerate(dataset.rows, start=1):
        for i, (column, value) in enumerate(zip(dataset.columns, row, strict=True)):
            if value is None or value == "":
                continue
            if isinstance(value, Decimal):
                sheet.write_number(n, i, float(value), formats.get(column.kind))
            elif isinstance(value, date):
                sheet.write_datetime(n, i, datetime.combine(value, time()), formats["date"])
            else:
                sheet.write_string(n, i, inert(str(value))[:32000])
    sheet.autofilter(0, 0, max(1, len(dataset.rows)), len(dataset.columns) - 1)


def _about(sheet: Any, dataset: Dataset, formats: dict[str, Any], number: str) -> None:
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 70)
    totals = dataset.totals
    facts: list[tuple[str, Any]] = [
        (_("District"), dataset.district["name"]),
        (_("UEI"), dataset.district["uei"]),
        (_("BEN"), dataset.district["ben"]),
        (_("Report number"), number),
        (_("As of"), dataset.as_of),
        (_("Known at"), stamp(dataset.known_at)),
        *dataset.scope,
        *dataset.versions,
        (_("Assets"), Decimal(totals.assets)),
        (_("Federal amount"), totals.federal),
        (_("Other amount"), totals.other),
        (_("Cost"), totals.cost),
        (_("Costs unknown"), Decimal(totals.unknown)),
        *_ledger(dataset),
        *([(_("Names"), dataset.note)] if dataset.note else []),
        (_("SHA-256 of the dataset"), dataset.sha256()),
        (_("Journal head"), f"{dataset.head[0]}:{dataset.head[1]}"),
    ]
    for n, (label, value) in enumerate(facts):
        sheet.write_string(n, 0, label, formats["bold"])
        if isinstance(value, Decimal):
            whole = value == value.to_integral_value() and value.as_tuple().exponent == 0
            sheet.write_number(n, 1, float(value), None if whole else formats["money"])
        elif isinstance(value, date):
            sheet.write_datetime(n, 1, datetime.combine(value, time()), formats["day"])
        else:
            sheet.write_string(n, 1, inert(str(value)))


def _ledger(dataset: Dataset) -> list[tuple[str, Decimal]]:
    """What makes up the rest of the award's shares: the rows and these are the ledger."""
    extra = dataset.extra
    if "ledger" not in extra:
        return []
    return [
        (_("Received, no item in the register: units"), Decimal(extra["untagged"])),
        (_("Received, no item in the register: amount"), Decimal(extra["untagged_amount"])),
        (_("All shares of the award in the ledger"), Decimal(extra["ledger"])),
    ]


def _findings(sheet: Any, dataset: Dataset, formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 60)
    sheet.freeze_panes(1, 0)
    for i, label in enumerate((_("Exception"), _("Count"), _("Tag"))):
        sheet.write_string(0, i, label, formats["head"])
    n = 1
    for finding in dataset.findings:
        for tag in finding.tags or ("",):  # what is about the whole award names no thing
            sheet.write_string(n, 0, finding.sentence)
            sheet.write_number(n, 1, finding.count)
            sheet.write_string(n, 2, inert(tag))
            n += 1
