"""A system beside ours that keeps its own copy from the feed alone, as docs/api.md tells it to."""

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Reader = Callable[[str], Json]


class Copy:
    """Records by type and id, and the rows of their parts; `gone` are those under a tombstone."""

    def __init__(self, read: Reader) -> None:
        self.read = read
        self.after = 0
        self.records: dict[str, dict[int, Json]] = {}
        self.parts: dict[tuple[str, int], dict[str, list[Json]]] = {}
        self.gone: set[tuple[str, int]] = set()
        self.masked: dict[str, set[int]] = {}

    def follow(self) -> None:
        """Read on to the end of the feed."""
        while True:
            page = self.read(f"/api/v1/journal?after={self.after}&limit=200")
            for entry in page["results"]:
                self.take(entry)
            if page["next"] == self.after:
                return
            self.after = page["next"]

    def take(self, entry: Json) -> None:
        type_, pk = entry["subject_type"], entry["subject_id"]
        data, changes = entry["data"], entry["changes"]
        record = self.records.setdefault(type_, {}).setdefault(pk, {})
        if data.get("whole"):
            record.clear()
            self.parts[type_, pk] = {}
        for name, (_old, new) in data.get("row", changes).items():
            record[name] = new
        parts = self.parts.setdefault((type_, pk), {})
        rows = data.get("rows")
        for label, new_rows in rows.items() if isinstance(rows, dict) else ():
            parts.setdefault(label, []).extend(dict(row) for row in new_rows)
        for label, told in data.get("touched", {}).items():
            for one in told:
                self._touch(parts[label], one)
        (self.gone.add if entry["tombstone"] else self.gone.discard)((type_, pk))

    def _touch(self, rows: list[Json], told: Json) -> None:
        changes = {name: pair for name, pair in told.items() if isinstance(pair, list)}
        key = {n: v for n, v in told.items() if n not in changes and n != "gone"}
        found = [
            r
            for r in rows
            if all(r.get(n) == v for n, v in key.items())
            and all((r.get(n) or None) == (old or None) for n, (old, _new) in changes.items())
        ]
        row = found[0]
        # What was told before assignments had numbers: the first that fits is meant.
        assert len(found) == 1 or key.get("number") is None, (key, found)
        if told.get("gone"):
            rows.remove(row)
        row.update({name: new for name, (_old, new) in changes.items()})

    def of(self, type_: str) -> dict[int, Json]:
        """The records of a type that are there."""
        return {
            pk: r for pk, r in self.records.get(type_, {}).items() if (type_, pk) not in self.gone
        }

    def rows_of(self, type_: str, pk: int, label: str) -> list[Json]:
        return self.parts.get((type_, pk), {}).get(label, [])
