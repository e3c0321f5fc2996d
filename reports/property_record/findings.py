"""What an auditor would ask about, shown first (2 CFR 200.313(d))."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assets.models import Condition, DisposalMethod, Status
from assets.models.custody import SEEN_WITHIN
from core.time import days
from funding.models import Award, Unit
from reports.dataset import Finding
from reports.property_record.columns import Row
from reports.property_record.then import Then


def wordless(tags: Sequence[str]) -> tuple[Finding, ...]:
    """What is said of things whose typed words of that time nobody can tell. It stands beside the
    dataset: that somebody changed them since changes no fact of then."""
    if not tags:
        return ()
    message = _("What was typed of them then cannot be told: it was changed since, and is not kept")
    return (Finding("words", message, len(tags), tuple(sorted(tags))),)


class Findings:
    """Collects exceptions while the rows are built."""

    def __init__(self, as_of: date) -> None:
        self._as_of = as_of
        self._listed: dict[date, list[str]] = defaultdict(list)
        self._limit = days.months_before(as_of, SEEN_WITHIN)
        self._tags: dict[str, list[str]] = defaultdict(list)
        self._serials: dict[tuple[str, str], str] = {}
        self._again: dict[tuple[str, str], list[str]] = {}
        self._over = self._off = ""
        self._units: dict[int, str] = {}
        self._untold = 0
        self._later: date | None = None
        self._disposed = str(Status.DISPOSED.label)
        self._gone = {str(s.label) for s in (Status.DISPOSED, Status.LOST, Status.STOLEN)}
        self._away = {str(s.label) for s in (Status.MISSING, Status.LOST, Status.STOLEN)}
        self._no_condition = {"", str(Condition.UNKNOWN.label)}
        self._no_method = {"", str(DisposalMethod.UNKNOWN.label)}

    def of_unit(self, unit: int, tag: str) -> None:
        """Note two things that stand for one unit: its money would be counted twice."""
        if (first := self._units.setdefault(unit, tag)) is not tag:
            self._tags["unit-twice"] += [tag] if first in self._tags["unit-twice"] else [first, tag]

    def ledger(self, said: Decimal, whole: Decimal) -> None:
        """Note where the rows and what is no thing in the register are not the ledger."""
        if said != whole:
            words = {"said": f"${said:,.2f}", "whole": f"${whole:,.2f}"}
            message = _("The rows and what is no item, %(said)s, are not the ledger's %(whole)s")
            self._off = message % words

    def look(self, row: Row, *, federal: bool) -> None:
        """Note what is missing or contradictory in a row."""
        tag, tags = row.tag, self._tags
        here = row.status not in self._gone
        self._look_at_cost(row)
        if not row.serial:
            tags["serial"].append(tag)
        elif here:
            self._look_at_serial(row)
        if not row.title_holder:
            tags["title"].append(tag)
        if not row.acquired_on:
            tags["acquired"].append(tag)
        if federal and not row.fain:
            tags["fain"].append(tag)
        if here and not row.room and not row.custodian:
            tags["place"].append(tag)
        if here:
            self._look_at_condition(row)
        if here and not row.use:
            tags["use"].append(tag)
        if here and (row.last_verified_on is None or row.last_verified_on < self._limit):
            tags["verified"].append(tag)
        if row.status in self._away:
            tags["missing"].append(tag)
        if row.status == self._disposed:
            self._look_at_disposal(row)

    def _look_at_cost(self, row: Row) -> None:
        if row.cost is None:
            self._tags["cost-unknown"].append(row.tag)
        elif not row.cost:
            self._tags["cost-zero"].append(row.tag)
        elif row.federal + row.other_amount != row.cost:
            self._tags["shares"].append(row.tag)

    def of_thing(self, tag: str, listed_on: date | None, share: Decimal) -> None:
        """Note a share of nothing, and what only a later list says of this day."""
        if not share:
            self._tags["share-zero"].append(tag)
        if listed_on is not None and listed_on > self._as_of:
            self._listed[listed_on].append(tag)

    def _look_at_serial(self, row: Row) -> None:
        key = row.description, row.serial.upper()
        if (first := self._serials.setdefault(key, row.tag)) is not row.tag:
            self._again.setdefault(key, [first]).append(row.tag)

    def _look_at_condition(self, row: Row) -> None:
        noted = row.condition_on
        if row.condition in self._no_condition:
            self._tags["condition"].append(row.tag)
        elif noted is None or noted < self._limit:
            self._tags["condition-old"].append(row.tag)

    def _look_at_disposal(self, row: Row) -> None:
        tags, left = self._tags, row.disposed_on
        if not left or row.sale_price is None or row.method in self._no_method:
            tags["disposition"].append(row.tag)
        if left and row.acquired_on and left < row.acquired_on:
            tags["left-before"].append(row.tag)

    def shares_of(self, award: Award, paid: Decimal) -> None:
        """Note where units bear more of an award than was awarded."""
        if award.amount is not None and paid > award.amount:
            words = {"paid": f"${paid:,.2f}", "amount": f"${award.amount:,.2f}"}
            message = _("The shares of items, %(paid)s, are more than the award, %(amount)s")
            self._over = message % words

    def text_in_doubt(self, tag: str) -> None:
        """Note a thing whose verdict hangs on a text of 2 CFR 200 that nobody can tell."""
        self._tags["text"].append(tag)

    def registered(self, first: date | None) -> None:
        """Note that the award came into the register only on a day after what is asked."""
        self._later = first

    def untold(self, records: int) -> None:
        """Note that nobody wrote down how some records were at the instant that is asked of."""
        self._untold = records

    def units_without_assets(self, units: Sequence[int], then: Then) -> None:
        """Things that were paid for and are not in the register (completeness)."""
        for i in range(0, len(units), 500):
            found = Unit.objects.filter(pk__in=units[i : i + 500]).select_related("line__purchase")
            self._tags["untagged"] += [
                f"{then.purchases.of(u.line.purchase).number}"
                f"/{then.lines.of(u.line).number} #{then.units.of(u).number}"
                for u in found.order_by("pk")
            ]

    def found(self) -> tuple[Finding, ...]:
        """The findings, gravest first."""
        for same in self._again.values():
            self._tags["serial-twice"] += same
        found = [Finding("ledger", self._off, 1, ())] if self._off else []
        found += [Finding("over-award", self._over, 1, ())] if self._over else []
        if self._later:
            message = _(
                "The award was not in the register then: its terms are those of its first entry, %s"
            )
            message %= date_format(self._later, "SHORT_DATE_FORMAT")
            found.append(Finding("award-later", message, 1, ()))
        if self._untold:
            message = _(
                "It cannot be told how these records were then: they were written down later"
            )
            found.append(Finding("untold", message, self._untold, ()))
        sentences = {
            "unit-twice": _("Two items stand for one unit: its money is counted twice"),
            "untagged": _("Paid for and received, but no item in the register"),
            "cost-unknown": _("Unit cost unknown"),
            "cost-zero": _("Unit cost of $0.00"),
            "share-zero": _("The award's share of it is $0.00"),
            "shares": _("The shares do not add up to the cost"),
            "missing": _("Missing, lost or stolen"),
            "fain": _("No FAIN"),
            "text": _(
                "Equipment or supply hangs on which text of 2 CFR 200 holds, which cannot be told"
            ),
            "title": _("Nobody stated as holding title"),
            "acquired": _("No acquisition date"),
            "disposition": _("Disposed without date, method or sale price (zero is a price)"),
            "left-before": _("Disposed before it was acquired"),
            "verified": _("Not seen in the 24 months before"),
            "place": _("No room and no custodian"),
            "condition": _("Condition unknown"),
            "condition-old": _("Condition not noted in the 24 months before"),
            "serial-twice": _("One serial number on two items of the same product"),
            "serial": _("No serial number: the tag alone identifies it"),
            "use": _("Use not stated"),
        }
        found += [
            Finding(code, str(sentence), len(tags), tuple(sorted(tags)))
            for code, sentence in sentences.items()
            if (tags := self._tags.get(code))
        ]
        for day, tags in sorted(self._listed.items()):
            words = {"day": date_format(day, "SHORT_DATE_FORMAT")}
            sentence = _("Not evidenced on this day: as listed on %(day)s") % words
            found.append(Finding(f"listed-{day}", sentence, len(tags), tuple(sorted(tags))))
        return tuple(found)
