"""The words and names of a file: what was not found, and what is known of the others."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Self, TypeAlias

from integrations.options import Options
from integrations.own_words import in_own_words
from integrations.words import Meaning, WordList, fold, fold_name

SPELLINGS = 5  # of one word, to be shown


@dataclass(frozen=True, slots=True)
class RoomNamed:
    """A room that rows name: the key of its school, its building and its code."""

    school: int
    building: str
    code: str


@dataclass(slots=True, eq=False)
class Named:
    """A word or name of a file, as it was first spelled: one that nobody knows, or one that was
    understood by what somebody or another system means by it."""

    name: str
    room: RoomNamed | None = None
    meaning: Meaning | None = None
    count: int = 0
    also: list[str] = field(default_factory=list)

    def once_more(self, name: str) -> None:
        """It stands there again, in this spelling."""
        self.count += 1
        if name != self.name and name not in self.also and len(self.also) < SPELLINGS:
            self.also.append(name)

    def plain(self) -> dict[str, Any]:
        """As an import keeps it beneath its name."""
        plain: dict[str, Any] = {"count": self.count}
        if self.room is not None:
            plain |= asdict(self.room)
        if self.meaning is not None:
            plain |= asdict(self.meaning)
        return plain | {"also": self.also} if self.also else plain

    @classmethod
    def read(cls, name: str, kept: Mapping[str, Any]) -> Self:
        """What `plain` made."""
        room = meaning = None
        if "school" in kept:
            room = RoomNamed(kept["school"], kept["building"], kept["code"])
        if "key" in kept:
            meaning = Meaning(kept["key"], kept["how"])
        return cls(name, room, meaning, kept["count"], list(kept.get("also", ())))


#: By kind, each beneath its text: in `Unknown` as it is compared, else as it was first spelled.
Names: TypeAlias = dict[str, dict[str, Named]]


def read_name(
    kept: Mapping[str, Mapping[str, Mapping[str, Any]]], kind: str, name: str
) -> Named | None:
    """One of the words or names that an import keeps."""
    parts = kept.get(kind, {}).get(name)
    return Named.read(name, parts) if parts is not None else None


def read_names(kept: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Names:
    """The words or names that an import keeps."""
    return {
        kind: {name: Named.read(name, parts) for name, parts in names.items()}
        for kind, names in kept.items()
    }


class Unknown:
    """Words and names that were not understood, each counted once however it is spelled, and what
    somebody said of them: the choice of a list, or the key of something known."""

    def __init__(self, said: Options) -> None:
        self.found: Names = {}
        self.settled: Names = {}
        self.mapped, self.remembered = said.mapped, said.remembered
        #: What may be lost of a new name left away -> as a row writes it, and that row.
        self.alike: dict[tuple[object, ...], tuple[str, int]] = {}
        self._known: dict[str, dict[str, Meaning]] = {}

    @cached_property
    def own(self) -> Callable[[str], str]:
        """What puts a word of ours in the district's."""
        return in_own_words()

    def word(self, field: str, words: WordList, raw: str) -> Meaning | None:
        """What a word of an enumerated column means, None where nobody knows: it is noted."""
        key = fold(raw)
        meaning = self._said(field, key)
        if meaning is None or not words.allows(meaning.key):
            meaning = None
            meaning = self._listed(field, words).get(key)
        if meaning is None:
            self.note(field, raw)
        elif meaning.how != "ours":
            self._settle(field, key, raw, meaning)
        return meaning

    def _listed(self, field: str, words: WordList) -> dict[str, Meaning]:
        if field not in self._known:
            self._known[field] = words.known(self.own)
        return self._known[field]

    def meant(self, kind: str, name: str) -> int | None:
        """The key that somebody mapped this name to."""
        key = fold_name(kind, name)
        meaning = self._said(kind, key)
        if meaning is None:
            return None
        self._settle(kind, key, name, meaning)
        return int(meaning.key)

    def _said(self, kind: str, key: str) -> Meaning | None:
        said = self.mapped.get(kind, {}).get(key)
        if said is None:
            return None
        how = "remembered" if key in self.remembered.get(kind, ()) else "chosen"
        return Meaning(str(said), how)

    def note(self, kind: str, name: str, room: RoomNamed | None = None) -> None:
        """A name that is not known, in whatever spelling."""
        self.settled.get(kind, {}).pop(fold_name(kind, name), None)
        key = fold_name(kind, name)
        self.found.setdefault(kind, {}).setdefault(key, Named(name, room)).once_more(name)

    def _settle(self, kind: str, key: str, name: str, meaning: Meaning) -> None:
        known = self.settled.setdefault(kind, {})
        if key not in known:
            known[key] = Named(name, meaning=meaning)
        known[key].once_more(name)

    def as_json(self) -> dict[str, dict[str, dict[str, Any]]]:
        """What is not known, by kind and first spelling."""
        return _plain(self.found)

    def settled_as_json(self) -> dict[str, dict[str, dict[str, Any]]]:
        """What was understood by another system's words, a choice, or memory."""
        return _plain(self.settled)


def _plain(found: Names) -> dict[str, dict[str, dict[str, Any]]]:
    return {
        kind: {named.name: named.plain() for named in names.values()}
        for kind, names in found.items()
    }
