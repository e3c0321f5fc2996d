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
    "ssn": SSN, "ssns": SSN, "dob": BIRTH, "birth": BIRTH, "birthdate": BIRTH, "birthday": BIRTH,
    "birthdt": BIRTH, "bday": BIRTH, "birthplace": BIRTH, "born": BIRTH, "password": PASSWORD,
    "passwords": PASSWORD, "passwd": PASSWORD, "pwd": PASSWORD, "pw": PASSWORD, "passcode": PASSWORD,
    "passphrase": PASSWORD, "pin": PASSWORD,
}  # fmt: skip
_PHRASES = {
    ("social", "security"): SSN, ("soc", "sec"): SSN, ("ss", "number"): SSN,
    ("socsec",): SSN, ("socialsecurity",): SSN, ("d", "o", "b"): BIRTH, ("pass", "word"): PASSWORD,
    ("pass", "code"): PASSWORD, ("driver", "license"): OTHER, ("drivers", "license"): OTHER,
    ("driver", "s", "license"): OTHER, ("passport", "number"): OTHER, ("credit", "card"): OTHER,
    ("bank", "account"): OTHER, ("medicaid", "id"): OTHER, ("medicaid", "number"): OTHER,
}  # fmt: skip
#: Words that nothing parts: STUDENTSSN, dateofbirth, userpassword.
_GLUED = re.compile(
    r"(?P<password>password|passwd|passphrase)"
    r"|(?P<birth>dateofbirth|birthdate|birthday)"
    r"|(?P<ssn>socialsecurity|socsec)"
    r"|^(?:student|stu|person|people|pupil|employee|emp|staff|teacher|user|parent|guardian|child|legal)"
    r"(?:(?P<ssn2>ssn)|(?P<birth2>dob)|(?P<pin>pin|pwd))(?:number)?\d*$"
    r"|^(?P<ssn3>ssn)(?:number)?(?:last)?\d*$"
)
_KINDS = {"password": PASSWORD, "pin": PASSWORD, "birth": BIRTH, "birth2": BIRTH, "ssn": SSN,
          "ssn2": SSN, "ssn3": SSN}  # fmt: skip

#: A cell that is a social security number; none begins with 000, 666 or 9.
NUMBER = re.compile(r"(?!000|666|9)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}")
_PHRASE = re.compile(
    r"""
    \b(?:ssn|soc(?:ial)?[ .]*sec(?:urity)?(?:[ .]*(?:no|num|number))?)[\W_]{0,4}\d{3}\W?\d{2}\W?\d{4}\b
    | \b(?:dob|d\.o\.b\.?|date\ of\ birth|birth\ ?da(?:te|y)|born)[\W_]{0,4}(?:on\ |is\ )?
      \d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}
    | \b(?:password|passwd|passcode|pwd|pw)\s*[:=]\s*\S+
    | \bpin\s*(?:[:=\#]|code|number|no\.)\s*[:=\#]?\s*\d{4,8}\b
    """,
    re.I | re.X,
)


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


def _left_out(_found: "re.Match[str]") -> str:
    return _("[left out]")


def without_secrets(cell: str) -> str:
    """A text without the number, birthday or password that stands beside its word in it."""
    return _PHRASE.sub(_left_out, cell)


def looks_secret(cell: str) -> bool:
    """Whether a cell is a social security number by its look."""
    return NUMBER.fullmatch(cell.strip()) is not None
