"""What is known of a file besides its cells: what its person said of it, what its columns look
like, what its names mean. An import keeps it as JSON; here it has its types."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from typing import Any, Self

#: A word or name as it is compared -> the choice or the key that it means; by kind.
Meanings = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Options:
    """Empty, or None, where nobody said so and nothing was seen."""

    #: The school, the category, and whether people are staff, for rows that do not say it.
    school: str = ""
    category: str = ""
    people: str = ""
    #: The day that the list describes.
    list_of: date | None = None
    #: What rows of several things are, what a dash is, which part of a date comes first, and
    #: whether a spreadsheet exchanged day and month of what it took for dates.
    quantity: str = ""
    dash: str = ""
    order: str = ""
    sheet: str = ""
    #: Which of these answers were given for an earlier file; its dates are not written as those
    #: of the earlier one were.
    recalled: Sequence[str] = ()
    doubted: bool = False
    #: The row of the headings that was chosen, and the one that was found.
    heading: int | None = None
    heading_row: int | None = None
    #: The import whose refused rows these are.
    part_of: int | None = None
    #: Columns whose times are all midnight; those with dates that can only have the day first, or
    #: the month; those that are mostly dates; those with days after the 12th that are no such
    #: texts; those with days as digits alone; those with codes that are parted as days are.
    midnight: Sequence[str] = ()
    day_first: Sequence[str] = ()
    month_first: Sequence[str] = ()
    dated: Sequence[str] = ()
    late: Sequence[str] = ()
    packed: Sequence[str] = ()
    undated: Sequence[str] = ()
    #: It is a workbook, whose dates are no texts.
    workbook: bool = False
    #: Its days are counted from 1904, as old Macs do.
    from_1904: bool = field(default=False, metadata={"key": "1904"})
    #: What somebody said that names mean, which of them for an earlier file, and why some could
    #: not be made.
    mapped: Meanings = field(default_factory=dict)
    remembered: dict[str, list[str]] = field(default_factory=dict)
    refused: dict[str, dict[str, str]] = field(default_factory=dict)
    #: Through whose eyes it was said why (integrations/eyes.py).
    refused_eyes: str = ""
    #: How many rows mean what was answered for an earlier file, by the question.
    as_before: dict[str, int] = field(default_factory=dict)
    #: Who plans it; what is to be asked; [field, why, rows] of the most frequent reasons.
    planner: str = ""
    asked: Sequence[str] = ()
    reasons: Sequence[Sequence[Any]] | None = None

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """What an import keeps."""
        said = {name: kept[key] for name, key in KEYS.items() if kept.get(key) is not None}
        if "list_of" in said:
            said["list_of"] = date.fromisoformat(said["list_of"]) if said["list_of"] else None
        return cls(**said)

    def plain(self) -> dict[str, Any]:
        """As an import keeps it: what says nothing is not kept."""
        found = {KEYS[f.name]: getattr(self, f.name) for f in fields(self) if self._says(f)}
        if self.list_of is not None:
            found["list_of"] = self.list_of.isoformat()
        return found

    def _says(self, f: Any) -> bool:
        empty = f.default if f.default is not MISSING else f.default_factory()
        return bool(getattr(self, f.name) != empty)


#: Under which keys each is kept.
KEYS = {f.name: f.metadata.get("key", f.name) for f in fields(Options)}
