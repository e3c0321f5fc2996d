"""R1's columns in order, and the two that say equipment or supply and why."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from reports.dataset import WORDS, Column


class Row(NamedTuple):
    """A thing in R1: its values in the order of `columns()`."""

    tag: str
    description: str
    serial: str
    program: str
    aln: str
    fain: str
    pass_through: str
    title_holder: str
    acquired_on: date | None
    cost: Decimal | None
    federal: Decimal
    federal_percent: Decimal | None
    other: str
    school: str
    building: str
    room: str
    custodian: str
    use: str
    condition: str
    condition_on: date | None
    last_verified_on: date | None
    status: str
    disposed_on: date | None
    method: str
    sale_price: Decimal | None
    po: str
    invoice: str
    kind: str
    why: str
    other_amount: Decimal
    words: str


def columns() -> tuple[Column, ...]:
    """Every column of the federal property record, as CSV and XLSX carry them."""
    return (
        Column("tag", _("Asset tag")),
        Column("description", _("Description (type, make, model)")),
        Column("serial", _("Serial no.")),
        Column("program", _("Program")),
        Column("aln", _("ALN")),
        Column("fain", _("FAIN")),
        Column("pass_through", _("Pass-through entity and subaward no.")),
        Column("title_holder", _("Title holder")),
        Column("acquired_on", _("Acquisition date"), "date"),
        Column("cost", _("Unit cost"), "money"),
        Column("federal", _("Federal amount"), "money"),
        Column("federal_percent", _("Federal %"), "percent"),
        Column("other", _("Other source and %")),
        Column("school", _("Site")),
        Column("building", _("Building")),
        Column("room", _("Room")),
        Column("custodian", _("Custodian"), "person"),
        Column("use", _("Use (program)")),
        Column("condition", _("Condition")),
        Column("condition_on", _("Condition date"), "date"),
        Column("last_verified_on", _("Last verified"), "date"),
        Column("status", _("Status")),
        Column("disposed_on", _("Disposition date"), "date"),
        Column("method", _("Method")),
        Column("sale_price", _("Sale price"), "money"),
        Column("po", _("PO")),
        Column("invoice", _("Invoice")),
        Column("class", _("Equipment or supply")),
        Column("why", _("Why")),
        Column("other_amount", _("Other amount"), "money"),
        # What stands for the words that somebody typed: the description is printed with them.
        Column("description:words", _("Typed words"), WORDS),
    )
