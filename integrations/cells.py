"""Cells to values; each function raises ValueError with the sentence that the preview shows."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from assets.codes.broken import DATED, DECIMAL, ERRORS, GROUPED, SCIENTIFIC
from assets.codes.shape import unstarred
from core.text.lines import control_problems, has_lines, in_one_line, unseen_problems
from core.text.lookalikes import plain_code
from integrations.dates import day, past_day
from integrations.formats import CENT, DUST, MARKED

__all__ = ["aln", "code", "day", "money", "name", "nces_id", "past_day", "percent", "text"]

#: Of a name: as long as no version of a model is.
_LONG_DECIMAL = re.compile(r"\d{3,}\.0{1,2}", re.ASCII)
#: A number and the format that nobody understands.
_FORMATTED = re.compile(r"-?\d[\d.]*(e[+-]?\d+)?\s*\u27e6", re.ASCII)
_THREE = re.compile(r"[1-9]\d{0,2}\.\d\d0", re.ASCII)
_NUMBERED = re.compile(r"#\s*\d+", re.ASCII)
_NUMBER = re.compile(r"\d+(\.\d*)?", re.ASCII)
_ALN = re.compile(r"\d{2}\.\d{3}", re.ASCII)
NCES = 12  # digits of a school's id there
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?", re.ASCII)
_AMOUNT = re.compile(r"\d+(\.\d*)?|\.\d+", re.ASCII)
_CURRENCY = re.compile(r"^(US\$|USD|\$)\s*|\s*(USD|US\$)$")


def text(value: str, longest: int) -> str:
    """A trimmed text in one line, without control characters: two lines may be two of them. A
    spreadsheet's #N/A is none, nor is a number that it shows in a way of its own."""
    if has_lines(value):
        raise ValueError(_("It has several lines. Write in one line what it means."))
    value = in_one_line(value).strip()
    if ERRORS.fullmatch(value):
        raise ValueError(_("What wrote the file failed here: %s. Write what it should be.") % value)
    if "\ufffd" in value:
        raise ValueError(_("A letter in it could not be read. Write it anew."))
    if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
        raise ValueError(_("It holds half a character, which is no text."))
    if not value.isascii() and value:
        for problem in (*control_problems(value), *unseen_problems(value)):
            raise ValueError(problem.message)
        if _FORMATTED.match(value) and (found := MARKED.search(value)):
            raise ValueError(_not_understood(found[1]))
    if len(value) > longest:
        raise ValueError(_("It is longer than %s characters.") % longest)
    return value


def name(value: str, longest: int) -> str:
    """A name, whose words one space parts: with two it would stand beside itself. What a
    spreadsheet made of a room, a model or an award is refused, as it is of a code."""
    if not has_lines(value):
        value = " ".join(value.split())
    value = text(value, longest)
    if not value.isalnum():
        refuse_made(value)
        if _LONG_DECIMAL.fullmatch(value):  # 2.0 may be a model
            raise ValueError(_decimal(value))
    return value


def aln(value: str, longest: int = 10) -> str:
    """An assistance listing number has three decimals: a spreadsheet shows 84.010 as 84.01."""
    value = text(value, longest)
    if _NUMBER.fullmatch(value) and not _ALN.fullmatch(value):
        message = _(
            "An assistance listing number is like 84.010, with three decimals: %s may have lost a "
            "zero. Write it whole, or format the column as text."
        )
        raise ValueError(message % value)
    return code(value, longest)


def nces_id(value: str, longest: int = 16) -> str:
    """The twelve digits of a school: where its state's begin with a zero, one may be lost."""
    value = code(value, longest)
    if value.isascii() and value.isdecimal() and len(value) == NCES - 1:
        message = _(
            "The NCES id of a school has 12 digits: %s may have lost a zero. Write it whole, or "
            "format the column as text."
        )
        raise ValueError(message % value)
    return value


def thing_code(value: str, longest: int = 128) -> str:
    """A tag or a serial: a code as the register keeps them."""
    return code(plain_code(value), longest)


