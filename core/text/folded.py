"""Words as they are compared, whoever typed them."""

import re
from functools import lru_cache

from core.text.bare import bare

#: Punctuation that tells nothing: not between figures (1/2, 10-1), and a doubt (Lost?) stays one.
_POINTS = re.compile(r"(?<!\d)(?:[^\w?]|_)+|(?:[^\w?]|_)+(?!\d)")
#: A grade or a code with its sign: B+, B-, -1.
_SIGNED = re.compile(r"[+-]?\w{1,2}[+-]?")


@lru_cache(maxsize=1024)  # a file says few different words, and each of them in every row
def fold(text: str) -> str:
    """A word as it is compared: without case, accents, spaces and punctuation. What has nothing
    else is compared as it stands."""
    text = bare(text)
    if _SIGNED.fullmatch(text):
        return text
    return _POINTS.sub("", text) or text
