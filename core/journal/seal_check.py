"""Does an entry, as its table has it, match its seal? Asked of every entry that there is."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

import orjson
from django.db.models import F, TextField
from django.db.models.functions import Cast

from core.journal import sealing, stored
from core.journal.each_row import ODD
from core.models.entry import Entry

#: Read as text: what the seal is compared with is made of it here, the quick way first.
_AS_TEXT = ("changes", "data")
_CHANGES, _DATA = map(sealing.FIELDS.index, _AS_TEXT)
_EFFECTIVE, _RECORDED = map(sealing.FIELDS.index, ("effective_at", "recorded_at"))
#: What a whole number turns into that is too long for orjson.
_FLOAT = b"e+"
#: The fields of a seal's entry, in the order in which `matches` takes them.
CELLS = [
    Cast(f"entry__{name}", TextField()) if name in _AS_TEXT else F(f"entry__{name}")
    for name in sealing.FIELDS
]


def matches(sealed: str, before: str, number: int, cells: Sequence[Any]) -> bool:
    """Whether an entry (its CELLS) has the digest `sealed` as number so many after `before`.

    What digest is right, `sealing.digest` says. orjson writes the same bytes in a third of the
    time but for some numbers, so bytes of its that give the digest are the sealed ones; whatever it
    cannot read, or reads otherwise, is asked the long way. What nobody of this house could have
    written matches nothing."""
    row = list(cells)
    try:
        row[_CHANGES], row[_DATA] = orjson.loads(row[_CHANGES]), orjson.loads(row[_DATA])
        row[_EFFECTIVE] = sealing.instant(row[_EFFECTIVE])
        row[_RECORDED] = sealing.instant(row[_RECORDED])
        content = orjson.dumps(row, option=orjson.OPT_SORT_KEYS)
    except ODD:
        pass  # a number that is too long, half a character: the long way knows them
    else:
        whole = hashlib.sha256(f"{before}\n{number}\n".encode() + content).hexdigest()
        if whole == sealed and _FLOAT not in content:
            return True
    row = list(cells)
    try:
        row[_CHANGES], row[_DATA] = json.loads(row[_CHANGES]), json.loads(row[_DATA])
        return sealing.digest(before, number, row) == sealed
    except ODD:
        return False


def otherwise_stored() -> Iterator[str]:
    """Entries that read as they were sealed and are stored in other letters or types (SQLite; the
    columns of PostgreSQL have types): what SQL asks of the journal is answered from those."""
    if not stored.is_raw():
        return
    fields = {f.attname: f for f in Entry._meta.local_concrete_fields}
    names = [name for name in sealing.FIELDS if name != "id"]
    ours = [stored.is_ours(fields[name]) for name in names]
    rows = Entry.objects.order_by("id").values_list("id", *map(stored.AsStored, names))
    for pk, *values in rows.iterator(chunk_size=5000):
        cells = zip(names, ours, values, strict=True)
        if odd := [name for name, is_ours, value in cells if not is_ours(value)]:
            yield f"Entry {pk} is stored as nobody here writes it: {', '.join(odd)}."