def code(value: str, longest: int = 128) -> str:
    """A serial, tag or id, verbatim. What a spreadsheet made of one is refused: 1.23E+15 has lost
    digits, 2-Jan was something else, and a format may show what the number does not say. So is a
    number written as a quantity (900451.0, 900,452) or with a sign before it (#900452): it would
    stand beside the same number."""
    value = text(unstarred(value), longest)
    if value.isalnum():
        return value  # the usual one: what a spreadsheet makes of a code has signs in it
    refuse_made(value)
    if DECIMAL.fullmatch(value):
        raise ValueError(_decimal(value))
    if _NUMBERED.fullmatch(value):
        raise ValueError(_("Write the number without the sign before it: %s.") % value)
    if found := MARKED.search(value):
        raise ValueError(_not_understood(found[1]))
    return value


def refuse_made(value: str) -> None:
    """Raises ValueError where a spreadsheet made a number or a date of what somebody wrote."""
    if SCIENTIFIC.fullmatch(value):
        raise ValueError(
            _(
                "A spreadsheet turned this number into %s and lost digits. Format the "
                "column as text."
            )
            % value
        )
    if DATED.fullmatch(value):
        raise ValueError(
            _("A spreadsheet turned this into a date: %s. Format the column as text.") % value
        )
    if GROUPED.fullmatch(value):
        raise ValueError(
            _("A spreadsheet put commas into this number: %s. Format the column as text.") % value
        )


def _decimal(value: str) -> str:
    return (
        _("A spreadsheet turned this number into a decimal: %s. Format the column as text.") % value
    )


def _not_understood(form: str) -> str:
    return (
        _("The sheet shows this number as %s, which is not understood. Format the column as text.")
        % form
    )


def without_format(value: str) -> str:
    """A text without the mark of a format that nobody understands: the number itself."""
    return MARKED.sub("", value) if _FORMATTED.match(value) else value


def two_ways(value: str) -> str:
    """Why a number with three decimals is not read: 1.000 is a thousand elsewhere. Empty for any
    other number, also for one that has no cents (1.349)."""
    if not _THREE.fullmatch(value):
        return ""
    words = {"it": value, "one": f"{Decimal(value).normalize():f}", "many": value.replace(".", ",")}
    return _("%(it)s can be %(one)s or %(many)s. Write it in one of these ways.") % words


def money(value: str) -> Decimal:
    """Dollars and cents: 1234.5, $1,234.50. A comma that groups no thousands could be anything:
    349,00 is refused, not read as 34,900."""
    plain = MARKED.sub("", value).strip()
    if plain.startswith(("-", "(")) or re.search(r"(?<![,.])-$", plain):  # 349,- is whole
        raise ValueError(_("An amount is not negative."))
    plain = _CURRENCY.sub("", plain, count=1).strip()
    if plain.startswith(("-", "(")):
        raise ValueError(_("An amount is not negative."))
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _AMOUNT.fullmatch(plain):
        raise ValueError(_("Write the amount as 1234.50 or 1,234.50."))
    if why := two_ways(plain):
        raise ValueError(why)
    if len(plain) > 40:
        raise ValueError(_("An amount is below a hundred billion."))
    amount = Decimal(plain)
    if amount >= Decimal(10) ** 11:
        raise ValueError(_("An amount is below a hundred billion."))
    cents = amount.quantize(CENT)
    if amount != cents and not has_dust(plain):
        raise ValueError(_("Amounts have two decimals."))
    return cents


def has_dust(value: str) -> bool:
    """Whether an amount ends in what binary fractions leave behind: 1299.9900000000002."""
    decimals = value.partition(".")[2]
    if len(decimals) < 10 or not decimals.isdecimal():
        return False
    amount = Decimal(f"0.{decimals[:30]}")
    return abs(amount - amount.quantize(CENT)) < DUST


def percent(value: str) -> Decimal:
    """0 to 100, with or without the sign. Up to 1 without it may be a part of one: 0.6 is 60%, or
    it is not."""
    plain = MARKED.sub("", value).strip()
    number = plain.removesuffix("%").strip()
    if not _AMOUNT.fullmatch(number.removeprefix("-")):
        raise ValueError(_("This is no percentage. Write it as 12.5 or 12.5%."))
    found = Decimal(number)
    if not 0 <= found <= 100:
        raise ValueError(_("A percentage lies between 0 and 100."))
    if 0 < found <= 1 and not plain.endswith("%"):
        words = {"part": plain, "whole": f"{(found * 100).normalize():f}"}
        message = _("%(part)s can be %(part)s%% or %(whole)s%%. Write it with its sign.")
        raise ValueError(message % words)
    return found
