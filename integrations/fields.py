"""The fields that columns become: how they are called in files, and what their cells are like."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from typing import Any

from integrations.headings import squashed
from integrations.words import WordList


@dataclass(frozen=True)
class Field:
    """A field a column can be mapped to: its name, synonyms, and how a cell is read."""

    name: str
    synonyms: tuple[str, ...]
    parse: Callable[[str], Any] = str
    words: WordList | None = None  # of an enumerated column: nothing else is understood
    _: KW_ONLY
    #: Its headings mean the very same: a file that has two of them may fill either.
    either: bool = False
    #: It names somebody.
    person: bool = False
    #: Texts of many words: what is left out of one leaves a gap in it. Anything else is what it
    #: says.
    free: bool = False
    #: Free texts which may have several lines and begin as they like.
    prose: bool = False
    #: Codes of which a cell means one, and has no use for commas.
    one_code: bool = False
    #: It may be called by a day: a bill of each month.
    day_too: bool = False
    #: Codes of things, which may look like anything.
    any_looks: bool = False
    #: Days of what may not have happened, or does not end.
    happens_once: bool = False
    #: Days that may lie years ahead.
    ahead: bool = False
    #: Amounts: what several things share is not what each has.
    amount: bool = False

    def headings(self, say: Callable[[str], str] = str) -> list[str]:
        """The headings that mean it, as they are compared, the best first; `say` puts them in
        other words."""
        return [squashed(say(n)) for n in (self.name.replace("_", " "), *self.synonyms)]
