"""A code with a remark beside it, or of which there are several: nobody finds its thing by it, and
what is said of the thing is lost."""

import re

_GONE = (
    "lost|stolen|missing|retired|disposed|scrapped|surplus|broken|recycled|donated|dead|damaged"
    "|decommissioned|deprovisioned|destroyed|discarded|inactive|obsolete|sold|auctioned|junked"
    "|trashed|returned|replaced|void|voided|in repair|not found|written off|out of service"
    "|do not use"
)
#: Where it stands last: what else is said of the code, or of the thing.
_LAST = f"{_GONE}|old|new|duplicate|dup|wrong|invalid|bad"
_BEFORE = "old|was|formerly|former|prev|previous|previously"
_INSTEAD = rf"{_BEFORE}|now|replaced|replaces|replacing|replacement for|swapped for|swapped with"
#: What a label or a column calls the code.
_CALLED = r"(asset|tag|barcode|inventory|property)( (tag|no|nr|num|number|id|code))*"
_REMARK = re.compile(
    rf"(?P<only>[(\[]?({_GONE}|pending)[)\]]?)"
    # HM13 - LOST, HM13 lost 2024, HM13 [dead], HM13 NEW
    rf"|\S.*(\s|[(\[])[-–—]?\s*({_LAST})[)\]]?"
    rf"|(\S.*([(\[]|\s[-–—:]\s*)|\S*\d\S*\s)({_GONE})\b.*"
    # LOST: HM13, [dead] HM13
    rf"|[(\[]?({_GONE})\s*([)\]:]|\s[-–—])\s*\S.*"
    # HM12 (old HM9), HM12 replaced HM9, was HM9
    rf"|\S.*[(\[]({_BEFORE})\b.*[)\]]|\S.*\s({_INSTEAD})\s.*\d.*"
    # was HM9, new HM13; but WAS 0012 may be numbered by its school
    rf"|(?!(was|now|old|new)\s+[\d-]+$)({_INSTEAD}|new)\s.*\d.*"
    # Tag: HM13, Asset No. HM13
    rf"|{_CALLED}\s*([.:#]+\s*|\s)\S*\d.*"
    # HM13*, HM13?, and what was cut off: 5CD12...
    r"|.*\w\s*[*?]+|.*(\.{2,}|…)"
    r"|~~.+~~",
    re.IGNORECASE,
)
#: Nothing stands beside a code without one of these, nor is one several: most need no further look.
_BESIDE = re.compile(r"[\s,;&/.:#()\[\]*?~…]")
#: A longer text is no code, whatever it says.
_LONGEST = 300

_ONE = r"[^\s,;&/]*\d[^\s,;&/]*"
_SEVERAL = re.compile(rf"{_ONE}((,\s+|\s*[;&]\s*|\s+(/|and|to|thru|through)\s+){_ONE})+", re.I)
#: What parts two codes, and may be of one: 12/0034, 2019 - 0012.
_PARTED = re.compile(r"\s*/\s*|\s+[-–—]\s+")
_NUMBERED = re.compile(r"(\D*[^\W\d_]{2}\D*)\d+")
#: Shorter numbers may be the parts of one code.
_SHORTEST = 5


def remark_in(code: str) -> "re.Match[str] | None":
    """What a trimmed code says beside itself; `only` where it says nothing else."""
    if len(code) >= _LONGEST or not (code.isalpha() or _BESIDE.search(code)):
        return None
    return _REMARK.fullmatch(code)


def is_several(code: str) -> bool:
    """Whether it is several codes: RE10, RE11; RE16 thru RE19; RE0011/RE0012."""
    code = code.strip()
    if len(code) >= _LONGEST or not _BESIDE.search(code):
        return False
    if _SEVERAL.fullmatch(code):
        return True
    first, *others = _PARTED.split(code)
    return bool(others) and all(_like(first, other) for other in others)


def _like(one: str, other: str) -> bool:
    """Whether two codes count on: after the same letters, or as long and begun alike."""
    one, other = one.casefold(), other.casefold()
    a, b = _NUMBERED.fullmatch(one), _NUMBERED.fullmatch(other)
    if a and b and a[1] == b[1]:
        return True
    if len(one) != len(other) or len(one) < _SHORTEST or one[:2] != other[:2]:
        return False
    return any(map(str.isdigit, one)) and any(map(str.isdigit, other))
