"""Each table that a report reads, with a row of it that is changed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q

from assets.actions import change_category, change_product
from assets.models import Category, Product
from core.models import District, DistrictSetting
from funding.actions import change_award, change_line, change_vendor
from funding.models import Award, Program, Purchase, PurchaseLine, Unit, Vendor
from people.actions import change_person, change_room, change_school
from people.actions.district import change_district
from people.models import Person, Room, School
from tests.reports.shared import moved_to


@dataclass(frozen=True)
class Case:
    """Rows of a small table, the action that changes one (None: an entry of its own, as an action
    to come would write it), and columns that R1 prints something of now, so that this looks at
    something; `first` is done to the rows before."""

    rows: type[models.Model]
    printed: str
    act: Callable[..., object] | None = None
    those: Q = field(default_factory=Q)
    first: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.rows.__name__


def _district(_row: models.Model, **values: Any) -> None:
    if zone := values.pop("time_zone", ""):
        moved_to(zone)
    change_district(**values)


def _line(row: PurchaseLine, **values: Any) -> None:
    if quantity := values.get("quantity"):
        values["amount"] = (row.amount or 0) / row.quantity * quantity  # each costs what was paid
    change_line(row, reason="Invoice", **values)


ARP = Q(name="ARP ESSER 2021")
CASES = [
    Case(
        Award,
        "program name fain aln pass_through subaward_number amount ug_version"
        " title_holder equipment_threshold",
        change_award,
        ARP,
    ),
    Case(
        Award,
        "program name fain frn aln pass_through subaward_number title_holder equipment_threshold",
        change_award,
        Q(name="General fund"),
    ),
    Case(
        Award,
        "ug_version federal_award_on",
        change_award,
        ARP,
        first={"ug_version": "", "period_start": None, "period_end": None},
    ),
    Case(Program, "name family", None, Q(code="ARP")),
    Case(Program, "name", None, Q(code="LOCAL")),
    Case(School, "name", change_school, Q(code="LIN")),
    Case(Room, "building code", change_room, Q(code="101", school__code="LIN"), {"code": "1"}),
    Case(Person, "kind", change_person, Q(local_id="E1")),
    Case(Person, "", change_person, Q(local_id="E2")),
    Case(Product, "category make model", change_product, Q(model="RX275")),
    Case(
        Category,
        "name asset_class useful_life_months",
        change_category,
        Q(name="Interactive panel"),
    ),
    Case(Vendor, "", change_vendor),
    Case(Purchase, "number"),
    Case(PurchaseLine, "number invoice_number amount", _line),
    Case(Unit, "number", None, Q(asset=None)),
    Case(Unit, "cost", None, ~Q(asset=None)),
    Case(District, "name uei ben time_zone", _district),
    Case(DistrictSetting, ""),
]
#: Tables of which no column is drawn here.
ELSEWHERE = {
    "funding.parameter": "set anew and never changed: below",
    "funding.capitalizationlevel": "set for a day, or put right for it: below",
    "assets.asset": "by the acts of its life: test_acts_as_known",
    "assets.assetspan": "kept in two times, by the same acts",
    "funding.unitshare": "kept in two times, by the same acts",
    "assets.assignment": "spans tell who held it",
    "assets.verification": "by the same acts",
    "assets.disposal": "by the same acts",
    "assets.assetcode": "R1 prints the tag of the item",
} | dict.fromkeys(
    [
        "core.approval",
        "core.storedfile",
        "core.attachment",
        "people.user",
        "people.membership",
        "people.accesstoken",
        "funding.awardmembership",
        "funding.reclassification",
        "assets.tagrange",
        "reports.report",
        "reports.reportfile",
        "integrations.savedmapping",
    ],
    "R1 prints nothing of it",
)
#: Columns that nobody changes by themselves.
ASIDE = {
    "salt": "comes with the first words that are masked",
    "merged_into": "by a merge: its own acts",
    "one": "there is one district",
    "erased_at": "by forgetting somebody",
    "voided_at": "by an act of its own",
    "line": "a unit stays on its line",
    "id": "names the row",
}
