"""Cells to values; each function raises ValueError with the sentence that the preview shows."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from core import days

_SCIENTIFIC = re.compile(r"^\d(\.\d+)?[eE]\+?\d+$")


_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?")
_AMOUNT = re.compile(r"\d+(\.\d*)?|\.\d+", re.ASCII)
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AP]M)?(Z|[+-]\d{2}:?\d{2})?$", re.I)
_DAYS = (
    "%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y%m%d", "%m/%d/%y", "%m-%d-%y", "%d-%b-%Y",
    "%d-%b-%y", "%b %d, %Y", "%B %d, %Y",
)  # fmt: skip


def text(value: str, longest: int) -> str:
    """A trimmed text without control characters. A spreadsheet's #N/A is none."""
    if not value.isprintable():
        value = "".join(c if c >= " " else " " for c in value)
    value = value.strip()
    if value.upper() in _ERRORS:
        raise ValueError(_("A formula of the spreadsheet failed here: %s.") % value)
    if len(value) > longest:
        raise ValueError(_("It is longer than %s characters.") % longest)
    return value


def code(value: str, longest: int = 128) -> str:
    """A serial, tag or id, verbatim. Excel's 1.23E+15 has lost digits and is refused."""
    value = text(value, longest)
    if _SCIENTIFIC.match(value):
        raise ValueError(
            _(
                "A spreadsheet turned this number into %s and lost digits. Format the column as text."
            )
            % value
        )
    return value


def money(value: str) -> Decimal:
    """Dollars and cents: 1234.5, $1,234.50. A comma that groups no thousands could be anything:
    349,00 is refused, not read as 34,900."""
    plain = value.strip().removeprefix("$").strip()
    if plain.startswith(("-", "(")):
        raise ValueError(_("An amount is not negative."))
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _AMOUNT.fullmatch(plain):
        raise ValueError(_("Write the amount as 1234.50 or 1,234.50."))
    amount = Decimal(plain)
    if amount >= Decimal(10) ** 11:
        raise ValueError(_("An amount is below a hundred billion."))
    if amount != amount.quantize(Decimal("0.01")):
        raise ValueError(_("Amounts have two decimals."))
    return amount.quantize(Decimal("0.01"))


def percent(value: str) -> Decimal:
    """0 to 100, with or without the sign."""
    try:
        found = Decimal(value.strip().removesuffix("%").strip())
    except InvalidOperation as error:
        raise ValueError(_("This is no per cent.")) from error
    if not found.is_finite() or not 0 <= found <= 100:
        raise ValueError(_("A per cent lies between 0 and 100."))
    return found


def day(value: str) -> date:
    """2025-08-12, 08/12/2025, 8/12/25 (two digits: up to 1 year ahead, else the past),
    Aug 12, 2025, each also with a time of day, or Excel's serial number."""
    value = _CLOCK.sub("", " ".join(value.split()))
    for pattern in _DAYS:
        try:
            found = datetime.strptime(value, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
        if pattern.endswith("%y") and found.year > days.today().year + 1:
            found = found.replace(year=found.year - 100)
        if 1900 <= found.year <= 2100:
            return found
    if value.isdecimal() and 20000 <= int(value) <= 80000:
        return date(1899, 12, 30) + timedelta(days=int(value))
    raise ValueError(_("Write the date as 2025-08-12 or 08/12/2025."))


def past_day(value: str) -> date:
    """A day on which something was so already: not after today in the district."""
    found = day(value)
    if found > days.today():
        raise ValueError(_("%s is in the future.") % value)
    return found
