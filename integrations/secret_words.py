"""Words of headings that announce what nobody should have sent, and words that only seem to."""

import re

from django.utils.translation import gettext_lazy

SSN = gettext_lazy("social security numbers")
BIRTH = gettext_lazy("dates of birth")
PASSWORD = gettext_lazy("passwords or PINs")
OTHER = gettext_lazy("numbers of papers or accounts of a person")

WORDS = {
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
    "medicaid": OTHER,
    "medicare": OTHER,
}
PHRASES = {
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
    ("driver", "license"): OTHER,
    ("drivers", "license"): OTHER,
    ("driver", "s", "license"): OTHER,
    ("passport", "number"): OTHER,
    ("credit", "card"): OTHER,
    ("bank", "account"): OTHER,
    ("cc", "number"): OTHER,
    ("dl", "number"): OTHER,
    ("parent", "dl"): OTHER,
    ("guardian", "dl"): OTHER,
    ("screen", "code"): PASSWORD,
}
#: Words that nothing parts: STUDENTSSN, dateofbirth, userpassword.
GLUED = re.compile(
    r"(?P<password>password|passwd|passphrase|pswd|passwrd|(?:unlock|bypass)code"
    r"|(?:bitlocker|filevault|recovery)(?:recovery)?key(?!id))"
    r"|(?P<birth>dateofbirth|birthdate|birthday)"
    r"|(?P<ssn>socialsecurity|socsec)"
    r"|^(?:student|stu|person|people|pupil|employee|emp|staff|teacher|user|parent|guardian|child|legal)"
    r"(?:(?P<ssn2>ssn)|(?P<birth2>dob)|(?P<pin>pin|pwd))(?:number)?\d*$"
    r"|^(?:login|logon|admin|user|wifi|bios|temp)(?P<pass>pass)\d*$"
    r"|^(?P<ssn3>ssn)(?:number)?(?:last)?\d*$"
)
KINDS = {
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
ACCOUNT = {
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
SOMEBODY = {
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
KEY_ABOUT = {"id", "ids", "escrow", "escrowed", "status", "type", "count", "ring", "holder", "tag"}
#: Words beside a pin's that make it one of a plug, and beside a password's that say when or
#: whether, not what it is.
PLUG = {
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
ABOUT = {
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
