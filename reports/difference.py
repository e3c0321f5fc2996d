"""What two datasets of one report say differently: the printed one and one computed anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from reports.dataset import Dataset, Finding

#: The key of a difference that is about a whole row, and how those of a head begin.
ROW, SCOPE, VERSIONS, DISTRICT, FINDING = "row", "scope", "versions", "district", "finding"


@dataclass(frozen=True)
class Difference:
    """One value that is not what was printed. `tag` is empty where it is about the report. `key` is
    the column, or what of the head; `place` which line of it; `tags` what an exception names on one
    side only; `people` who stand behind the two values (keys)."""

    tag: str
    what: str
    printed: Any
    now: Any
    key: str = ""
    place: int = 0
    tags: tuple[str, ...] = ()
    people: frozenset[int] = frozenset()


def differences(printed: Dataset, now: Dataset) -> Iterator[Difference]:
    """Every difference: of the head, then row by row in the order of the tags."""
    yield from _of_heads(printed, now)
    yield from _of_findings(printed, now)
    before, after = _by_tag(printed), _by_tag(now)
    labels = {c.key: c.label for c in printed.columns}
    for tag in sorted({*before, *after}):
        old, new = before.get(tag), after.get(tag)
        if old is None or new is None:
            words = (_("not printed"), _("is there")) if old is None else (_("printed"), _("gone"))
            yield Difference(tag, _("The row"), *words, key=ROW)
            continue
        for key in sorted({*old, *new}, key=[*labels].index):
            if old.get(key) != new.get(key):
                yield Difference(tag, labels[key], old.get(key), new.get(key), key=key)


def _of_heads(printed: Dataset, now: Dataset) -> Iterator[Difference]:
    heads = ((SCOPE, printed.scope, now.scope), (VERSIONS, printed.versions, now.versions))
    for key, old, new in heads:
        later = dict(new)
        for place, (label, value) in enumerate(old):
            if later.get(label) != value:
                yield Difference("", label, value, later.get(label), key=key, place=place)
    for name, value in printed.district.items():
        if now.district.get(name) != value:
            yield Difference("", _("District"), value, now.district.get(name), key=DISTRICT)


def _of_findings(printed: Dataset, now: Dataset) -> Iterator[Difference]:
    found = {f.code: f for f in now.findings}
    codes = {f.code: f for f in printed.findings}
    for code in sorted({*found, *codes}):
        nothing = Finding(code, code, 0, ())
        old, new = codes.get(code, nothing), found.get(code, nothing)
        if old.count != new.count:
            tags = tuple(sorted({*old.tags} ^ {*new.tags}))
            said = old.sentence if old.count else new.sentence
            yield Difference("", said, old.count, new.count, key=FINDING, tags=tags)


def _by_tag(dataset: Dataset) -> dict[str, dict[str, Any]]:
    keys = [c.key for c in dataset.columns]
    return {row[0]: dict(zip(keys, row, strict=True)) for row in dataset.rows}
