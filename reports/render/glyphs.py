"""Letters that no installed font draws: an archived PDF may not refer to what is not there."""

import shutil
import subprocess
import unicodedata
from functools import cache

from fontTools.ttLib import TTCollection, TTFont, TTLibError

#: What stands for a letter that cannot be drawn; the attached rows have the letter itself.
MISSING = "▯"


@cache
def _drawable() -> frozenset[int]:
    """Every code point that some installed font has; empty where fonts cannot be listed."""
    if (command := shutil.which("fc-list")) is None:
        return frozenset()
    listed = subprocess.run(  # noqa: S603 - a fixed command
        [command, "--format", "%{file}\n"], capture_output=True, text=True, timeout=60, check=True
    )
    found: set[int] = set()
    for path in sorted(set(listed.stdout.split("\n")) - {""}):
        try:
            if path.endswith((".ttc", ".otc")):
                fonts = list(TTCollection(path, lazy=True))
            else:
                fonts = [TTFont(path, lazy=True)]
            for font in fonts:
                found |= set(font.getBestCmap() or ())
        except (OSError, TTLibError):
            continue
    return frozenset(found)


def drawable(text: str) -> str:
    """The text with `MISSING` for each letter that no font has; what has no shape is left out."""
    have = _drawable()
    if text.isascii() or not have:
        return text
    return "".join(c if ord(c) in have or c in "\t\n\r" else _instead(c) for c in text)


def _instead(letter: str) -> str:
    shapeless = unicodedata.category(letter) in ("Cc", "Cf") or "\ufe00" <= letter <= "\ufe0f"
    return "" if shapeless else MISSING
