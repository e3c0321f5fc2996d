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
    r"\?+|0+|x{3,}|n/a\W[^\d]*|invalid|missing|see notes?|unreadable|illegible|worn off|fell off"
    r"|(no|not) (sticker|label|barcode|legible|readable|visible|found|known|tagged)"
)
_OF_CODES = "barcode|label|number|serial|sticker|tag|tagged"
_BESIDE = (
    "a|asset|awaiting|base|be|been|blank|board|cannot|chassis|damaged|device|faded|fell|for|get"
    "|gone|has|have|illegible|is|it|lost|missing|need|needed|needs|new|no|none|not|off|on|or|order"
    "|ordered|peeled|pending|product|property|read|removed|replacement|scratched|system|the|to|torn"
    "|unknown|unreadable|visible|waiting|was|without|worn|yet"
)
#: What speaks of the code itself and gives none: Needs tag, Chassis Serial Number. One word alone
#: may be one.
_SPEAKS_OF_IT = re.compile(
    rf"(?=\D+$)(?=.*\b({_OF_CODES})\b)({_OF_CODES}|{_BESIDE})(\W+({_OF_CODES}|{_BESIDE}))+\W*"
)
#: A line of dashes or dots.
LINE = re.compile(r"[-‐-―−=_*~.]+")


def says_nothing(code: str) -> bool:
    """Whether a tag or a serial (trimmed, in lower case) is a word or a line for none."""
    if code in EMPTY or code in EMPTY_CODES:
        return True
    return any(none.fullmatch(code) for none in (_NO_CODE, LINE, _SPEAKS_OF_IT))
