"""What says that things or people are not here, or not in use, over rows that say nothing of it
themselves: the name of a section (LOST, Stolen 6/1/2025), the title of a list or a sheet."""

import re
from collections.abc import Sequence

from integrations.headings import flat
from integrations.totals import is_foot, is_words


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GONE = _set(
    """alumni archived auctioned broken condemned dead deceased decommissioned deleted departed
    deprovisioned destroyed discarded disenrolled disposal disposals dispose disposed disposition
    donated dropouts dropped ewaste excessed exited expelled former gone graduated graduates
    inactive junk junked left loss losses lost missing moved obsolete recycled removed resigned
    retire retired retirement salvage salvaged scrap scrapped separated sold stolen surplus
    surplused terminated theft thefts transferred trashed unaccounted unenrolled unlocated
    unreturned weeded withdrawals withdrawn withdrew"""
)
#: Several words that say the same.
_PHRASE = re.compile(
    r"\b(?:e-waste|no longer|(?:not|never|cannot be|could not be) (?:found|located|returned)"
    r"|(?:out of|not in) (?:service|use)|not enrolled|writ(?:e|ten)[- ]offs?|trade[ds]?[- ]ins?"
    r"|total loss(?:es)?|beyond repair|(?:cannot|unable to) (?:find|locate))\b"
)
#: What a section that says so and nothing else says besides.
_BESIDE = _set(
    """all and as assets at auction be been by chromebooks computers devices employees equipment
    for from have here in inventory ipads items laptops list no not of off on or our out people
    pupils school section since staff students tablets teachers that the these things this to
    units who
    jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july
    august september october november december"""
)
#: Schools and districts are called so.
_PLACE = re.compile(
    r"\b(?:broken|lost)\s+(?:arrow|bow|canyon|creek|hills?|lakes?|mountain|nation|pines|river"
    r"|springs|valley|world)\b"
)
#: Days, years, and the counts that reports print behind: Retired (2).
_FIGURES = re.compile(
    r"\d{1,4}[/.-]\d{1,4}([/.-]\d{1,4})?|\b(19|20)\d\d(\d{4})?\b|[(\[]\s*\d+\s*[)\]]", re.ASCII
)
_WORD = re.compile(r"[^\W\d_]+")
_SUM = _set("count subtotal sum total totals")
_CONTINUED = _set("cont contd continued")
LONGEST = 80


def _without_figures(text: str) -> str:
    """A text in lower case without its days and counts; empty for one that is too long for a
    name."""
    if len(text) > LONGEST:
        return ""
    text = _PHRASE.sub(" lost ", text.lower().replace("_", " "))
    return _PLACE.sub(" ", _FIGURES.sub(" ", text)).strip()


def says_gone(text: str) -> bool:
    """Whether a text says of things or people that they are gone, and nothing else."""
    text = _without_figures(text)
    if any(map(str.isdigit, text)):
        return False  # LOST-004 is a tag
    said = set(_WORD.findall(text))
    return bool(said & _GONE) and said <= _GONE | _BESIDE


def speaks_of_gone(text: str) -> bool:
    """Whether a text speaks of what is gone among other words; a code in one piece does not."""
    text = _without_figures(text)
    if len(text.split()) == 1 and any(map(str.isdigit, text)):
        return False
    said = set(_WORD.findall(text))
    return bool(said & _GONE) and not said & _SUM


def names_gone(text: str) -> bool:
    """Whether a text in the place of a code is no code, and speaks of what is gone."""
    return speaks_of_gone(text) and not any(map(str.isdigit, _without_figures(text)))


def title_in(row: Sequence[str]) -> str:
    """What a row above the headings says of all that is beneath them: it has one cell, or a
    second beside the first. Others are headings of columns, as Purchase and Disposal."""
    filled = [i for i, cell in enumerate(row) if cell.strip()]
    if len(filled) > 1 and filled != [0, 1]:
        return ""
    return next((" ".join(row[i].split()) for i in filled if speaks_of_gone(row[i])), "")


def section_in(row: Sequence[str], above: Sequence[str], *, sure: bool) -> str | None:
    """What a row begins: a section of this name, one that says nothing of the kind (empty), or
    none. It has one cell, the first, but for a school that was filled down from the row `above`:
    words, since a code alone is a thing's. `sure`: no thing has one cell of words alone."""
    filled = [i for i, cell in enumerate(row) if cell.strip()]
    first, others = filled[:1], filled[1:]
    down = len(others) < 3 and all(
        i < len(above) and flat(row[i]) == flat(above[i]) for i in others
    )
    if not first or not down:
        return None
    cell = row[first[0]]
    sure = sure and (not others or sum(map(bool, map(str.strip, above))) > len(filled) + 1)
    if says_gone(cell) or (sure and speaks_of_gone(cell)):
        return " ".join(cell.split())
    if is_foot({"": cell}, cell.casefold()) or _CONTINUED.intersection(_WORD.findall(cell.lower())):
        return None
    return "" if is_words(cell) and (not others or not any(map(str.isdigit, cell))) else None
