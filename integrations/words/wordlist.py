"""A closed list of choices, and the words that mean them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.text.folded import fold
from core.web.words import plainly

#: The word says nothing of the matter: the row is read as if its cell were empty.
SILENT = "-"
#: Rows with this word are not wanted here.
LEFT_OUT = "out"
SAYS_NOTHING = _("says nothing: leave it as it is")


@dataclass(frozen=True)
class Meaning:
    """What a word means: the key of a choice, and how that is known (`ours`, a system's name,
    `chosen` or `remembered`)."""

    key: str
    how: str


@dataclass(frozen=True)
class WordList:
    """The choices (key -> value, as people read it), the words of other systems that surely mean
    one of them, and those for which one is proposed and asked."""

    choices: Mapping[str, tuple[Any, Any]]
    sure: Mapping[str, Mapping[str, str]]
    proposed: Mapping[str, str] = field(default_factory=dict)
    #: Choices that are understood and never offered.
    unoffered: frozenset[str] = frozenset()

    def known(self, own: Callable[[str], str] = str) -> dict[str, Meaning]:
        """Folded word -> its meaning: other systems' words, and over them ours. Where neither means
        anything by it, a word of ours as the district says it (`own`)."""
        found = {
            fold(word): Meaning(key, system)
            for system, words in self.sure.items()
            for word, key in words.items()
        }
        with plainly():
            labels = {key: str(label) for key, (_value, label) in self.choices.items()}
        for key, label in labels.items():
            found |= {fold(key): Meaning(key, "ours"), fold(label): Meaning(key, "ours")}
        theirs = {fold(own(label)): Meaning(key, "ours") for key, label in labels.items()}
        return theirs | found

    def proposal(self, word: str) -> str:
        """The choice to propose for a word that is not known, empty for none."""
        return {fold(w): key for w, key in self.proposed.items()}.get(fold(word), "")

    def offered(self) -> Iterator[tuple[str, str]]:
        """What a word can be mapped to: (key, as people read it)."""
        for key, (_value, label) in self.choices.items():
            if key not in self.unoffered:
                yield key, str(label)
        yield SILENT, str(SAYS_NOTHING)

    def allows(self, key: str) -> bool:
        return any(key == known for known, _label in self.offered())

    def value(self, key: str) -> Any:
        """What a choice stands for in the register; SILENT for what says nothing."""
        return SILENT if key == SILENT else self.choices[key][0]

    def label(self, key: str) -> str:
        return str(SAYS_NOTHING if key == SILENT else self.choices[key][1])
