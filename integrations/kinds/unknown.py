"""The words and names of a file: what was not found, and what is known of the others."""

from typing import Any

from integrations.words import Meaning, WordList, fold, fold_name

SPELLINGS = 5  # of one word, to be shown


class Unknown:
    """Words and names that were not understood, each counted once however it is spelled, and what
    somebody said of them: the choice of a list, or the key of something known."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.found: dict[str, dict[str, dict[str, Any]]] = {}
        self.settled: dict[str, dict[str, dict[str, Any]]] = {}
        self.mapped: dict[str, dict[str, Any]] = options.get("mapped", {})
        self.remembered: dict[str, list[str]] = options.get("remembered", {})
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
        _count(self.found.setdefault(kind, {}), fold_name(kind, name), name, parts)

    def _settle(self, kind: str, key: str, name: str, meaning: Meaning) -> None:
        parts = {"key": meaning.key, "how": meaning.how}
        _count(self.settled.setdefault(kind, {}), key, name, parts)

    def as_json(self) -> dict[str, dict[str, dict[str, Any]]]:
        """What is not known, by kind and first spelling."""
        return _named(self.found)

    def settled_as_json(self) -> dict[str, dict[str, dict[str, Any]]]:
        """What was understood by another system's words, a choice, or memory."""
        return _named(self.settled)


def _count(there: dict[str, dict[str, Any]], key: str, name: str, parts: dict[str, Any]) -> None:
    entry = there.setdefault(key, {"name": name, "count": 0, **parts})
    entry["count"] += 1
    also = entry.get("also", [])
    if name != entry["name"] and name not in also and len(also) < SPELLINGS:
        entry["also"] = [*also, name]


def _named(found: dict[str, dict[str, dict[str, Any]]]) -> dict[str, dict[str, dict[str, Any]]]:
    return {
        kind: {
            parts["name"]: {k: v for k, v in parts.items() if k != "name"}
            for parts in names.values()
        }
        for kind, names in found.items()
    }
