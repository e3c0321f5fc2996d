"""Texts as they are compared, whoever typed them."""

import unicodedata

from core.text.lookalikes import plain, straight


def bare(text: str) -> str:
    """A text without case, accents and superfluous spaces, its apostrophes straight."""
    text = plain(text)
    if text.isascii():
        return " ".join(straight(text).lower().split())
    # Signs first: a spacing accent would become two characters.
    wide = unicodedata.normalize("NFKD", " ".join(straight(text).split())).casefold()
    return "".join(c for c in wide if not unicodedata.combining(c))
