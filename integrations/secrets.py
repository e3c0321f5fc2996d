"""What nobody should have sent: columns and cells of a file that are kept nowhere.

A heading is judged by its whole words, so that Spinner, Opinion and Dobson School stay. A word
that may mean something else (Social, Pass) counts where the cells look so (secret_looks.py);
secret_texts.py has what stands in them.
"""

import re

from integrations.headings import words
from integrations.secret_texts import masked
from integrations.secret_words import (
    ABOUT,
    ACCOUNT,
    GLUED,
    KEY_ABOUT,
    KINDS,
    PASSWORD,
    PHRASES,
    PLUG,
    SOMEBODY,
    WORDS,
)

_YES_NO = re.compile(r"y|n|yes|no|t|f|true|false|x|on|off|sí|si", re.I)
_PASSING = re.compile(r"\d{1,3}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ]\d{1,2}:.*)?", re.S)
_LONG_NUMBER = re.compile(r"\d{4}")
_COUNTED = re.compile(r"(?<=[^\W\d])\d{1,2}$")
_CAPITALS = re.compile(r"\b[A-Z]{2,}s\b")
_PLURALS = {
    f"{w}s": w for w in ("code", "key", "token", "secret", "answer", "combination", "combo")
}


def parts_of(heading: str) -> list[str]:
    """The words of a heading as they are compared here: DOB2 is one DOB, codes are code."""
    text = _CAPITALS.sub(lambda found: found[0].lower(), heading)
    plain = (_COUNTED.sub("", word) for word in words(text))
    return [_PLURALS.get(word, word) for word in plain]


def secret(heading: str, *, things: bool = False) -> str:
    """What a column of this heading holds that is kept nowhere; empty for any other. `things`: it
    is of a list of things, which have passports, too."""
    parts = parts_of(heading)
    for word in parts:
        if word in WORDS:
            return str(WORDS[word])
    said = set(parts)
    if "pass" in said and said & ACCOUNT:
        return str(PASSWORD)
    parts = [part for part in parts if not part.isdecimal()]  # FileVault 2 Key
    for phrase, what in PHRASES.items():
        n = len(phrase)
        for i in range(len(parts)):
            if tuple(parts[i : i + n]) != phrase:
                continue
            if phrase[-1] == "key" and set(parts[i + n :]) & KEY_ABOUT:
                continue
            if things and phrase[0] == "passport" and not said & SOMEBODY:
                continue
            return str(what)
    glued = (found for word in parts if (found := GLUED.search(word)))
    return next((str(KINDS[str(found.lastgroup)]) for found in glued), "")


def innocent(heading: str, cell: str) -> bool:
    """Whether a cell of a column whose heading names a secret holds none by its look: yes or no,
    the number of a plug's pins, the day on which a password was changed."""
    if _YES_NO.fullmatch(cell):
        return True
    said = set(parts_of(heading))
    if secret(heading) != str(PASSWORD):
        return False
    if said & {"pin", "pins"}:
        return bool(said & PLUG) and not _LONG_NUMBER.search(cell) and not masked(cell)
    return bool(said & ABOUT) and _PASSING.fullmatch(cell) is not None
