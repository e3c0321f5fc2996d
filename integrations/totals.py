"""Rows that a report prints among its things and that are none: totals, the feet of its pages, the
names of its sections."""

import re
from collections.abc import Mapping

_WORDS = re.compile(
    r"((sub|grand|page|report|school|site|building|room|department|fund|award|overall|final|running)[\s-]*)?"
    r"totals?\s*:?|totals?\s*(for|of|:|-)\s.*|.*\S\s+(sub)?totals?\s*:?"
    r"|(sum|count|(grand\s+)?(total|number of|total number of)\s+"
    r"(items|assets|records|rows|count|schools|sites|rooms|students|staff|people|persons|devices"
    r"|units|awards|grants|pieces))\s*[:=]?\s*[\d,]*"
    r"|end of report",
    re.I,
)
#: Without one of these no cell of a row says it.
_SAID = ("tot", "count", "sum", "number of", "end of")
#: What a report prints at the foot of a page.
_FOOT = re.compile(
    r"page\s*:?\s*\d+(\s*(of|/)\s*\d+)?"
    r"|((report|list|data|file)\s+)?(printed|generated|exported)(\s+(by|on|at|from)\b.*|\s*:.*"
    r"|\s+\d.*)"
    r"|(report|run|print)\s+(date|time|by)\b.*"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(\s+\d{1,2}:\d\d(:\d\d)?(\s*[ap]m)?)?",
    re.I | re.S,
)
_FOOT_SAID = ("page", "print", "generated", "exported", "run ", "report ")
#: A word within several.
_WORD = re.compile(r"(?:(?<=\s)[^\W\d]+(?!\S))|(?:(?<!\S)[^\W\d]+(?=\s))")
#: Fields of codes: a text of words alone in them is the name of a section.
CODES = ("tag", "serial", "local_id")
#: Fields that a row of totals may fill: what is added up, and for what.
ADDED = {
    "cost",
    "extended_cost",
    "quantity",
    "amount",
    "school",
    "school_2",
    "school_3",
    "building",
    "room",
    "vendor",
    "po",
    *(f"{name}_{n}" for name in ("award", "amount", "percent") for n in "123"),
}


def whole(raw: Mapping[str, str]) -> str:
    """All that a row says, to look for words in it."""
    return "\n".join(raw.values()).casefold()


def is_total(raw: Mapping[str, str], text: str, mapping: Mapping[str, str]) -> bool:
    """Whether a row (its `whole` text) adds others up: one cell says so, and nothing else in it
    names a thing."""
    if not any(word in text for word in _SAID):
        return False
    said = [h for h, cell in raw.items() if _WORDS.fullmatch(cell.strip())]
    if not said:
        return False
    others = {
        mapping[h] for h, cell in raw.items() if cell.strip() and h in mapping and h not in said
    }
    return not others - ADDED


def says_so(cell: str) -> bool:
    """Whether a cell says that its row adds others up, or is the foot of a page."""
    return bool(_WORDS.fullmatch(cell)) or (not cell[:1].isdigit() and bool(_FOOT.fullmatch(cell)))


def is_foot(raw: Mapping[str, str], text: str) -> bool:
    """Whether every cell of a row (its `whole` text) that holds anything is of the foot of a
    page."""
    if not any(word in text for word in _FOOT_SAID):
        return False
    cells = [c.strip() for c in raw.values() if c.strip()]
    said = [c for c in cells if _FOOT.fullmatch(c)]
    # A date beside it says when; alone it is a row's own.
    return len(said) == len(cells) and any(not c[0].isdigit() for c in cells)


def alone(raw: Mapping[str, str], mapping: Mapping[str, str]) -> str:
    """The field of the only cell of a row that holds anything, where it may be the name of a
    section: words in a column of codes, any text where the file has columns for more than two. A
    code alone is a thing's: short rows have one."""
    if len(mapping) < 2:
        return ""
    filled = ""
    for header, cell in raw.items():
        if cell and not cell.isspace():
            if filled:
                return ""
            filled = header
    name = mapping.get(filled, "")
    if not name:
        return ""
    section = is_words(raw[filled]) if name in CODES else len(mapping) > 2
    return name if section else ""


def is_words(text: str) -> bool:
    """Whether a text is no code by its look: words, or no digit at all."""
    text = text.strip()
    if not any(map(str.isdigit, text)):
        return True
    # The usual code is in one piece.
    return not text.isalnum() and any(len(w) > 3 for w in _WORD.findall(text))
