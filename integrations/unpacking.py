"""How much may come out of a workbook: looked at before any of it is taken into memory."""

import re
import zipfile
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from integrations.sheet import bad

MB = 1024 * 1024
#: All parts together; the texts that every sheet shares; any other part that is read whole.
MOST_UNZIPPED, MOST_SHARED, MOST_OTHER = 1000 * MB, 64 * MB, 16 * MB
MOST_TEXTS = 1_000_000  # shared ones: each is an object of its own
MOST_MERGED = 200_000
#: Sheets of people shrink to a tenth or a fiftieth; a bomb to a thousandth.
MOST_RATIO, FREE = 200, 8 * MB
LONGEST_ROW, MOST_BESIDE = 4 * MB, 32 * MB  # of a sheet's XML: one row; what is no row
CHUNK = MB
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_HIDDEN = re.compile(rb"<(?:\w+:)?row\s[^>]*\bhidden=\"(?:1|true)\"")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>]")
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?\bref=\"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})\""
)
_TEXT = re.compile(rb"<(?:\w+:)?si[\s>]")
_OVERLAP = 4096


@dataclass
class Parts:
    """What was seen: whether sheets have formulas, how many hidden rows each has, and which cells
    of it are merged over several rows: first row -> (column, last row)."""

    formulas: bool = False
    hidden: dict[str, int] = field(default_factory=dict)
    merged: dict[str, dict[int, list[tuple[int, int]]]] = field(default_factory=dict)


def _too_large() -> Exception:
    return bad(_("The workbook is far too large when unpacked."))


def looked_at(archive: zipfile.ZipFile) -> Parts:
    """Raises Invalid for a workbook of which too much would come out. A part never gives more
    than it says, so what it says is a limit."""
    found = Parts()
    items = archive.infolist()
    unpacked, packed = sum(i.file_size for i in items), sum(i.compress_size for i in items)
    if unpacked > MOST_UNZIPPED or len(items) > 10_000:
        raise _too_large()
    if unpacked > FREE and unpacked > MOST_RATIO * max(packed, 1):
        raise _too_large()
    for item in items:
        name = item.filename
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            _sheet(archive, name, found)
        elif name.lower().endswith("sharedstrings.xml"):
            if item.file_size > MOST_SHARED or _count(archive, name, _TEXT) > MOST_TEXTS:
                raise _too_large()
        elif name.endswith((".xml", ".rels")) and item.file_size > MOST_OTHER:
            raise _too_large()
    return found


def _count(archive: zipfile.ZipFile, name: str, what: re.Pattern[bytes]) -> int:
    count, tail = 0, b""
    with archive.open(name) as source:
        while chunk := source.read(CHUNK):
            text = tail + chunk
            count += sum(m.end() > len(tail) for m in what.finditer(text))
            tail = text[-64:]
    return count


def _sheet(archive: zipfile.ZipFile, name: str, found: Parts) -> None:
    """One row becomes many objects at once: none may be as long as a sheet."""
    tail, read, last, rows, hidden = b"", 0, 0, 0, 0
    merged: dict[int, list[tuple[int, int]]] = {}
    with archive.open(name) as source:
        while chunk := source.read(CHUNK):
            text = tail + chunk
            base = read - len(tail)
            for match in _ROW.finditer(text):
                if match.end() <= len(tail):
                    continue
                if base + match.start() - last > (LONGEST_ROW if rows else MOST_BESIDE):
                    raise _too_large()
                last, rows = base + match.start(), rows + 1
            found.formulas = found.formulas or _FORMULA.search(text) is not None
            hidden += sum(m.end() > len(tail) for m in _HIDDEN.finditer(text))
            if b"mergeCell" in text:
                _merged(text, len(tail), merged)
            read += len(chunk)
            if read - last > MOST_BESIDE:
                raise _too_large()
            tail = text[-_OVERLAP:]
    found.hidden[name], found.merged[name] = hidden, merged


def _merged(text: bytes, known: int, merged: dict[int, list[tuple[int, int]]]) -> None:
    """Adds the cells that are merged over several rows, of their columns the first."""
    for match in _MERGED.finditer(text):
        first, last = int(match[2]), int(match[3])
        if match.end() <= known or last <= first:
            continue
        column = 0
        for letter in match[1]:
            column = column * 26 + letter - 64
        merged.setdefault(first, []).append((column - 1, last))
        if len(merged) > MOST_MERGED:
            raise _too_large()
