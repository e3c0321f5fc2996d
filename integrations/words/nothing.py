"""What people and machines write into a cell that they leave empty."""

import re

from assets.codes.nothing import EMPTY, EMPTY_CODES, LINE, says_nothing

#: A person may be called None or Null, and a thing described as untagged: of these only what is no
#: word is taken for empty. Nobody calls a school or an award so.
NAMES = {"first_name", "last_name", "description"}
NO_WORDS = {"n/a", "n.a.", "n\\a", "(none)", "(blank)", "not applicable", "tbd", "t.b.d.", "#na"}
_DASHES = re.compile(r"[-‐-―−]+")


def stands_for_none(name: str, shape: str, plain: str) -> bool:
    """Whether a cell holds a word, or a line of dashes, for nothing."""
    if name in ("tag", "serial"):  # what a thing is known by
        return says_nothing(plain)
    if plain in (NO_WORDS if name in NAMES else EMPTY):
        return True
    if shape not in ("code", "text"):
        return plain in EMPTY_CODES or bool(_DASHES.fullmatch(plain))
    in_code = plain in EMPTY_CODES and shape == "code" and name != "code"
    return in_code or bool(LINE.fullmatch(plain))
