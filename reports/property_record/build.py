"""R1, the federal property record of an award (2 CFR 200.313(d)(1)), as of a date."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.access import MaybeActor
from core.memory import without_collecting
from core.models import District
from core.sealing import head
from funding.models import Award
from people.models import School
from reports.dataset import Dataset, Totals
from reports.property_record import facts
from reports.property_record.columns import columns
from reports.property_record.findings import Findings
from reports.property_record.rows import Rows

ZERO = Decimal("0.00")


def build(
    award: Award,
    *,
    as_of: date,
    known_at: datetime,
    by: MaybeActor,
    school: School | None = None,
) -> Dataset:
    """The dataset of R1: every thing the award paid for as of the end of a day, as known at an
    instant. `school` narrows it (a long award is printed one PDF per school)."""
    with without_collecting():
        return _build(award, as_of, known_at, by, school)


def _build(
    award: Award, as_of: date, known_at: datetime, by: MaybeActor, school: School | None
) -> Dataset:
    when = facts.moment(as_of, known_at)
    paid = facts.shares(award, when)
    rows = Rows(award, when, paid)
    findings = Findings(as_of)
    built = []
    federal = award.program.federal
    for row in rows.made(facts.things(award, when, by, school)):
        findings.look(row, federal=federal)
        place = f"{row['building']} {row['room']}".strip()
        built.append(((row["school"], place), row["tag"], row))
    extra = {"award": award.name, "title_holder": award.title_holder}
    if school is None:
        untagged: set[int] = set()
        if len(built) < len(paid):
            # What is left was paid for, and nothing in the register stands for it.
            untagged = set(paid) - facts.units_with_things(award, when)
        findings.units_without_assets(sorted(untagged))
        findings.shares_of(award, sum(paid.values(), ZERO))
        if len(built) + len(untagged) == len(paid):
            extra |= _ledger(paid, untagged)
    built.sort(key=itemgetter(0, 1))
    cols = columns()
    values = itemgetter(*(c.key for c in cols))
    district = District.objects.get()
    return Dataset(
        kind="property-record",
        title=_("Federal property record"),
        language=(get_language() or "en-us").split("-")[0],
        district={"name": district.name, "uei": district.uei, "ben": district.ben},
        scope=_scope(award, school),
        as_of=as_of,
        known_at=known_at,
        versions=_versions(award),
        head=head(),
        columns=cols,
        rows=tuple([values(row) for _group, _tag, row in built]),
        groups=tuple([group for group, _tag, _row in built]),
        findings=findings.found(),
        totals=total([row for _group, _tag, row in built]),
        extra=extra,
    )


def _ledger(paid: dict[int, Decimal], untagged: set[int]) -> dict[str, str]:
    """What the award pays in all, of it for units that are no thing in the register: with the
    rows it must come to the same cent."""
    return {
        "ledger": format(sum(paid.values(), ZERO), "f"),
        "untagged": str(len(untagged)),
        "untagged_amount": format(sum((paid[pk] for pk in untagged), ZERO), "f"),
    }


def total(rows: Iterable[dict[str, Any]]) -> Totals:
    """The totals of rows, as the ledger has them."""
    assets = unknown = 0
    federal = other = cost = ZERO
    for row in rows:
        assets += 1
        federal += row["federal"]
        other += row["other_amount"] or ZERO
        cost += row["cost"] or ZERO
        unknown += row["cost"] is None
    return Totals(assets, federal, other, cost, unknown)


def _scope(award: Award, school: School | None) -> tuple[tuple[str, str], ...]:
    subaward = " ".join(x for x in (award.pass_through, award.subaward_number) if x)
    return (
        (_("Award"), award.name),
        (_("Program"), award.program.name),
        (_("ALN"), award.aln or "–"),
        (_("FAIN or FRN"), award.fain or award.frn or "–"),
        (_("Pass-through entity"), subaward or "–"),
        (_("Title holder by the award's terms"), award.title_holder or "–"),
        (_("Schools"), school.name if school else _("all")),
        (_("Things"), _("all that the award paid for, equipment and supplies")),
    )


def _versions(award: Award) -> tuple[tuple[str, str], ...]:
    return (
        (_("Property record"), "2 CFR 200.313(d)(1), R1 version 1"),
        (
            _("Equipment or supply"),
            f"UG-01 version 1, 2 CFR 200.1, {award.get_ug_version_display()}",
        ),
    )
