"""Secrets within a text: what stands beside a word like SSN, DOB, password or key, or looks like
one by itself."""

import re

from django.utils.translation import gettext as _

from integrations.secret_sayings import without_sayings

#: A cell that is a social security number; none begins with 000, 666 or 9.
NUMBER = re.compile(r"(?!000|666|9)\d{3}( ?[-‐-―−] ?| )(?!00)\d{2}\1(?!0000)\d{4}")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_PHRASE = re.compile(
    rf"""
    \b(?:ssn|ss\ ?(?:\#|no\b|number)|soc(?:ial)?[ .]*sec(?:urity)?(?:[ .]*(?:no|num|number))?)
      [\W_]{{0,4}}(?:(?:is|was)\ )?\d{{3}}\W?\d{{2}}\W?\d{{4}}\b
    | \bsocial(?:\ ?(?:\#|no\b|number))?[\W_]{{0,4}}(?:(?:is|was)\ )?
      \d{{3}}[-. ]?\d{{2}}[-. ]?\d{{4}}\b
    | \bssn(?:\ last\ (?:4|four))?[\W_]{{0,4}}\d{{4}}\b
    | \b(?:dob|d\.o\.b\.?|date\ of\ birth|birth[ _-]?da(?:te|y)|b-?day|born|fecha\ de\ nacimiento)
      [\W_]{{0,4}}(?:on\ |is\ |was\ |es\ )?
      (?:\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}} | \d{{8}}\b | \d{{6}}\b
        | {_MONTH}\ *\d{{1,2}}(?:st|nd|rd|th)?,?\ *\d{{2,4}}\b
        | \d{{1,2}}(?:st|nd|rd|th)?[ -]*{_MONTH},?[ -]*\d{{2,4}}\b)
    | \b(?:passwords?|passwd|pass[ -]?codes?|passphrase|pwd|pw|pword|psw
        |passcd|passwort|contrase(?:ñ|n\u0303?)a)
      (?:\ (?:is|was|es))?\s*[:=]\s*(?:"[^"]*"|“[^”]*”|'[^']*'|\S+)
    | \b(?:password|passwd|pass[ -]?code|passphrase|pwd|pw)-
      (?!\d+-?(?:digits?|characters?|chars?)\b)(?=\S*\d)\S{{4,}}
    | \b(?:password|passwd|pass[ -]?code|passphrase|pwd|pword|psw|passcd|passwort
        |pw(?=\ (?:is|was)\ )|contrase(?:ñ|n\u0303?)a)
      (?:\ (?:is|was|es|set\ to|changed\ to))?\ (?:-\ )?
      (?!\d+-?(?:digits?|characters?|chars?)\b)(?=\S*\d)\S{{4,}}
    | (?<!\d-)(?<!\bpush\ )\bpin(?:[ -]?code)?(?:\ ?(?:\#|number|no\.?))?(?:\ (?:is|was))?[\s:=\#]*
      (?<![a-z])\d{{4,8}}\b(?!-|\ ?(?:ct|count|pk|pack|pcs|pieces)\b)
    """,
    re.I | re.X,
)
#: One in a sentence that no word announces; a budget's or a maker's code of that look has its own.
_BARE = re.compile(
    r"(?<![\w.‐-―−-])(?!000|666|9)\d{3}(?P<by> ?[-‐-―−] ?|\.)(?!00)\d{2}(?P=by)(?!0000)\d{4}"
    r"(?![\w‐-―−-]|\.\w)",
    re.ASCII,
)
_PARTED = re.compile(r"\d{3}(?: ?[-‐-―−] ?|\.)\d\d\D", re.ASCII)
#: A recovery key of BitLocker or FileVault, wherever it stands.
_RECOVERY = re.compile(
    r"(?<![\d-])\d{6}(?:-\d{6}){7}(?![\d-])|(?<![\w-])[A-Z0-9]{4}(?:-[A-Z0-9]{4}){5}(?![\w-])"
)
#: Words without one of which nobody writes a login down, or a key.
_SPOKEN = re.compile(r"\bpass\b|\bpw|\bpas?sw|\bpswd|\bpsk\b|\blog-?[io]n\b|\bcred")
_KEYED = re.compile(r"[a-z2] (?:key|code|pass|pw)\b")
_ACCOUNT = (
    r"(?:admin|administrator|root|user|username|login|log\ ?on|bios|uefi|firmware|wi-?fi|wlan"
    r"|network|local|default|device|temp|temporary|e-?mail|windows|computer|laptop|ipad|chromebook)"
)
_LOGIN = re.compile(
    rf"""
    (?P<pass>\bpass\s*[:=]\s*(?P<said>\S{{4,}}))
    | \b(?:pswd|passwrd|psswd|psk)(?:\ (?:is|was))?(?:\s*[:=]\s*\S+|\ (?:-\ )?(?=\S*\d)\S{{4,}})
    | \b{_ACCOUNT}\ (?:pw|pass)\ (?:is\ |was\ |-\ )?(?=\S*[\d!@$%^&*])\S{{4,}}
    | \b(?-i:pw)\ (?=\S*[a-z])(?=\S*\d)\S{{5,}}
    | \b(?:log-?in|logon|cred(?:ential)?s?)\b\W{{0,3}}[a-z]\w*\s?/\s?(?=\S*\d)\S{{4,}}
    """,
    re.I | re.X,
)
_KEY = re.compile(
    r"""
    \b(?:wi-?fi|wlan|wireless|wpa2?|wep|network|bit\ ?locker|file\ ?vault
      |recovery|encryption|unlock|bypass|alarm|api)(?:\ recovery)?\ (?:key|code|pass|pw)
      (?:\ (?:is|was))?[\s:=\#-]+(?=\S*\d)\S{4,}
    """,
    re.I | re.X,
)
#: A name and its password, in a text that speaks of one.
_PAIR = re.compile(
    r"\b(admin|administrator|root|user|student|guest|local)\s?/\s?(?=\S*\d)\S{4,}", re.I
)
#: Passes that are carried, and what a test or a class was passed with.
_CARRIED = {
    "bus",
    "hall",
    "day",
    "boarding",
    "library",
    "parking",
    "season",
    "guest",
    "visitor",
    "lunch",
    "gate",
    "annual",
    "first",
    "second",
    "1st",
    "2nd",
    "final",
    "test",
    "inspection",
    "transit",
    "lab",
}
_PASSED = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\W*|(\d{1,2}[-/])?\d{4}\W*", re.ASCII)
_BY_NAME = re.compile(r"\b(?:log-?in|logon|user|username|account|admin|cred)", re.I)
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


