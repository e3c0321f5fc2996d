"""The district's own words ("site", "student number", "grant") in every sentence on its pages.

The source language says school, local id, award. A district that says otherwise names its words in
the settings; they are put in place of ours after gettext, so that a template or a Problem is
written once. Placeholders and markup inside a sentence are left alone.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext_lazy, trans_real

#: key -> (what the settings page calls it, our forms, in the order in which the district gives
#: its).
WORDS: dict[str, tuple[Any, tuple[str, str]]] = {
    "school": (gettext_lazy("School, schools"), ("school", "schools")),
    "room": (gettext_lazy("Room, rooms"), ("room", "rooms")),
    "student": (gettext_lazy("Student, students"), ("student", "students")),
    "local_id": (gettext_lazy("Local id, local ids"), ("local id", "local ids")),
    "award": (gettext_lazy("Award, awards"), ("award", "awards")),
    "asset": (gettext_lazy("Asset, assets"), ("asset", "assets")),
    "tag": (gettext_lazy("Tag, tags"), ("tag", "tags")),
    "vendor": (gettext_lazy("Vendor, vendors"), ("vendor", "vendors")),
    "check_out": (gettext_lazy("Check out, checked out"), ("check out", "checked out")),
    "check_in": (gettext_lazy("Check in, checked in"), ("check in", "checked in")),
}
#: A word may hold letters, spaces, hyphens and apostrophes: it lands inside of other sentences.
PATTERN = r"^[^\W\d_][^\W\d_ '\-]*(?:[ '\-][^\W\d_]+)*$"
#: Words that follow "an": a vowel is heard, and no "you" or "won".
_AN = re.compile(r"(?!uni|us[eu]|eu|one\b|once\b)[aeiou]|hour|honor|heir", re.IGNORECASE)
_KEEP = r"%\(\w+\)[sd]|\{[^}]*\}|<[^>]*>|&\w+;"


class _Worded:
    """A translation catalog with the district's words in place of ours."""

    def __init__(self, catalog: Any, words: Mapping[str, str]) -> None:
        self._catalog = catalog
        self._words = words
        longest_first = sorted(words, key=len, reverse=True)
        ours = "|".join(re.escape(word) for word in longest_first)
        self._pattern = re.compile(rf"{_KEEP}|\b(?:(an?)( ))?({ours})\b", re.IGNORECASE)
        self._known: dict[str, str] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalog, name)

    def gettext(self, message: str) -> str:
        return self._put(self._catalog.gettext(message))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self._put(self._catalog.ngettext(singular, plural, number))

    def _put(self, text: str) -> str:
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


_worded: dict[tuple[str, tuple[tuple[str, str], ...]], _Worded] = {}


def speak(words: Mapping[str, list[str]]) -> None:
    """Use a district's words in this thread until a language is activated again."""
    pairs = {
        ours: theirs
        for key, chosen in words.items()
        if key in WORDS
        for ours, theirs in zip(WORDS[key][1], chosen, strict=False)
        if theirs
    }
    if not pairs:
        return
    language = get_language() or "en-us"
    wanted = (language, tuple(sorted(pairs.items())))
    if wanted not in _worded:
        _worded.clear()  # a district has one set of words at a time
        _worded[wanted] = _Worded(trans_real.translation(language), pairs)
    # Django has no public door to it.
    trans_real._active.value = _worded[wanted]  # type: ignore[attr-defined]
