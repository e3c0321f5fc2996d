"""Cells to values; each function raises ValueError with the sentence that the preview shows."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

_SCIENTIFIC = re.compile(r"^\d(\.\d+)?[eE]\+?\d+$")


def text(value: str, longest: int) -> str:
    """A trimmed text without control characters."""
    value = "".join(c if c >= " " else " " for c in value).strip()
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
    """Dollars and cents: 1234.5, $1,234.50."""
    plain = value.strip().removeprefix("$").replace(",", "").strip()
    try:
        amount = Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(_("This is no amount of money.")) from error
    if not amount.is_finite() or amount < 0 or amount >= Decimal(10) ** 11:
        raise ValueError(_("An amount is not negative and below a hundred billion."))
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
    """2025-08-12, 08/12/2025, 8/12/25 (two digits: up to 1 year ahead, else the past) or Excel's
    serial number."""
    value = value.strip()
    for pattern in ("%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y", "%Y/%m/%d", "%m/%d/%y", "%d-%b-%Y"):
        try:
            found = datetime.strptime(value[:19].split("T")[0], pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
        if pattern == "%m/%d/%y" and found.year > datetime.now().year + 1:  # noqa: DTZ005
            found = found.replace(year=found.year - 100)
        if 1900 <= found.year <= 2100:
            return found
    if value.isdigit() and 20000 <= int(value) <= 80000:
        return date(1899, 12, 30) + timedelta(days=int(value))
    raise ValueError(_("Write the date as 2025-08-12 or 08/12/2025."))
