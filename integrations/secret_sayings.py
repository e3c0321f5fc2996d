"""Secrets in a text that no word like password announces: a login as people write it, what opens a
lock, the number of a card."""

import re
from collections.abc import Callable

#: Without one of these nobody says it.
_MAY_SAY = re.compile(
    r"[p:] ?[:=]|p/w|p@ss|phrase|wpa|wep|comb|unlock|admin|root|card|visa|amex|\bcc\b"
    r"|\d{4}[ -]\d{4}[ -]",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"""
    \b(?:u|un|user|usr|login)\s*[:=]\s*\S{1,40}[\s,;/|]+(?:p|pw|pwd|pass)\s*[:=]\s*\S+
    | \bp/w(?:\ is)?\s*[:=]?\ *(?=\S*[\d!@\#$%^&*])\S{4,}
    | \bp@ss(?:word|wd|w0rd)?(?:\ is)?\s*[:=]?\ *(?=\S*\d)\S{4,}
    | \bpass\ ?phrase(?:\ is)?[\s:=]+
      (?!.*\b(?:reset|changed?|set|required|expired|forgotten|unknown|needed|lost|protected)\b)
      [a-z]+(?:[ -][a-z]+){2,}
    | \b(?:wpa[23]?|wep)(?:\ key)?\s*[:=]\s*(?=\S*\d)\S{8,}
    | \b(?:combo|combination)(?:\ is)?[\s:=\#]{1,3}\d{1,2}(?P<by>[-/ ])\d{1,2}(?P=by)\d{1,2}\b
    | \bunlock(?:s|ed)?\ ?(?:w/|with|using|code|:)\ ?(?:code\ |pin\ )?\d{4,8}\b
    | \b(?:admin|administrator|root)\s?/\s?(?!(?:room|rm|bldg|wing|floor|office|lab))
      (?-i:(?=[a-z]))(?=\S*\d)[^\s/]{6,}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CARD = re.compile(
    r"(?<![\w-])[3-6]\d{3}(?P<by>[ -]?)\d{4}(?P=by)\d{4}(?P=by)\d{4}(?![\w-])", re.ASCII
)
_CARD_WORD = re.compile(r"\b(?:card|visa|master ?card|amex|cc)\b", re.IGNORECASE)


def is_card(text: str) -> bool:
    """Whether a number is one of a card, by its last digit."""
    found = [int(c) for c in text if c.isdecimal()]
    doubled = (n * 2 - 9 if n > 4 else n * 2 for n in found[-2::-2])
    return _CARD.fullmatch(text) is not None and (sum(found[-1::-2]) + sum(doubled)) % 10 == 0


def without_sayings(cell: str, left_out: Callable[["re.Match[str]"], str]) -> str:
    """A text without such secrets; `left_out`: what stands there instead. A number alone in its
    cell may be a serial."""
    if not _MAY_SAY.search(cell):
        return cell
    cell = _SAID.sub(left_out, cell)
    named = _CARD_WORD.search(cell) is not None

    def without(found: "re.Match[str]") -> str:
        alone = found[0] == cell.strip()
        card = is_card(found[0]) and (named or (found["by"] and not alone))
        return left_out(found) if card else found[0]

    return _CARD.sub(without, cell)
