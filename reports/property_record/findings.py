"""What an auditor would ask about, shown first (UG-02, 04, 07, 08, 09; 2 CFR 200.313(d))."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from assets.models import Status
from funding.models import Unit
from reports.dataset import Finding

MONTHS = 24


def months_before(day: date, months: int) -> date:
    """The same day some months earlier (the month's last day where it has fewer)."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError


class Findings:
    """Collects exceptions while the rows are built."""

    def __init__(self, as_of: date) -> None:
        self._limit = months_before(as_of, MONTHS)
        self._tags: dict[str, list[str]] = defaultdict(list)
        self._disposed = str(Status.DISPOSED.label)
        self._gone = {str(s.label) for s in (Status.DISPOSED, Status.LOST, Status.STOLEN)}
        self._away = {str(s.label) for s in (Status.MISSING, Status.LOST, Status.STOLEN)}

    def look(self, row: dict[str, Any], *, federal: bool) -> None:
        """Note what is missing or contradictory in a row."""
        tag, tags = row["tag"], self._tags
        here = row["status"] not in self._gone
        if row["cost"] is None:
            tags["cost-unknown"].append(tag)
        elif row["federal"] + (row["other_amount"] or 0) != row["cost"]:
            tags["shares"].append(tag)
        if not row["serial"]:
            tags["serial"].append(tag)
        if not row["title_holder"]:
            tags["title"].append(tag)
        if not row["acquired_on"]:
            tags["acquired"].append(tag)
        if federal and not row["fain"]:
            tags["fain"].append(tag)
        if here and not row["room"] and not row["custodian"]:
            tags["place"].append(tag)
        if here and not row["condition"]:
            tags["condition"].append(tag)
        if here and not row["use"]:
            tags["use"].append(tag)
        if here and (row["last_verified_on"] is None or row["last_verified_on"] < self._limit):
            tags["verified"].append(tag)
        if row["status"] in self._away:
            tags["missing"].append(tag)
        if row["status"] == self._disposed and (
            row["sale_price"] is None or not row["disposed_on"]
        ):
            tags["disposition"].append(tag)

    def units_without_assets(self, units: Sequence[int]) -> None:
        """Things that were paid for and are not in the register (completeness)."""
        for i in range(0, len(units), 500):
            found = Unit.objects.filter(pk__in=units[i : i + 500]).select_related("line__purchase")
            self._tags["untagged"] += [
                f"{u.line.purchase.number}/{u.line.number} #{u.number}"
                for u in found.order_by("pk")
            ]

    def found(self) -> tuple[Finding, ...]:
        """The findings, gravest first."""
        sentences = {
            "untagged": _("Paid for and received, but no thing in the register"),
            "cost-unknown": _("Unit cost unknown"),
            "shares": _("The shares do not add up to the cost"),
            "missing": _("Missing, lost or stolen"),
            "fain": _("No FAIN"),
            "title": _("Nobody stated as holding title"),
            "acquired": _("No acquisition date"),
            "disposition": _("Disposed without date or sale price"),
            "verified": _("Not seen in the 24 months before"),
            "place": _("No room and no custodian"),
            "serial": _("No serial number"),
            "condition": _("Condition unknown"),
            "use": _("Use not stated"),
        }
        return tuple(
            Finding(
                code, str(sentence), len(self._tags[code]), tuple(sorted(self._tags[code])[:200])
            )
            for code, sentence in sentences.items()
            if self._tags.get(code)
        )
