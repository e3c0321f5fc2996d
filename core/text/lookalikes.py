"""Characters that look like others, and those that nobody sees: web pages and word processors put
them between the letters that people mean. Whatever is compared or kept is plain."""

import unicodedata

_SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000"
)
_HYPHENS = "\u2010\u2011"
#: Soft hyphen, zero-width space and its like, marks of direction, the byte order mark. What turns
#: the direction of the letters after it (U+202E) changes what is shown, and stays for the rules to
#: refuse.
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
_PLAIN = str.maketrans(
    dict.fromkeys(_SPACES, " ") | dict.fromkeys(_HYPHENS, "-") | dict.fromkeys(_UNSEEN, "")
)
#: Joiners part or join letters of some scripts (Persian, Hindi) and tell nothing in any other.
_JOINERS = str.maketrans(dict.fromkeys("\u200c\u200d", ""))


def plain(text: str) -> str:
    """A text with the usual space and hyphen, its letters in one piece with their accents, and
    without what nobody sees."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text.translate(_PLAIN))
    joins = any("\u0600" <= c < "\u2000" or c > "\u2bff" for c in text)
    return text if joins else text.translate(_JOINERS)


#: What people and their programs put for an apostrophe, the straight one first.
_APOSTROPHES = "'\u2018\u2019\u02bc\u02bb\u00b4`\u2032\uff07"
_STRAIGHT = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))


def straight(name: str) -> str:
    """A name with straight apostrophes."""
    return name.translate(_STRAIGHT)


def apostrophes(name: str) -> set[str]:
    """A name as it may be kept: with a straight apostrophe, or with the curly one of Word."""
    return {name, straight(name), straight(name).replace("'", "\u2019")}


def plain_code(text: str) -> str:
    """A tag, a serial or another code as everybody types it: plain, in the usual width and
    digits."""
    if text.isascii():
        return text
    return "".join(map(_usual, plain(text)))


def _usual(letter: str) -> str:
    if "\uff01" <= letter <= "\uff5e":  # the wide letters of another keyboard
        return chr(ord(letter) - 0xFEE0)
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
