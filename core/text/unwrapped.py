"""Letters as somebody wrote them: what a web page writes for a sign (&amp;), and what a wrong
reading made of letters with accents (Ã©), is put right, however often that was done to them."""

import html
import re
from html.entities import html5

_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z][A-Za-z0-9]{1,31});")
#: How the first byte of such a letter looks, with one of those that follow it.
_TWICE = re.compile("[\u00c2-\u00c5\u00e2][\u0080-\u00bf\u0152-\u2122]")
#: The five bytes that stand for no letter there: programs keep them as they are (Á is Ã and 81).
_NO_LETTER = "\x81\x8d\x8f\x90\x9d"


def unwrapped(text: str) -> str:
    """A text without them. What cannot be read so as a whole stays."""
    while (once := _unwrapped_once(text)) != text:
        text = once  # shorter each time
    return text


def _unwrapped_once(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(lambda found: _sign(found[0]), text)
    if not text.isascii() and _TWICE.search(text):
        try:
            return b"".join(map(_byte, text)).decode("utf-8")
        except UnicodeError:
            return text
    return text


def _sign(entity: str) -> str:
    """What an entity stands for; itself where it is none (AT&T;)."""
    if entity[1] != "#" and entity[1:] not in html5:
        return entity
    return html.unescape(entity).replace("\u00a0", " ")


def _byte(letter: str) -> bytes:
    return letter.encode("latin-1" if letter in _NO_LETTER else "cp1252")
