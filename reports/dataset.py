"""A Dataset: a report's rows, totals and findings before any page, PDF, XLSX or CSV.

Frozen, and with one canonical form whose SHA-256 is printed on every rendering.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

#: The kind of a column that no rendering has: what stands for words that somebody typed. Its key
#: names the column that is printed with them, `description:words`.
WORDS = "words"


@dataclass(frozen=True)
class Column:
    """A column of a report: its key, heading and what its cells are."""

    key: str
    label: str
    kind: str = "text"  # text, money, percent, date, person, words


@dataclass(frozen=True)
class Named:
    """Somebody in a dataset: their key there, who they are, and how they are printed."""

    key: str
    person: int
    pseudonym: str
    name: str = ""  # empty where the pseudonym is printed


@dataclass(frozen=True)
class Finding:
    """An exception that the report shows first: a code, a sentence, the tags it is about."""

    code: str
    sentence: str
    count: int
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Totals:
    """Money and number of assets of a group; unknown costs are counted, never zero."""

    assets: int = 0
    federal: Decimal = Decimal("0.00")
    other: Decimal = Decimal("0.00")
    cost: Decimal = Decimal("0.00")
    unknown: int = 0

    def __add__(self, more: "Totals") -> "Totals":
        return Totals(
            self.assets + more.assets,
            self.federal + more.federal,
            self.other + more.other,
            self.cost + more.cost,
            self.unknown + more.unknown,
        )


@dataclass(frozen=True)
class Dataset:
    """Everything a rendering needs; nothing in it depends on who renders it or when."""

    kind: str
    title: str
    language: str
    district: dict[str, str]
    scope: tuple[tuple[str, str], ...]
    as_of: date
    known_at: datetime
    versions: tuple[tuple[str, str], ...]
    head: tuple[int, str]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    groups: tuple[tuple[str, str], ...]  # per row: school, room
    findings: tuple[Finding, ...]
    totals: Totals
    extra: dict[str, str] = field(default_factory=dict)
    #: Who p1, p2 ... are, beside the dataset: erasing somebody changes no fact and no hash.
    people: tuple[Named, ...] = ()
    #: What is kept and printed with it and is in no hash: typed words by what stands for them in
    #: the rows, and exceptions that hang on what was done since.
    words: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[Finding, ...] = ()
    #: Of one whose people are printed: the hash of the one with numbers, and whose names are gone.
    digest: str = ""
    note: str = ""

    def lines(self) -> Iterator[bytes]:
        """The canonical form: JSON lines, a head and then one line a row."""
        beside: dict[str, Any] = {"words": self.words, "beside": [asdict(f) for f in self.beside]}
        yield _line(self._head() | {name: told for name, told in beside.items() if told})
        for group, row in zip(self.groups, self.rows, strict=True):
            yield _line([*group, *row])

    def sha256(self) -> str:
        """The digest of the canonical form, without the journal head (facts, not their seal)."""
        if self.digest:
            return self.digest
        digest = hashlib.sha256()
        digest.update(_line(self._head("head")))
        for group, row in zip(self.groups, self.rows, strict=True):
            digest.update(_line([*group, *row]))
        return digest.hexdigest()

    def _head(self, *without: str) -> dict[str, Any]:
        """Everything but the rows, which asdict would copy value by value."""
        head = asdict(replace(self, rows=(), groups=(), people=(), words={}, beside=()))
        beside = ("rows", "groups", "people", "words", "beside", "digest", "note")
        return {k: v for k, v in head.items() if k not in (*beside, *without)}

    @property
    def numbered(self) -> bool:
        """Whether people stand in it by number; one of an older release has their names."""
        return any(c.kind == "person" for c in self.columns)

    @property
    def worded(self) -> bool:
        """Whether typed words stand beside it; one of an older release has them in its rows."""
        return any(c.kind == WORDS for c in self.columns)

    def printed(self, said: Mapping[str, str], note: str = "") -> "Dataset":
        """As it is printed: each person by what is said for their key, typed words where they
        belong, what is beside it among the exceptions. Its hash stays."""
        shown = self.in_words()
        places = [i for i, c in enumerate(shown.columns) if c.kind == "person"]
        if not places:
            return shown
        rows = [list(row) for row in shown.rows]
        for row in rows:
            for i in places:
                row[i] = said.get(row[i], row[i])
        return replace(shown, rows=tuple(map(tuple, rows)), digest=self.sha256(), note=note)

    def in_words(self) -> "Dataset":
        """With the typed words in the cells that they are printed in. Its hash stays."""
        place = next((i for i, c in enumerate(self.columns) if c.kind == WORDS), None)
        if place is None:
            return self
        keys = [c.key for c in self.columns]
        into = keys.index(keys[place].partition(":")[0])
        rows = []
        for row in self.rows:
            kept = [*row[:place], *row[place + 1 :]]
            if said := self.words.get(row[place], row[place]):
                kept[into] = ", ".join(x for x in (kept[into], said) if x)
            rows.append(tuple(kept))
        columns = (*self.columns[:place], *self.columns[place + 1 :])
        return replace(
            self,
            columns=columns,
            rows=tuple(rows),
            words={},
            beside=(),
            digest=self.sha256(),
            findings=(*self.findings, *self.beside),
        )

    def as_built_for(self, kept: "Dataset") -> "Dataset":
        """As the release that made another one built it: with words, and names, in its hash."""
        found = self
        if not kept.worded:
            found = replace(self.in_words(), findings=self.findings, digest="")
        return found if kept.numbered else found.in_clear()

    def in_clear(self) -> "Dataset":
        """As an older release built it: names in the dataset, and in its hash."""
        said = {p.key: p.name or p.pseudonym for p in self.people}
        text = tuple(replace(c, kind="text") if c.kind == "person" else c for c in self.columns)
        return replace(self.printed(said), columns=text, people=(), digest="")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(type(value))


def _line(value: Any) -> bytes:
    text = json.dumps(
        value, default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return text.encode() + b"\n"


def load(lines: Sequence[bytes]) -> Dataset:
    """The dataset of a canonical form."""
    head = json.loads(lines[0])
    columns = tuple(Column(**c) for c in head["columns"])
    rows, groups = [], []
    for line in lines[1:]:
        school, room, *values = json.loads(line)
        groups.append((school, room))
        rows.append(tuple(_typed(c.kind, v) for c, v in zip(columns, values, strict=True)))
    totals: dict[str, Any] = {
        k: v if isinstance(v, int) else Decimal(v) for k, v in head["totals"].items()
    }
    return Dataset(
        kind=head["kind"],
        title=head["title"],
        language=head["language"],
        district=head["district"],
        scope=tuple(tuple(x) for x in head["scope"]),
        as_of=date.fromisoformat(head["as_of"]),
        known_at=datetime.fromisoformat(head["known_at"]),
        versions=tuple(tuple(x) for x in head["versions"]),
        head=tuple(head["head"]),
        columns=columns,
        rows=tuple(rows),
        groups=tuple(groups),
        findings=_findings(head["findings"]),
        totals=Totals(**totals),
        extra=head["extra"],
        words=head.get("words", {}),
        beside=_findings(head.get("beside", ())),
    )


def _findings(found: Sequence[Mapping[str, Any]]) -> tuple[Finding, ...]:
    return tuple(Finding(f["code"], f["sentence"], f["count"], tuple(f["tags"])) for f in found)


def _typed(kind: str, value: Any) -> Any:
    if value is None or kind in ("text", "person", WORDS):
        return value
    return date.fromisoformat(value) if kind == "date" else Decimal(value)
