"""What people and machines write where there is no code: nobody prints it on a label."""

import re

EMPTY = {
    "n/a",
    "n.a.",
    "n\\a",
    "none",
    "null",
    "undefined",
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
#: May be a name or a code of a place.
EMPTY_CODES = {"na"}
_NO_CODE = re.compile(
    r"\?+|0+|x{3,}|n/a\W[^\d]*|missing|see notes?|unreadable|illegible|worn off|fell off"
    r"|(no|not) (sticker|label|barcode|legible|readable|visible|found|known|tagged)"
)
#: A line of dashes or dots.
LINE = re.compile(r"[-‐-―−=_*~.]+")


def says_nothing(code: str) -> bool:
    """Whether a tag or a serial (trimmed, in lower case) is a word or a line for none."""
    known = code in EMPTY or code in EMPTY_CODES
    return known or bool(_NO_CODE.fullmatch(code) or LINE.fullmatch(code))
