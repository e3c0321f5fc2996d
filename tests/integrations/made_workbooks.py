"""Workbooks made by hand, and altered where no program would."""

import io
import zipfile
from typing import Any

import pytest
import xlsxwriter

from core.problems import Invalid
from tests.integrations.conftest import look_at

XML = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    book.close()
    return out.getvalue()


def altered(data: bytes, **parts: str) -> bytes:
    """A workbook with some of its parts replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for item in old.infolist():
            name = item.filename.rsplit("/", 1)[-1].removesuffix(".xml")
            new.writestr(item.filename, parts.get(name, old.read(item)))
    return out.getvalue()


def words(data: bytes) -> str:
    """The sentence that refuses a file."""
    with pytest.raises(Invalid) as refused:
        look_at(data)
    return str(refused.value)
