"""Entries as plain sentences. Entries keep codes; each app says how its kinds read."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.access import MaybeActor, scope_of
from core.models.entry import Entry
from core.models.words import EntryWords

_sentences: dict[str, str | Promise] = {}
_namers: dict[str, Callable[[set[int], MaybeActor], dict[int, str]]] = {}
_names_of: dict[str, str] = {}
_urls: dict[str, str] = {}
_fields: dict[str, str | Promise] = {}
_choices: dict[str, Mapping[Any, Any]] = {}


@dataclass(frozen=True)
class Told:
    entry: Entry
    sentence: str
    who: str
    changes: list[tuple[str, str, str]]
    url: str = ""


def register(sentences: dict[str, str | Promise]) -> None:
    """Add kinds with their sentence; `{subject}`, `{place}`, `{person}`, `{room}` and the entry's
    data may be used. What stands in [brackets] is said where its word is known and says more than
    the subject does."""
    _sentences.update(sentences)


def register_namer(
    label: str,
    namer: Callable[[set[int], MaybeActor], dict[int, str]],
    *fields: str,
    url_name: str = "",
) -> None:
    """Say how ids of a model read to somebody; `fields` are keys of changes that hold such ids,
    `url_name` is the page of one."""
    _namers[label] = namer
    if url_name:
        _urls[label] = url_name
    for field in fields:
        _names_of[field] = label


def register_fields(
    names: Mapping[str, str | Promise], choices: Mapping[str, Mapping[Any, Any]]
) -> None:
    """Say how changed fields are called, and how the codes that stand in them read."""
    _fields.update(names)
    _choices.update(choices)


def kinds() -> list[tuple[str, str]]:
    """Every kind that can be told, with its sentence (a dash for what varies), in its order."""
    told = [
        (k, _BLANK.sub("–", _OPTIONAL.sub("", str(s))).strip("– :")) for k, s in _sentences.items()
    ]
    return sorted(told, key=lambda pair: (pair[0].split(".")[0], pair[1]))


_BLANK = re.compile(r"\{(\w+)\}")
_OPTIONAL = re.compile(r"\[([^\]]*)\]")


def _said(template: str, words: Mapping[str, str]) -> str:
    """A template with its optional parts kept or left out."""

    def part(found: re.Match[str]) -> str:
        value = words.get(_BLANK.findall(found[1])[0], "–")
        return "" if value in ("–", words["subject"]) else found[1]

    return _OPTIONAL.sub(part, template)


class _Words(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"


def tell_all(entries: Iterable[Entry], by: MaybeActor, about: Model | None = None) -> list[Told]:
    """Entries as sentences for somebody, with one query per kind of thing named. On the page
    `about` a thing it is not named again in each of them."""
    entries = list(entries)
    wanted: dict[str, set[int]] = {}
    for entry in entries:
        wanted.setdefault(entry.subject_type, set()).add(entry.subject_id)
        for field, values in _ids(entry):
            wanted.setdefault(_names_of[field], set()).update(values)
    names = {label: _namers[label](ids, by) for label, ids in wanted.items() if label in _namers}
    users = {}
    if not scope_of(by).pseudonyms:
        ids = {e.by_id for e in entries if e.by_id}
        users = dict(get_user_model().objects.filter(pk__in=ids).values_list("pk", "name"))
    if about is not None and about.pk in names.get(about._meta.label_lower, {}):
        names[about._meta.label_lower][about.pk] = _("it")
    datas = EntryWords.objects.said(entry.data for entry in entries)
    return [_tell(entry, data, names, users) for entry, data in zip(entries, datas, strict=True)]


def _ids(entry: Entry) -> Iterable[tuple[str, list[int]]]:
    for field, pair in entry.changes.items():
        if field in _names_of:
            yield field, [v for v in pair if isinstance(v, int)]
    for field, value in entry.data.items():
        if field in _names_of and isinstance(value, int):
            yield field, [value]


def _shown(entry: Entry) -> Iterable[tuple[str, tuple[Any, Any]]]:
    """The changes that a page shows: of a row that is new only what has a name for people."""
    new = entry.data.get("whole")
    return ((k, pair) for k, pair in entry.changes.items() if not new or k in _fields)


def _tell(
    entry: Entry,
    data: dict[str, Any],
    names: dict[str, dict[int, str]],
    users: dict[int, str],
) -> Told:
    def name(field: str, value: Any) -> str:
        if value is None or value == "":
            return "–"
        label = _names_of.get(field)
        if label and isinstance(value, int):
            return names.get(label, {}).get(value, "–")
        return str(_choices[field].get(value, value) if field in _choices else value)

    def word(field: str, value: Any) -> str:
        return name(field, value).lower() if field in _choices else name(field, value)

    words = _Words({k: word(k, v[1]) for k, v in entry.changes.items()})
    words.update({k: word(k, v) for k, v in data.items()})  # put there to be told
    words["subject"] = names.get(entry.subject_type, {}).get(
        entry.subject_id, f"#{entry.subject_id}"
    )
    template = _said(str(_sentences.get(entry.kind, entry.kind)), words)
    changes = [
        (str(_fields.get(k, k.replace("_", " "))), name(k, a), name(k, b))
        for k, (a, b) in _shown(entry)
    ]
    who = users.get(entry.by_id or 0) or (_("the system") if entry.by_id is None else _("a user"))
    url = _urls.get(entry.subject_type, "")
    if url:
        url = reverse(url, args=[entry.subject_id])
    sentence = template.format_map(words)
    return Told(entry, sentence[:1].upper() + sentence[1:], who, changes, url)
