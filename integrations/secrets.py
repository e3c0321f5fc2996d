"""What nobody should have sent: columns and cells of a file that are kept nowhere.

A heading is judged by its whole words, so that Spinner, Opinion and Dobson School stay. Cells are
judged by their look: a social security number has one, a birthday has none but beside its word.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integrations.headings import words

SSN = gettext_lazy("social security numbers")
BIRTH = gettext_lazy("dates of birth")
PASSWORD = gettext_lazy("passwords or PINs")
OTHER = gettext_lazy("numbers of papers or accounts of a person")

_WORDS = {
    "ssn": SSN,
    "ssns": SSN,
    "dob": BIRTH,
    "birth": BIRTH,
    "birthdate": BIRTH,
    "birthday": BIRTH,
    "birthdt": BIRTH,
    "bday": BIRTH,
    "birthplace": BIRTH,
    "born": BIRTH,
    "password": PASSWORD,
    "passwords": PASSWORD,
    "passwd": PASSWORD,
    "pwd": PASSWORD,
    "pw": PASSWORD,
    "passcode": PASSWORD,
    "passphrase": PASSWORD,
    "pin": PASSWORD,
    "contraseña": PASSWORD,
    "contrasena": PASSWORD,
    "nacimiento": BIRTH,
}
_PHRASES = {
    ("social", "security"): SSN,
    ("soc", "sec"): SSN,
    ("ss", "number"): SSN,
    ("socsec",): SSN,
    ("socialsecurity",): SSN,
    ("d", "o", "b"): BIRTH,
    ("pass", "word"): PASSWORD,
    ("pass", "code"): PASSWORD,
    ("driver", "license"): OTHER,
    ("drivers", "license"): OTHER,
    ("driver", "s", "license"): OTHER,
    ("passport", "number"): OTHER,
    ("credit", "card"): OTHER,
    ("bank", "account"): OTHER,
    ("medicaid", "id"): OTHER,
    ("medicaid", "number"): OTHER,
}
#: Words that nothing parts: STUDENTSSN, dateofbirth, userpassword.
_GLUED = re.compile(
    r"(?P<password>password|passwd|passphrase)"
    r"|(?P<birth>dateofbirth|birthdate|birthday)"
    r"|(?P<ssn>socialsecurity|socsec)"
    r"|^(?:student|stu|person|people|pupil|employee|emp|staff|teacher|user|parent|guardian|child|legal)"
    r"(?:(?P<ssn2>ssn)|(?P<birth2>dob)|(?P<pin>pin|pwd))(?:number)?\d*$"
    r"|^(?P<ssn3>ssn)(?:number)?(?:last)?\d*$"
)
_KINDS = {
    "password": PASSWORD,
    "pin": PASSWORD,
    "birth": BIRTH,
    "birth2": BIRTH,
    "ssn": SSN,
    "ssn2": SSN,
    "ssn3": SSN,
}

#: Words beside a pin's that make it one of a plug, and beside a password's that say when or
#: whether, not what it is.
_PLUG = {
    "count",
    "counts",
    "qty",
    "type",
    "connector",
    "connectors",
    "layout",
    "spacing",
    "pitch",
    "header",
    "config",
}
_ABOUT = {
    "protected",
    "policy",
    "reset",
    "changed",
    "change",
    "expires",
    "expired",
    "expiration",
    "expiry",
    "set",
    "required",
    "enabled",
    "length",
    "age",
    "date",
    "last",
    "days",
}
_YES_NO = re.compile(r"y|n|yes|no|t|f|true|false|x|on|off|sí|si", re.I)
_PASSING = re.compile(r"\d{1,3}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ]\d{1,2}:.*)?", re.S)
_LONG_NUMBER = re.compile(r"\d{4}")

#: A cell that is a social security number; none begins with 000, 666 or 9.
NUMBER = re.compile(r"(?!000|666|9)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_PHRASE = re.compile(
    rf"""
    \b(?:ssn|ss\ ?(?:\#|no\b|number)|soc(?:ial)?[ .]*sec(?:urity)?(?:[ .]*(?:no|num|number))?)
      [\W_]{{0,4}}(?:(?:is|was)\ )?\d{{3}}\W?\d{{2}}\W?\d{{4}}\b
    | \bssn(?:\ last\ (?:4|four))?[\W_]{{0,4}}\d{{4}}\b
    | \b(?:dob|d\.o\.b\.?|date\ of\ birth|birth[ _-]?da(?:te|y)|b-?day|born|fecha\ de\ nacimiento)
      [\W_]{{0,4}}(?:on\ |is\ |was\ |es\ )?
      (?:\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}} | \d{{8}}\b | \d{{6}}\b
        | {_MONTH}\ *\d{{1,2}}(?:st|nd|rd|th)?,?\ *\d{{2,4}}\b
        | \d{{1,2}}(?:st|nd|rd|th)?[ -]*{_MONTH},?[ -]*\d{{2,4}}\b)
    | \b(?:passwords?|passwd|passcodes?|passphrase|pwd|pw|contrase(?:ñ|n\u0303?)a)
      (?:\ (?:is|was|es))?\s*[:=]\s*\S+
    | \b(?:password|passwd|passcode|passphrase|pwd|pw(?=\ (?:is|was)\ )|contrase(?:ñ|n\u0303?)a)
      (?:\ (?:is|was|es|set\ to|changed\ to))?\ (?:-\ )?
      (?!\d+-?(?:digits?|characters?|chars?)\b)(?=\S*\d)\S{{4,}}
    | (?<!\d-)(?<!\bpush\ )\bpin(?:[ -]?code)?(?:\ ?(?:\#|number|no\.?))?(?:\ (?:is|was))?[\s:=\#]*
      (?<![a-z])\d{{4,8}}\b(?!-|\ ?(?:ct|count|pk|pack|pcs|pieces)\b)
    """,
    re.I | re.X,
)
#: One in a sentence that no word announces; a budget's or a maker's code of that look has its own.
_BARE = re.compile(r"(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])", re.ASCII)
_CODED = {
    "account",
    "acct",
    "budget",
    "fund",
    "gl",
    "object",
    "org",
    "code",
    "po",
    "order",
    "invoice",
    "inv",
    "part",
    "model",
    "sku",
    "item",
    "serial",
    "sn",
    "tag",
    "asset",
    "case",
    "ticket",
}


def secret(heading: str) -> str:
    """What a column of this heading holds that is kept nowhere; empty for any other."""
    parts = words(heading)
    for word in parts:
        if word in _WORDS:
            return str(_WORDS[word])
    for phrase, what in _PHRASES.items():
        if any(tuple(parts[i : i + len(phrase)]) == phrase for i in range(len(parts))):
            return str(what)
    glued = (found for word in parts if (found := _GLUED.search(word)))
    return next((str(_KINDS[str(found.lastgroup)]) for found in glued), "")


def innocent(heading: str, cell: str) -> bool:
    """Whether a cell of a column whose heading names a secret holds none by its look: yes or no,
    the number of a plug's pins, the day on which a password was changed."""
    if _YES_NO.fullmatch(cell):
        return True
    said = set(words(heading))
    if secret(heading) != str(PASSWORD):
        return False
    if said & {"pin", "pins"}:
        return bool(said & _PLUG) and not _LONG_NUMBER.search(cell) and not masked(cell)
    return bool(said & _ABOUT) and _PASSING.fullmatch(cell) is not None


def gap() -> str:
    """What stands where something was left out."""
    return _("[left out]")


def _left_out(_found: "re.Match[str]") -> str:
    return gap()


def _bare(found: "re.Match[str]") -> str:
    before = re.findall(r"[a-z]+", found.string[max(0, found.start() - 40) : found.start()].lower())
    return found[0] if _CODED.intersection(before[-2:]) else _left_out(found)


def without_secrets(cell: str) -> str:
    """A text without the number, birthday or password that stands beside its word in it, and
    without a social security number among other words."""
    cell = _PHRASE.sub(_left_out, cell)
    if "-" in cell and not looks_secret(cell):
        cell = _BARE.sub(_bare, cell)
    return cell


def masked(heading: str) -> bool:
    """Whether something was left out of a heading: its column's cells are of the same kind."""
    return gap() in heading


def looks_secret(cell: str) -> bool:
    """Whether a cell is a social security number by its look."""
    return NUMBER.fullmatch(cell.strip()) is not None