def gap() -> str:
    """What stands where something was left out."""
    return _("[left out]")


def _left_out(_found: "re.Match[str]") -> str:
    return gap()


def _login(found: "re.Match[str]") -> str:
    """A login's gap; a pass that is carried, or that says when something was passed, stays."""
    if found["pass"]:
        before = found.string[: found.start()]
        said, last = found["said"], re.findall(r"\w+", before[-40:].lower())[-1:]
        if _CARRIED.intersection(last):
            return found[0]
        plain = _PASSED.fullmatch(said) or not re.search(r"\d", said)
        if plain and _BY_NAME.search(before) is None:
            return found[0]
    return _left_out(found)


def _bare(found: "re.Match[str]") -> str:
    before = re.findall(r"[a-z]+", found.string[max(0, found.start() - 40) : found.start()].lower())
    return found[0] if _CODED.intersection(before[-2:]) else _left_out(found)


def without_secrets(cell: str) -> str:
    """A text without the number, birthday or password that stands beside its word in it, and
    without a social security number among other words."""
    said = cell.casefold()
    cell = _PHRASE.sub(_left_out, cell)
    if _KEYED.search(said):
        cell = _KEY.sub(_left_out, cell)
    if _SPOKEN.search(said):
        cell = _LOGIN.sub(_login, cell)
        if gap() in cell:
            cell = _PAIR.sub(lambda found: f"{found[1]}/{gap()}", cell)
    if "-" in cell:
        cell = _RECOVERY.sub(_left_out, cell)
    cell = without_sayings(cell, _left_out)
    # A number alone in its cell is judged with its column; one with points may be any code there.
    if _PARTED.search(cell) and not _BARE.fullmatch(cell.strip()):
        cell = _BARE.sub(_bare, cell)
    return cell


def masked(heading: str) -> bool:
    """Whether something was left out of a heading: its column's cells are of the same kind."""
    return gap() in heading


def looks_secret(cell: str) -> bool:
    """Whether a cell is a social security number by its look."""
    return NUMBER.fullmatch(cell.strip()) is not None
