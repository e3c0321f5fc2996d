"""Codes as they are compared, and tags as they are listed."""

import re
from functools import lru_cache

from core.text.lookalikes import plain_code


@lru_cache(maxsize=4096)  # an import asks it of each code of a batch again and again
def code_key(text: str) -> str:
    """A code as it is compared: trimmed and case-folded, never padded."""
    return text.strip().casefold()


def code_keys(text: str) -> list[str]:
    """What a code is looked up by: as it is written, since what was entered before codes were made
    plain is kept so, and plain, the last of them."""
    return list(dict.fromkeys([code_key(text), code_key(plain_code(text))]))


def tag_order(text: str) -> str:
    """A tag as lists order it, 9 before 10 before 100: each number of it after its length."""
    return re.sub(r"[0-9]+", _with_length, code_key(text))


def _with_length(found: "re.Match[str]") -> str:
    digits = found[0].lstrip("0") or "0"
    return f"{len(digits):02}{digits}"
