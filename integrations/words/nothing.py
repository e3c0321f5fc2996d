"""What people and machines write into a cell that they leave empty."""

import re

EMPTY = {
    "n/a",
    "n.a.",
    "n\\a",
    "none",
    "null",
    "nil",
    "(blank)",
    "blank",
    "(none)",
    "not applicable",
    "not available",
    "not specified",
    "not recorded",
    "no tag",
    "no serial",
    "untagged",
    "no asset tag",
    "no serial number",
    "to be filled by o.e.m.",
    "to be filled by oem",
    "default string",
    "system serial number",
    "unknown",
    "tbd",
    "t.b.d.",
    "tba",
    "to be determined",
    "#na",
}
#: May be a name or a code of a place elsewhere.
EMPTY_CODES = {"na"}
#: A person may be called None or Null, and a thing described as untagged: of these only what is no
#: word is taken for empty. Nobody calls a school or an award so.
NAMES = {"first_name", "last_name", "description"}
NO_WORDS = {"n/a", "n.a.", "n\\a", "(none)", "(blank)", "not applicable", "tbd", "t.b.d.", "#na"}
#: What a thing is known by: nobody prints "see notes" on a label.
MARKED_BY = {"tag", "serial"}
_NO_CODE = re.compile(
    r"\?+|0+|x{3,}|n/a\W[^\d]*|missing|see notes?|unreadable|illegible|worn off|fell off"
    r"|(no|not) (sticker|label|barcode|legible|readable|visible|found|known|tagged)"
)
_LINE, _DASHES = re.compile(r"[-‐-―−=_*~.]+"), re.compile(r"[-‐-―−]+")


def stands_for_none(name: str, shape: str, plain: str) -> bool:
    """Whether a cell holds a word, or a line of dashes, for nothing."""
    if plain in (NO_WORDS if name in NAMES else EMPTY):
        return True
    if name in MARKED_BY and _NO_CODE.fullmatch(plain):
        return True
    if shape not in ("code", "text"):
        return plain in EMPTY_CODES or bool(_DASHES.fullmatch(plain))
    in_code = plain in EMPTY_CODES and shape == "code" and name != "code"
    return in_code or bool(_LINE.fullmatch(plain))
