"""Rows that a report prints to part its things, and that are none: lines of dashes, its headings by
other names, the names of its sections, what it says at its end."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from integrations.headings import squashed
from integrations.totals import CODES, is_words, says_so

#: Rows that a note names.
SHOWN = 10
_LINE = re.compile(r"[-‐-―−=_*~+|.\s]+")
_LONGEST_HEADING = 60
_KINDS = (
    "building|bldg|school|site|campus|location|room|rm|department|dept|grade|homeroom|teacher|section"
    "|category|fund|award|vendor|district|program|period|floor|wing|page|area|group"
)
_THINGS = (
    "schools|sites|campuses|buildings|rooms|students|teachers|employees|people|persons|departments"
    "|awards|grants|programs|assets|items|devices|units|rows|records"
)
#: What stands in a row that names a section, or in one after the last.
_SECTION = re.compile(
    rf"({_KINDS})s?\.?\s*(name|no\.?|number|\#)?\s*[:=].*"
    r"|(building|bldg|room|rm|grade|homeroom|floor|wing|section|page|period)\.?\s+((no\.?|\#)\s*)?"
    r"([\w-]{0,7}\d[\w-]{0,7}|[a-z])"
    r"|.*\bhome\s?room"
    r"|.*\b(continued|cont'd|contd)\b.*|.*\(cont\.?\)"
    rf"|({_THINGS})\s*[:=]\s*\d+|\(?\s*\d+\s+({_THINGS}|(school|room|student|asset|item|device|row|record))"
    r"(\s+(affected|selected|returned|found|listed|printed))?\W*"
    r"|see\s+(the\s+)?(notes?|below|above|attached|next|page|legend)\b.*"
    r"|(notes?|legend|comments?)\s*:.*|\*+\s*=.*"
    r"|((elementary|middle|high|primary|secondary|junior high|senior high|charter)\s+)?schools"
    rf"|((all|other)\s+)?({_THINGS})"
    r"|confidential\b.*|for internal use\b.*|do not (distribute|copy)\b.*",
    re.I | re.S,
)
#: Fields that name what a row is.
_NAMING = {*CODES, "code", "name", "description"}
#: Fields that are filled down a section too: whose it is, and where.
BESIDE = {"school", "school_2", "school_3", "building", "room", "grade", "vendor", "category"}


def is_line(row: Sequence[str]) -> bool:
    """Whether a row is a line that is drawn beneath or between others."""
    long = False
    for cell in row:
        if cell and not cell.isspace():
            if not _LINE.fullmatch(cell):
                return False
            long = long or len(cell.strip()) > 2
    return long


@lru_cache(maxsize=4096)  # most columns say few different things
def _heading(cell: str, names: frozenset[str]) -> str:
    found = squashed(cell) if len(cell) <= _LONGEST_HEADING else ""
    return found if found in names else ""


def is_headings(row: Sequence[str], names: frozenset[str]) -> bool:
    """Whether every cell of a row that holds anything is a known heading, two of them at least."""
    return _headings_in(row, names, 0) > 1


def may_be_headings(row: Sequence[str], names: frozenset[str]) -> bool:
    """Whether most cells of a row are known headings, and the others words without figures."""
    return _headings_in(row, names, len(row) // 3) > 2


def _headings_in(row: Sequence[str], names: frozenset[str], unknown: int) -> int:
    """How many known headings a row has; none where more of its cells are `unknown`."""
    found = set()
    # From the end: what names a thing stands first, and is another text in each row.
    for cell in reversed(row):
        if cell and not cell.isspace():
            if heading := _heading(cell, names):
                found.add(heading)
            elif unknown and not any(map(str.isdigit, cell)):
                unknown -= 1
            else:
                return 0
    return len(found)


def repeats_headings(
    raw: Mapping[str, str], mapping: Mapping[str, str], names: Mapping[str, frozenset[str]]
) -> bool:
    """Whether the cells of a row say what its columns are called, but for those that say whose it
    is: a list may be filled down before its headings are left out. `names` by field."""
    same = 0
    for header, field in reversed(list(mapping.items())):  # as above
        cell = raw.get(header, "")
        if not cell or cell.isspace() or field in BESIDE:
            continue
        if not _heading(cell, names.get(field, frozenset())):
            return False
        same += 1
    return same > 1


def is_section(raw: Mapping[str, str], mapping: Mapping[str, str]) -> bool:
    """Whether a row is the name of a section, or a remark: what names it says so, and nothing
    else in it is of a thing."""
    ids = [header for header, field in mapping.items() if field == "local_id"]
    if any(_names_section(raw.get(header, "").strip()) for header in ids):
        return True  # nobody's id is Grade 9
    said = False
    for header, field in mapping.items():
        cell = raw.get(header, "").strip()
        if not cell or field in BESIDE:
            continue
        if _names_section(cell):
            said = said or field in _NAMING
        elif not (_LINE.fullmatch(cell) or (field in CODES and is_words(cell))):
            return False
    return said


def _names_section(cell: str) -> bool:
    code = cell.isalnum() and not cell.isalpha()  # the usual one
    return bool(cell and not code and (_SECTION.fullmatch(cell) or says_so(cell)))


def listed(numbers: Iterable[int]) -> str:
    """The numbers of rows, as many as a note has room for."""
    found = list(numbers)
    return ", ".join(map(str, found[:SHOWN])) + (", …" if len(found) > SHOWN else "")
