"""Entries as plain sentences. Entries keep codes; each app says how its kinds read."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.access import SYSTEM, MaybeActor, Scope, scope_of
from core.facts import columns
from core.journal.reaching import named, reached
from core.journal.showing import Shown
from core.journal.wording import BLANK, OF_DAYS, OPTIONAL, Words, date_of, filled, of_words
from core.models.entry import BASELINE, Entry
from core.permissions import known_permission
from core.registering import take, take_all

_sentences: dict[str, str | Promise] = {}
Namer = Callable[[set[int], MaybeActor], dict[int, str]]
_namers: dict[str, Namer] = {}
#: How ids read in the entries of other subjects: entries, and of each the ids -> of each the names.
InEntries = Callable[[Sequence[Entry], Sequence[set[int]], MaybeActor], list[dict[int, str]]]
_in_entries: dict[str, InEntries] = {}
_elsewhere: dict[str, str | Promise] = {}
_with_a_thing: dict[str, str] = {}
_opens: dict[str, Callable[[set[int], MaybeActor], set[int]]] = {}
_names_of: dict[str, str] = {}
_urls: dict[str, str] = {}
#: What became of a row by a merge is told by the key of another of its kind.
_OF_ITS_KIND = ("into", "merged_into")
_fields: dict[str, str | Promise] = {}
_choices: dict[str, Mapping[Any, Any]] = {}


@dataclass(frozen=True)
class Told:
    entry: Entry
    sentence: str
    who: str
    #: Field, old, new; no old where no values are told.
    changes: list[tuple[str, str, str]]
    url: str = ""


def register_sentences(sentences: Mapping[str, str | Promise]) -> None:
    """Add kinds with their sentence; `{subject}`, `{place}`, `{person}`, `{room}` and the entry's
    data may be used. What stands in [brackets] is said where its word is known and says more than
    the subject does."""
    take_all(_sentences, sentences, "the sentence of a kind")


def register_namer(
    label: str,
    namer: Namer,
    *fields: str,
    url_name: str = "",
    elsewhere: str | Promise = "",
    in_entries: InEntries | None = None,
    opens: Callable[[set[int], MaybeActor], set[int]] | None = None,
) -> None:
    """Say how ids of a model read to somebody; `fields` are keys of changes that hold such ids,
    `url_name` is the page of one. What the namer does not name for somebody reads `elsewhere`.
    `in_entries`: how they read in entries of other subjects, where that hangs on the entry.
    `opens`: whose pages open, where that hangs on more than whether they are named."""
    take(_namers, label, namer, "how a model reads")
    _elsewhere[label] = elsewhere
    if in_entries is not None:
        _in_entries[label] = in_entries
    if opens is not None:
        _opens[label] = opens
    if url_name:
        _urls[label] = url_name
    for field in fields:
        take(_names_of, field, label, "whose ids a key holds")


def faults() -> Iterator[str]:
    """Pages of things that are none, or not of one thing."""
    for label, name in _urls.items():
        try:
            reverse(name, args=[1])
        except NoReverseMatch:
            yield f"{label} has its page at {name!r}, which is none of one item"


def register_with_things(permission: str, *labels: str) -> None:
    """Let whoever sees a thing beyond its school, by this permission, be told these of it."""
    known_permission(permission, f"{', '.join(labels)} with items")
    take_all(_with_a_thing, dict.fromkeys(labels, permission), "what is told with items")


def names_of(things: Iterable[tuple[str, int]], by: MaybeActor) -> dict[tuple[str, int], str]:
    """How things read to somebody, by table and key; one query per table."""
    wanted: dict[str, set[int]] = {}
    for label, pk in things:
        wanted.setdefault(label, set()).add(pk)
    told = {label: _namers[label](ids, by) for label, ids in wanted.items() if label in _namers}
    return {(label, pk): name for label, names in told.items() for pk, name in names.items()}


def url_of(label: str, pk: int) -> str:
    """The page of a thing; blank where it has none."""
    return reverse(_urls[label], args=[pk]) if label in _urls else ""


def register_fields(
    names: Mapping[str, str | Promise], choices: Mapping[str, Mapping[Any, Any]]
) -> None:
    """Say how changed fields are called, and how the codes that stand in them read."""
    take_all(_fields, names, "how a field is called")
    take_all(_choices, choices, "how the codes of a field read")


def kinds() -> list[tuple[str, str]]:
    """Every kind that can be told, with its sentence (a dash for what varies), in its order."""
    told = [
        (k, BLANK.sub("–", OPTIONAL.sub("", str(s))).strip("– :")) for k, s in _sentences.items()
    ]
    return sorted(told, key=lambda pair: (pair[0].split(".")[0], pair[1]))


def tell_all(entries: Iterable[Entry], by: MaybeActor, about: Model | None = None) -> list[Told]:
    """Entries as sentences for somebody, with one query per kind of thing named. On the page
    `about` a thing it is not named again in each of them."""
    entries = list(entries)
    shown = Shown(entries, by)
    said = [_Said(e, shown.changes(e), shown.data(e)) for e in entries]
    names = _names(said, by)
    opened = {label: _opened(said, label, by) for label in _with_a_thing}
    of_each = {label: _of_each(said, label, by) for label in _in_entries}
    subjects = {
        label: {e.subject_id for e in entries if e.subject_type == label} for label in _opens
    }
    opens = {label: _opens[label](ids, by) for label, ids in subjects.items()}
    by_name = named(entries, by)
    ids = {e.by_id for e, name in zip(entries, by_name, strict=True) if name and e.by_id}
    users = dict(get_user_model().objects.filter(pk__in=ids).values_list("pk", "name"))
    if about is not None and about.pk in names.get(about._meta.label_lower, {}):
        names[about._meta.label_lower][about.pk] = _("it")
    return [
        _tell(
            one,
            names
            | {label: names.get(label, {}) | more.get(i, {}) for label, more in opened.items()}
            | {label: more[i] for label, more in of_each.items() if i in more},
            users if name else {},
            opens,
        )
        for i, (one, name) in enumerate(zip(said, by_name, strict=True))
    ]


@dataclass(frozen=True)
class _Said:
    """An entry with what its reader may see of it."""

    entry: Entry
    changes: dict[str, Any]
    data: dict[str, Any]


Names = dict[str, dict[int, str]]


def _names(said: Iterable[_Said], by: MaybeActor) -> Names:
    wanted: dict[str, set[int]] = {}
    for one in said:
        wanted.setdefault(one.entry.subject_type, set()).add(one.entry.subject_id)
        for label, values in _ids(one):
            if label not in _in_entries or label == one.entry.subject_type:
                wanted.setdefault(label, set()).update(values)
    return {label: _namers[label](ids, by) for label, ids in wanted.items() if label in _namers}


def _opened(said: list[_Said], label: str, by: MaybeActor) -> dict[int, dict[int, str]]:
    """By entry (its place in the list) the names of a thing that shows beyond its school."""
    scope = scope_of(by, _with_a_thing[label])
    if scope.everything or not scope.along:
        return {}
    beyond = reached([one.entry for one in said], Scope(along=scope.along))
    ids: dict[int, set[int]] = {}
    for i, (one, open_) in enumerate(zip(said, beyond, strict=True)):
        if open_:
            ids[i] = {v for of, values in _ids(one) if of == label for v in values}
    found = _namers[label](set().union(*ids.values()), SYSTEM)
    return {i: {pk: found[pk] for pk in some if pk in found} for i, some in ids.items()}


def _of_each(said: list[_Said], label: str, by: MaybeActor) -> dict[int, dict[int, str]]:
    """By entry of another subject (its place in the list) how the ids in it read."""
    asked = {i: one for i, one in enumerate(said) if one.entry.subject_type != label}
    ids = [{v for of, values in _ids(one) if of == label for v in values} for one in asked.values()]
    found = _in_entries[label]([one.entry for one in asked.values()], ids, by)
    return dict(zip(asked, found, strict=True))


def _label(entry: Entry, field: str) -> str | None:
    """The table of the ids that stand in a field."""
    if field in _OF_ITS_KIND and entry.subject_type in _namers:
        return entry.subject_type
    return _names_of.get(field)


def _ids(one: _Said) -> Iterable[tuple[str, list[int]]]:
    """By table the ids that an entry names."""
    for field, pair in one.changes.items():
        if label := _label(one.entry, field):
            yield label, [v for v in pair if isinstance(v, int)]
    for field, value in one.data.items():
        if (label := _label(one.entry, field)) and isinstance(value, int):
            yield label, [value]


def named_in(entries: Iterable[Entry]) -> set[tuple[str, int]]:
    """The things that entries name beside their subjects, by table and key, whoever reads them."""
    said = [_Said(entry, entry.changes, entry.data) for entry in entries]
    return {(label, pk) for one in said for label, ids in _ids(one) for pk in ids}


def _told(one: _Said) -> Iterable[tuple[str, tuple[Any, Any]]]:
    """The changes that a page shows: of a row that is new only what has a name for people, and
    nothing that follows from another column."""
    new, table = one.entry.data.get("whole"), columns.table(one.entry.subject_type)
    derived = table.derived if table is not None else {}
    return (
        (k, pair)
        for k, pair in one.changes.items()
        if k in _fields or (not new and k not in derived)
    )


def _tell(one: _Said, names: Names, users: dict[int, str], opens: Mapping[str, set[int]]) -> Told:
    entry = one.entry

    def name(field: str, value: Any) -> str:
        if value is None or value == "":
            return "–"
        label = _label(entry, field)
        if label and isinstance(value, int):
            return names.get(label, {}).get(value) or str(_elsewhere[label] or "–")
        if field in _choices:
            return str(_choices[field].get(value, value))
        return date_of(value) if field.endswith(OF_DAYS) else str(value)

    def word(field: str, value: Any) -> str:
        said = name(field, value)
        acronym = said[1:2].isupper() or said[1:2] == "-"
        return said if field not in _choices or acronym else said[:1].lower() + said[1:]

    table = columns.table(entry.subject_type)
    masks = table.masks if table is not None else ()
    words = Words({"user": _("a user")})  # who may not be told here, still did or got it
    words.update({k: word(k, v[1]) for k, v in one.changes.items() if k not in masks})
    words.update({k: word(k, v) for k, v in one.data.items()})  # put there to be told
    label, here = entry.subject_type, names.get(entry.subject_type, {})
    words["subject"] = here.get(entry.subject_id) or str(
        _elsewhere.get(label) or f"#{entry.subject_id}"
    )
    said = _sentences.get(entry.kind, entry.kind)
    if entry.kind.endswith(BASELINE):
        said = _("{subject}: written down by an upgrade; how it was before cannot be told")
    template = filled(str(said), words)
    changes = [
        (
            str(_fields.get(k, k.replace("_", " "))),
            *(of_words(a, b) if k in masks else (name(k, a), name(k, b))),
        )
        for k, (a, b) in _told(one)
    ]
    who = users.get(entry.by_id or 0) or (_("the system") if entry.by_id is None else _("a user"))
    url = url_of(label, entry.subject_id) if entry.subject_id in opens.get(label, here) else ""
    sentence = template.format_map(words)
    return Told(entry, sentence[:1].upper() + sentence[1:], who, changes, url)
