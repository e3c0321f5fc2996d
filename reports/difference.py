"""What two datasets of one report say differently: the printed one and one computed anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from reports.dataset import Dataset


@dataclass(frozen=True)
class Difference:
    """One value that is not what was printed. `tag` is empty where it is about the report."""

    tag: str
    what: str
    printed: Any
    now: Any


def differences(printed: Dataset, now: Dataset) -> Iterator[Difference]:
    """Every difference: of the head, then row by row in the order of the tags."""
    yield from _of_heads(printed, now)
    before, after = _by_tag(printed), _by_tag(now)
    labels = {c.key: c.label for c in printed.columns}
    for tag in sorted({*before, *after}):
        old, new = before.get(tag), after.get(tag)
        if old is None or new is None:
            words = (_("not printed"), _("is there")) if old is None else (_("printed"), _("gone"))
            yield Difference(tag, _("The row"), *words)
            continue
        for key in sorted({*old, *new}, key=[*labels].index):
            if old.get(key) != new.get(key):
                yield Difference(tag, labels[key], old.get(key), new.get(key))


def _of_heads(printed: Dataset, now: Dataset) -> Iterator[Difference]:
    for old, new in ((printed.scope, now.scope), (printed.versions, now.versions)):
        later = dict(new)
        for label, value in old:
            if later.get(label) != value:
                yield Difference("", label, value, later.get(label))
    for key, value in printed.district.items():
        if now.district.get(key) != value:
            yield Difference("", _("District"), value, now.district.get(key))
    found = {f.code: f for f in now.findings}
    codes = {f.code: f for f in printed.findings}
    for code in sorted({*found, *codes}):
        old_, new_ = codes.get(code), found.get(code)
        if (old_ and old_.count) != (new_ and new_.count):
            told = old_ or new_
            yield Difference("", told.sentence if told else code, old_.count if old_ else 0,
                             new_.count if new_ else 0)  # fmt: skip


def _by_tag(dataset: Dataset) -> dict[str, dict[str, Any]]:
    keys = [c.key for c in dataset.columns]
    return {row[0]: dict(zip(keys, row, strict=True)) for row in dataset.rows}
