"""What the pages of a report show beside its rows: groups with their totals, classes, the ledger.
Printed and on the screen."""

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _

from core.problems import Problem
from core.text.written import money
from reports.dataset import Dataset, Totals
from reports.property_record.build import total

#: Above this WeasyPrint needs more memory and time than a worker has.
AT_MOST = 2000
_AMOUNTS = itemgetter("federal", "other_amount", "cost")


@dataclass
class Group:
    """Rows of a room (or a school) with their totals."""

    name: str
    totals: Totals
    rows: list[dict[str, Any]] = field(default_factory=list)
    rooms: "list[Group]" = field(default_factory=list)

    @property
    def alone(self) -> "list[Group]":
        """The group as a table of its own."""
        return [self]


def too_many(rows: int) -> Problem | None:
    """Why so many rows are not printed in one PDF, and what is offered instead."""
    if rows <= AT_MOST:
        return None
    message = _(
        "%(count)s rows are too many for one PDF. Take the XLSX or CSV, or one PDF per school."
    )
    return Problem("too-many-rows", message % {"count": f"{rows:,}"}, "formats")


def grouped(dataset: Dataset) -> list[Group]:
    """The rows by school and room, each group with its totals."""
    keys = [c.key for c in dataset.columns]
    rows = [
        (group, dict(zip(keys, row, strict=True)))
        for group, row in zip(dataset.groups, dataset.rows, strict=True)
    ]
    schools = []
    for school, of_school in groupby(rows, key=lambda r: r[0][0]):
        rooms = []
        for room, of_room in groupby(list(of_school), key=lambda r: r[0][1]):
            inside = [row for _group, row in of_room]
            sums = total(map(_AMOUNTS, inside))
            name = _("Room %s") % room if room else _("In no room: with a person, or not placed")
            rooms.append(Group(name, sums, inside))
        schools.append(Group(school, sum((r.totals for r in rooms), Totals()), rooms=rooms))
    return schools


def by_class(dataset: Dataset) -> list[Group]:
    """How much of it is equipment, supply, or cannot be told."""
    keys = [c.key for c in dataset.columns]
    found: dict[str, list[dict[str, Any]]] = {}
    for row in dataset.rows:
        values = dict(zip(keys, row, strict=True))
        found.setdefault(values["class"], []).append(values)
    return [Group(name, total(map(_AMOUNTS, rows))) for name, rows in sorted(found.items())]


def ledger(dataset: Dataset) -> list[tuple[str, str]]:
    """What the award pays in all and for units that are no thing yet: the rows make up the rest."""
    extra = dataset.extra
    if "ledger" not in extra:
        return []
    message = _("%(count)s, %(amount)s")
    untagged = {"count": extra["untagged"], "amount": money(Decimal(extra["untagged_amount"]))}
    return [
        (_("Received, no item in the register"), message % untagged),
        (_("All shares of the award in the ledger"), money(Decimal(extra["ledger"]))),
    ]
