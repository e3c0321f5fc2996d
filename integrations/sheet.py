"""What a file is once it is read, and how large one may be."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from core.problems import Invalid, Problem

MOST_COLUMNS = 200
MOST_ROWS = 1_048_576  # of a worksheet


@dataclass
class Sheet:
    """A file's headers and rows; `notes` tell what was odd about it."""

    headers: list[str]
    rows: Iterator[tuple[int, list[str]]]
    notes: list[str] = field(default_factory=list)


def bad(message: str) -> Invalid:
    """A file that cannot be taken, with the sentence why."""
    return Invalid(Problem("file", message, "file"))
