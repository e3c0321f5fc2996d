"""What a file is once it is opened, and how large one may be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.problems import Invalid, Problem

MOST_BYTES = 100 * 1024 * 1024
MOST_COLUMNS = 200
MOST_ROWS = 1_048_576  # of a worksheet
LONGEST_CELL = 10_000
MARK_END = "\u27e7"
#: What stands behind an amount that a sheet shows once for several rows.
MERGED = re.compile(r"\s*\u27e6merged (\d+)-(\d+)\u27e7$")


@dataclass
class Table:
    """The lines of a file as they stand there, headings and titles too; `notes` tell what was odd
    about it, `facts` what its cells need to be understood."""

    lines: Iterator[list[str]]
    notes: list[str] = field(default_factory=list)
    facts: dict[str, object] = field(default_factory=dict)
    #: The very bytes may be kept; a workbook may hold what nobody looked at.
    whole: bool = True
    title: str = ""  # of the sheet


def merged(text: str, first: int, last: int) -> str:
    """An amount that stands in one cell for the rows from the first to the last."""
    return f"{text} \u27e6merged {first}-{last}\u27e7"


def bad(message: str) -> Invalid:
    """A file that cannot be taken, with the sentence why."""
    return Invalid(Problem("file", message, "file"))
