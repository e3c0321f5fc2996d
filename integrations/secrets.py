"""What nobody should have sent: columns and cells of a file that are kept nowhere.

A heading is judged by its whole words, so that Spinner, Opinion and Dobson School stay. A word
that may mean something else (Social, Pass) counts where the cells look so (secret_looks.py);
secret_texts.py has what stands in them.
"""

import re

from django.utils.translation import gettext_lazy

from integrations.headings import words
from integrations.secret_texts import masked

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
    "pwds": PASSWORD,
    "pw": PASSWORD,
    "pswd": PASSWORD,
    "pswds": PASSWORD,
    "psswd": PASSWORD,
    "passwrd": PASSWORD,
    "pword": PASSWORD,
    "psk": PASSWORD,
    "passcode": PASSWORD,
    "passphrase": PASSWORD,
    "pin": PASSWORD,
    "contraseña": PASSWORD,
    "contrasena": PASSWORD,
    "nacimiento": BIRTH,
    "geburtsdatum": BIRTH,
    "itin": SSN,
    "otp": PASSWORD,
    "passcd": PASSWORD,
    "passwort": PASSWORD,
    "psw": PASSWORD,
}
_PHRASES = {
    ("social", "security"): SSN,
    ("soc", "sec"): SSN,
    ("ss", "number"): SSN,
    ("s", "s", "n"): SSN,
    ("s", "s", "number"): SSN,
    ("socsec",): SSN,
    ("socialsecurity",): SSN,
    ("d", "o", "b"): BIRTH,
    ("pass", "word"): PASSWORD,
    ("pass", "code"): PASSWORD,
    **dict.fromkeys(
        [
            *((kind, "code") for kind in ("unlock", "lock", "bypass", "access", "security")),
            *((kind, "code") for kind in ("alarm", "door", "gate", "login", "recovery", "backup")),
            *((kind, "token") for kind in ("api", "access", "auth", "bearer", "refresh")),
            *((kind, "key") for kind in ("bitlocker", "filevault", "recovery", "unlock", "wifi")),
            *((kind, "key") for kind in ("fi", "wireless", "network", "wep", "wpa")),
            *((kind, "key") for kind in ("encryption", "api", "private", "secret")),
            ("bit", "locker", "key"),
            ("file", "vault", "key"),
            *((kind, "unlock") for kind in ("mdm", "device", "screen", "activation")),
            *((kind, "secret") for kind in ("client", "shared", "mfa")),
            *((kind, "answer") for kind in ("security", "secret")),
            *((kind, what) for kind in ("lock", "locker") for what in ("combination", "combo")),
        ],
        PASSWORD,
    ),
    ("social", "number"): SSN,
    ("alien", "number"): OTHER,
    ("alien", "registration"): OTHER,
    ("uscis", "number"): OTHER,
    ("visa", "number"): OTHER,
    ("debit", "card"): OTHER,
    ("routing", "number"): OTHER,
    ("medicare", "id"): OTHER,
    ("medicare", "number"): OTHER,
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
    r"(?P<password>password|passwd|passphrase|pswd|passwrd|(?:unlock|bypass)code"
    r"|(?:bitlocker|filevault|recovery)(?:recovery)?key(?!id))"
    r"|(?P<birth>dateofbirth|birthdate|birthday)"
    r"|(?P<ssn>socialsecurity|socsec)"
    r"|^(?:student|stu|person|people|pupil|employee|emp|staff|teacher|user|parent|guardian|child|legal)"
    r"(?:(?P<ssn2>ssn)|(?P<birth2>dob)|(?P<pin>pin|pwd))(?:number)?\d*$"
    r"|^(?:login|logon|admin|user|wifi|bios|temp)(?P<pass>pass)\d*$"
    r"|^(?P<ssn3>ssn)(?:number)?(?:last)?\d*$"
)
_KINDS = {
    "password": PASSWORD,
    "pin": PASSWORD,
    "pass": PASSWORD,
    "birth": BIRTH,
    "birth2": BIRTH,
    "ssn": SSN,
    "ssn2": SSN,
    "ssn3": SSN,
}

#: Words of an account, whose pass is a password; any other may be one for the bus.
_ACCOUNT = {
    "login",
    "logon",
    "admin",
    "administrator",
    "root",
    "user",
    "username",
    "local",
    "bios",
    "uefi",
    "firmware",
    "wifi",
    "fi",
    "wlan",
    "wireless",
    "network",
    "email",
    "mail",
    "google",
    "icloud",
    "windows",
    "temp",
    "temporary",
    "initial",
    "default",
    "computer",
    "laptop",
    "portal",
    "account",
    "acct",
}
#: Whose papers: a thing has a passport, too.
_SOMEBODY = {
    "student",
    "holder",
    "owner",
    "person",
    "people",
    "teacher",
    "staff",
    "employee",
    "parent",
    "guardian",
    "user",
    "patron",
}
#: Words with which a key is only spoken of.
_KEY_ABOUT = {"id", "ids", "escrow", "escrowed", "status", "type", "count", "ring", "holder", "tag"}
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
_COUNTED = re.compile(r"(?<=[^\W\d])\d{1,2}$")
_CAPITALS = re.compile(r"\b[A-Z]{2,}s\b")
_PLURALS = {
    f"{w}s": w for w in ("code", "key", "token", "secret", "answer", "combination", "combo")
}


def parts_of(heading: str) -> list[str]:
    """The words of a heading as they are compared here: DOB2 is one DOB, codes are code."""
    text = _CAPITALS.sub(lambda found: found[0].lower(), heading)
    plain = (_COUNTED.sub("", word) for word in words(text))
    return [_PLURALS.get(word, word) for word in plain]


def secret(heading: str, *, things: bool = False) -> str:
    """What a column of this heading holds that is kept nowhere; empty for any other. `things`: it
    is of a list of things, which have passports, too."""
    parts = parts_of(heading)
    for word in parts:
        if word in _WORDS:
            return str(_WORDS[word])
    said = set(parts)
    if "pass" in said and said & _ACCOUNT:
        return str(PASSWORD)
    for phrase, what in _PHRASES.items():
        n = len(phrase)
        for i in range(len(parts)):
            if tuple(parts[i : i + n]) != phrase:
                continue
            if phrase[-1] == "key" and set(parts[i + n :]) & _KEY_ABOUT:
                continue
            if things and phrase[0] == "passport" and not said & _SOMEBODY:
                continue
            return str(what)
    glued = (found for word in parts if (found := _GLUED.search(word)))
    return next((str(_KINDS[str(found.lastgroup)]) for found in glued), "")


def innocent(heading: str, cell: str) -> bool:
    """Whether a cell of a column whose heading names a secret holds none by its look: yes or no,
    the number of a plug's pins, the day on which a password was changed."""
    if _YES_NO.fullmatch(cell):
        return True
    said = set(parts_of(heading))
    if secret(heading) != str(PASSWORD):
        return False
    if said & {"pin", "pins"}:
        return bool(said & _PLUG) and not _LONG_NUMBER.search(cell) and not masked(cell)
    return bool(said & _ABOUT) and _PASSING.fullmatch(cell) is not None
