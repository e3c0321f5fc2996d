"""The words and names of a file: what was not found, and what is known of the others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from integrations.options import Options
from integrations.words import Meaning, WordList, fold, fold_name

SPELLINGS = 5  # of one word, to be shown


@dataclass(slots=True, eq=False)
class Named:
    """A word or name of a file, as it was first spelled."""

    name: str
    #: Of a room its school, building and code; of what is understood its key and how.
    parts: Mapping[str, Any]
    count: int = 0
    also: list[str] = field(default_factory=list)

    def once_more(self, name: str) -> None:
        """It stands there again, in this spelling."""
        self.count += 1
        if name != self.name and name not in self.also and len(self.also) < SPELLINGS:
            self.also.append(name)

    def plain(self) -> dict[str, Any]:
        """As an import keeps it beneath its name."""
        also = {"also": self.also} if self.also else {}
        return {"count": self.count, **self.parts, **also}


#: By kind, each beneath the text as it is compared.
Names: TypeAlias = dict[str, dict[str, Named]]


class Unknown:
    """Words and names that were not understood, each counted once however it is spelled, and what
    somebody said of them: the choice of a list, or the key of something known."""

    def __init__(self, said: Options) -> None:
        self.found: Names = {}
        self.settled: Names = {}
        self.mapped, self.remembered = said.mapped, said.remembered
        self._known: dict[str, dict[str, Meaning]] = {}

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
            self._known[field] = words.known()
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

    def note(self, kind: str, name: str, **parts: Any) -> None:
        """A name that is not known, in whatever spelling."""
        self.settled.get(kind, {}).pop(fold_name(kind, name), None)
        key = fold_name(kind, name)
        self.found.setdefault(kind, {}).setdefault(key, Named(name, parts)).once_more(name)

    def _settle(self, kind: str, key: str, name: str, meaning: Meaning) -> None:
        known = self.settled.setdefault(kind, {})
        if key not in known:
            known[key] = Named(name, {"key": meaning.key, "how": meaning.how})
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
