"""What every kind of import shares."""

import re
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.access import Actor
from integrations.models import ImportSession, StagedRow

#: Headers that are never kept, whatever they are mapped to.
SECRET = re.compile(r"pass\s*word|passwd|ssn|social security|birth", re.I)


@dataclass(frozen=True)
class Field:
    """A field a column can be mapped to: its name, synonyms, and how a cell is read."""

    name: str
    synonyms: tuple[str, ...]
    parse: Callable[[str], Any]


@dataclass
class Planned:
    """A row being planned: parsed values, and what is wrong with it."""

    row: StagedRow
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[list[str]] = field(default_factory=list)
    changes: dict[str, list[str]] = field(default_factory=dict)
    outcome: str = ""
    object_id: int | None = None

    def refuse(self, name: str, sentence: str) -> None:
        self.problems.append([name, str(sentence)])


def plain(header: str) -> str:
    """A header as it is compared: letters and digits in lower case."""
    return re.sub(r"[^a-z0-9]+", " ", header.lower()).strip()


class ImportKind(ABC):
    fields: tuple[Field, ...]

    def guess(self, headers: Sequence[str]) -> dict[str, str]:
        """Header -> field by name and synonyms; each field once."""
        mapping: dict[str, str] = {}
        for f in self.fields:
            names = [f.name.replace("_", " "), *f.synonyms]
            for name in names:
                found = next(
                    (h for h in headers if plain(h) == plain(name) and h not in mapping), None
                )
                if found:
                    mapping[found] = f.name
                    break
        return mapping

    def parse(self, session: ImportSession, rows: Sequence[StagedRow]) -> list[Planned]:
        """Rows with their cells read; an empty cell means: leave as it is."""
        by_name = {f.name: f for f in self.fields}
        planned = []
        for row in rows:
            plan = Planned(row)
            for header, name in session.mapping.items():
                raw = str(row.raw.get(header, "")).strip()
                if not raw or name not in by_name:
                    continue
                try:
                    plan.values[name] = by_name[name].parse(raw)
                except ValueError as error:
                    plan.refuse(name, str(error))
            planned.append(plan)
        return planned

    @abstractmethod
    def plan(self, session: ImportSession, rows: Sequence[StagedRow], by: Actor, seen: dict[str, Any],
             unknown: "Unknown") -> list[Planned]:  # fmt: skip
        """Decide for each row what it would do. `seen` lives for the whole file."""

    @abstractmethod
    def apply(self, session: ImportSession, plans: Sequence[Planned], by: Actor) -> None:
        """Do it through the actions, inside the caller's transaction; sets row.object_id."""

    @abstractmethod
    def undo(self, session: ImportSession, row: StagedRow, by: Actor) -> str:
        """Undo one row; a sentence where it cannot be undone, else empty."""


class Unknown:
    """Names that were not found, counted once each, with what the owner said of them."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.create = bool(options.get("create_unknown"))
        self.mapped: dict[str, dict[str, int]] = options.get("mapped", {})

    def note(self, kind: str, name: str) -> None:
        self.counts[kind][name] += 1

    def as_json(self) -> dict[str, dict[str, int]]:
        return {k: dict(v) for k, v in self.counts.items()}
