"""Letters as somebody wrote them: what a web page writes for a sign (&amp;), and what a wrong
reading made of letters with accents (Ã©), is put right."""

import html
import re

_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
#: How the first byte of such a letter looks, with one of those that follow it.
_TWICE = re.compile("[\u00c2\u00c3\u00c5\u00e2][\u0080-\u00bf\u0152-\u2122]")


def unwrapped(text: str) -> str:
    """A text without them. What cannot be read so as a whole stays."""
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]).replace("\u00a0", " "), text)
    if not text.isascii() and _TWICE.search(text):
        try:
            return text.encode("cp1252").decode("utf-8")
        except UnicodeError:
            return text
    return text
