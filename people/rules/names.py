"""Whether two names may be one person's."""

from core.text.bare import bare
from people.models import Person

#: Words of names that are no name.
PARTICLES = {
    "al",
    "ap",
    "bin",
    "da",
    "de",
    "del",
    "della",
    "der",
    "di",
    "do",
    "dos",
    "du",
    "el",
    "ii",
    "iii",
    "iv",
    "jr",
    "la",
    "le",
    "sr",
    "st",
    "van",
    "von",
}


def other_part(here: str, told: str | None, *, short: bool = False) -> bool:
    """Whether a part of a name is another; what is silent tells nothing."""
    if not here or not told or _alike(here, told):
        return False
    return not (short and _short_form(here, told))


def another_name(person: Person, first: str, last: str, *, partly: bool = False) -> bool:
    """Whether a name is another than a person's in each part (`partly`: in one of those) that it
    gives and they have."""
    firsts = other_part(person.first_name, first, short=True)
    lasts = other_part(person.last_name, last)
    whole = first and last and person.first_name and person.last_name and not partly
    other = firsts and lasts if whole else firsts or lasts
    return other and not _turned_round(person, first, last)


def _turned_round(person: Person, first: str, last: str) -> bool:
    """Whether a name is a person's turned round."""
    return _alike(person.first_name, last) and _alike(person.last_name, first)


def _alike(one: str, other: str) -> bool:
    """Whether two names may be one: the same but for case, accents and signs, or with a word in
    common (Garcia, Garcia-Lopez) that says more than "de" or "Jr."."""
    a, b = _words(one), _words(other)
    return a == b or "".join(a) == "".join(b) or bool((set(a) & set(b)) - PARTICLES)


def _short_form(one: str, other: str) -> bool:
    """Whether a first name begins as the other: Sam, Samuel."""
    short, long = sorted(("".join(_words(one)), "".join(_words(other))), key=len)
    return len(short) > 1 and long.startswith(short)


def _words(name: str) -> list[str]:
    """A name's words; what is no letter parts them, but for the sign within O'Neil."""
    text = bare(name).replace("'", "")
    return "".join(c if c.isalnum() else " " for c in text).split()
