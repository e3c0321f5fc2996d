"""Rows of totals that a report prints among its things."""

import re
from collections.abc import Mapping

_WORDS = re.compile(
    r"((sub|grand|page|report|school|site|building|room|department|fund|award|overall|final|running)[\s-]*)?"
    r"totals?\s*:?|totals?\s*(for|of|:|-)\s.*|.*\S\s+(sub)?totals?\s*:?"
    r"|(sum|count|number of (items|assets|records)|total (items|assets|records|count))\s*:?\s*\d*"
    r"|end of report",
    re.I,
)
#: Without one of these no cell of a row says it.
_SAID = ("tot", "count", "sum", "number of", "end of")
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


def is_total(raw: Mapping[str, str], mapping: Mapping[str, str]) -> bool:
    """Whether a row adds others up: one cell says so, and nothing else in it names a thing."""
    text = "\n".join(raw.values()).casefold()
    if not any(word in text for word in _SAID):
        return False
    said = [h for h, cell in raw.items() if _WORDS.fullmatch(cell.strip())]
    if not said:
        return False
    others = {
        mapping[h] for h, cell in raw.items() if cell.strip() and h in mapping and h not in said
    }
    return not others - ADDED
