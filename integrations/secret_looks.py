"""Headings that may mean a secret and something else: their cells tell, by their look."""

import re

from integrations.secret_texts import masked
from integrations.secret_words import BIRTH, OTHER, PASSWORD, SSN
from integrations.secrets import parts_of

#: A name and its password: admin / hunter2. A day, an address of the web and a domain's user
#: (LIN/jdoe) are none.
_PAIR = re.compile(
    r"(?:admin|administrator|root|user|student|teacher|guest|local)\s*[/:|]\s*(?!/)\S{3,}"
    r"|[a-z][\w.@-]*\s*[/:|]\s*(?!/|\d{1,2}[/:.-])(?=\S*[\d!@#$%^&*])[^\s/]{4,}",
    re.ASCII | re.I,
)
#: A network and its password; the address of a card (a4:5e:60:...) is none.
_NETWORK = re.compile(rf"(?!(?:[\da-f]{{2}}[:-]){{3}})(?:{_PAIR.pattern})", re.ASCII | re.I)
#: Headings that may mean a secret and something else: what their cells look like then.
_BY_LOOK = (
    ({"social"}, re.compile(r"\d{3}\W?\d{2}\W?\d{4}|\d{4}", re.ASCII), SSN),
    ({"soc"}, re.compile(r"\d{3}\W?\d{2}\W?\d{4}|\d{4}", re.ASCII), SSN),
    ({"sin"}, re.compile(r"\d{3}[ -]?\d{3}[ -]?\d{3}", re.ASCII), OTHER),
    ({"ss"}, re.compile(r"\d{3}\W?\d{2}\W?\d{4}", re.ASCII), SSN),
    ({"tax", "id"}, re.compile(r"(?!\d\d-)\d{3}[ -]?\d{2}[ -]?\d{4}", re.ASCII), SSN),
    ({"tin"}, re.compile(r"(?!\d\d-)\d{3}[ -]?\d{2}[ -]?\d{4}", re.ASCII), SSN),
    ({"pass"}, re.compile(r"(?=\S*[a-z])(?=\S*[\d!@#$%^&*])[^\s/,:]{5,}", re.ASCII), PASSWORD),
    # A day: schools have days A and B.
    ({"b", "day"}, re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}", re.ASCII), BIRTH),
    ({"pins"}, re.compile(r"\d{4,8}", re.ASCII), PASSWORD),
    ({"keypad"}, re.compile(r"\d{4,8}\W?", re.ASCII), PASSWORD),
    *(
        ({word}, re.compile(r"\d{1,2}([-/ ]{1,3}\d{1,2}){2,3}", re.ASCII), PASSWORD)
        for word in ("combination", "combo")
    ),
    *(
        (
            {word},
            re.compile(r"(?=\S*[a-z])(?=\S*[\d!@#$%^&*])[^\s/,:]{5,}", re.ASCII | re.I),
            PASSWORD,
        )
        for word in ("secret", "clave")
    ),
    ({"key"}, re.compile(r"\d{6}(-\d{6})+", re.ASCII), PASSWORD),
    ({"laps"}, re.compile(r"(?=\S*[A-Za-z])(?=\S*[\d!@#$%^&*])\S{6,}", re.ASCII), PASSWORD),
    ({"device", "code"}, re.compile(r"\d{4}|\d{6}", re.ASCII), PASSWORD),
    ({"last", "4"}, re.compile(r"\d{4}", re.ASCII), SSN),
    *(
        ({word, "number"}, re.compile(r"[3-6]\d{3}([ -]?\d{4}){3}", re.ASCII), OTHER)
        for word in ("acct", "account", "card")
    ),
    *(
        (said, _PAIR, PASSWORD)
        for word in ("admin", "administrator")
        for said in ({word}, {"local", word}, {word, "account"})
    ),
    ({"unlock"}, re.compile(r"\d{4,8}", re.ASCII), PASSWORD),
    *(({word}, _PAIR, PASSWORD) for word in ("credential", "credentials", "creds")),
    *((word, _NETWORK, PASSWORD) for word in ({"wifi"}, {"wi", "fi"})),
    *(({word}, _PAIR, PASSWORD) for word in ("login", "logins", "logon")),
)
#: Words beside them that tell nothing.
_NOTHING = {"student", "stu", "employee", "emp", "staff", "parent", "last", "4", "digits", "1", "2"}


def may_be_secret(heading: str) -> bool:
    """Whether the cells of a column must be looked at to know what its heading means."""
    said = set(parts_of(heading))
    return any(name <= said and said - name <= _NOTHING for name, _look, _what in _BY_LOOK)


def secret_by_look(heading: str, cell: str) -> str:
    """What a column whose heading may mean a secret holds by the look of a cell."""
    said = set(parts_of(heading))
    for name, look, what in _BY_LOOK:
        if name <= said and said - name <= _NOTHING and (look.fullmatch(cell) or masked(cell)):
            return str(what)
    return ""
