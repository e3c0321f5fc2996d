"""The district's own words ("site", "student number", "grant") in every sentence on its pages.

The source language says school, local id, award. A district that says otherwise names its words in
the settings. A catalog that puts them in place of ours is merged into gettext's as its fallback:
it is asked for each sentence that has no translation, which in the source language is each of ours,
so that a template or a Problem is written once. Placeholders and markup are left alone.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations
from threading import Lock
from typing import Any
from weakref import WeakSet

from django.utils.translation.trans_real import DjangoTranslation, catalog

from core.registering import take, take_all

#: What the settings page calls it, and our forms, in the order in which the district gives its.
Word = tuple[Any, tuple[str, str]]
#: By key the words that a district may say otherwise; each app adds those of its nouns.
WORDS: dict[str, Word] = {}
#: What else pages, lists and their headings tell something by: called so, a tag would be a serial
#: number.
_others: set[str] = set()
#: By key of a word what belongs to it, which no district says otherwise; where it says so of
#: something else, that is told apart: a list would have two columns of the name.
_belonging: dict[str, tuple[str, ...]] = {}
#: A word may hold letters, spaces, hyphens and apostrophes: it lands inside of other sentences.
PATTERN = r"^[^\W\d_][^\W\d_ '\-]*(?:[ '\-][^\W\d_]+)*$"
#: Words that follow "an": a vowel is heard, and no "you" or "won".
_AN = re.compile(r"(?!uni|us[eu]|eu|one\b|once\b)[aeiou]|hour|honor|heir", re.IGNORECASE)
_KEEP = r"%\(\w+\)[sd]|\{[^}]*\}|<[^>]*>|&\w+;"


def register_words(words: Mapping[str, Word], others: str = "") -> None:
    """Add words that a district may say otherwise. `others`: what it may call nothing else by, all
    forms, with a comma between them."""
    take_all(WORDS, words, "a word of the district")
    _others.update(filter(None, others.split(", ")))


def register_belonging(key: str, *forms: str) -> None:
    """Tell apart what belongs to one of the words (the building of a room), by that word."""
    take(_belonging, key, forms, "what belongs to a word")


def meaning_another(words: Mapping[str, list[str]]) -> dict[str, str]:
    """The words of a district that mean something else here, each by its key: one of our other
    words, another one of its own, or what lists tell things by."""
    ours = {form: key for key, (_label, forms) in WORDS.items() for form in forms}
    given = [(key, form) for key, forms in words.items() for form in forms]
    keys: dict[str, set[str]] = {}
    for key, form in given:
        keys.setdefault(form.lower(), set()).add(key)
    return {
        key: form
        for key, form in reversed(given)  # the first of a key's counts
        if form.lower() in _others
        or ours.get(form.lower(), key) != key
        or len(keys[form.lower()]) > 1
    }


class _Words:
    """One set of words, and how sentences read with them."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        longest_first = sorted(words, key=len, reverse=True)
        ours = "|".join(re.escape(word) for word in longest_first)
        self._pattern = re.compile(rf"{_KEEP}|\b(?:(an?)( ))?({ours})\b", re.IGNORECASE)
        self._known: dict[str, str] = {}

    def put(self, text: str) -> str:
        """A sentence of ours in the district's words."""
        if text not in self._known:
            self._known[text] = self._pattern.sub(self._word, text)
        return self._known[text]

    def _word(self, found: re.Match[str]) -> str:
        article, gap, ours = found.groups()
        if ours is None:
            return found.group()
        theirs = self._words[ours.lower()]
        if ours[0].isupper():
            theirs = theirs[:1].upper() + theirs[1:]
        if article is None:
            return theirs
        return f"{article[0]}{'n' if _AN.match(theirs) else ''}{gap}{theirs}"


#: What is spoken in this thread. The catalog is everybody's: a worker and the API speak our words.
_spoken: ContextVar[_Words | None] = ContextVar("words", default=None)


class _Merged(NullTranslations):
    """What gettext's catalog asks for the sentences that it has no translation of."""

    def gettext(self, message: str) -> str:
        words = _spoken.get()
        return message if words is None else words.put(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


_sets: dict[tuple[tuple[str, str], ...], _Words] = {}
_merged_into: WeakSet[DjangoTranslation] = WeakSet()
_merging = Lock()


def speak(words: Mapping[str, list[str]]) -> None:
    """Use a district's words in this thread from now on; without any, ours."""
    found = _set_of(words)
    if found is not None:
        _merge(catalog())
    _spoken.set(found)


def said_in(words: Mapping[str, list[str]]) -> Callable[[str], str]:
    """What puts a text of ours in a district's words; without any it stays as it is."""
    found = _set_of(words)
    return str if found is None else found.put


def _set_of(words: Mapping[str, list[str]]) -> _Words | None:
    pairs = {
        ours: theirs
        for key, chosen in words.items()
        if key in WORDS
        for ours, theirs in zip(WORDS[key][1], chosen, strict=False)
        if theirs
    }
    if not pairs:
        return None
    for key, forms in _belonging.items():
        if any(theirs.lower() in forms for theirs in pairs.values()):
            ours = WORDS[key][1][0]
            said = pairs.get(ours, ours)
            said = ours if said.lower() in forms else said
            pairs |= {form: f"{said} {form}" for form in forms}
    wanted = tuple(sorted(pairs.items()))
    if (found := _sets.get(wanted)) is None:
        _sets.clear()  # a district has one set of words at a time
        found = _sets[wanted] = _Words(pairs)
    return found


@contextmanager
def plainly() -> Iterator[None]:
    """Our words, whoever's thread it is: for what is hashed, kept or compared. A page that builds
    it says the same as a worker does, and the words that a district takes later change nothing."""
    before = _spoken.set(None)
    try:
        yield
    finally:
        _spoken.reset(before)


def _merge(ours: DjangoTranslation) -> None:
    if ours in _merged_into:
        return
    # Two requests may be the first: a fallback that is added twice would be its own.
    with _merging:
        if ours not in _merged_into:
            ours.add_fallback(_Merged())
            _merged_into.add(ours)
