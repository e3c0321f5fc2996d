"""R1, the federal property record of an award (2 CFR 200.313(d)(1)), as of a date.

Set-based: a handful of queries whatever the number of assets, rows as plain values.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assets.models import (
    Asset,
    AssetSpan,
    Condition,
    Disposal,
    DisposalMethod,
    Status,
    Verification,
)
from core import days
from core.access import MaybeActor
from core.models import District
from core.sealing import head
from funding.models import Award, UnitShare
from people.models import Person, School
from reports.dataset import Dataset, Totals
from reports.property_record.classify import classifier_for
from reports.property_record.columns import columns
from reports.property_record.findings import Findings

ZERO = Decimal("0.00")
_ASSET = (
    "pk", "tag", "serial", "description", "acquired_on", "title_holder", "use", "unit_id",
    "product__make", "product__model", "product__category__name", "product__category__asset_class",
    "product__category__useful_life_months", "unit__cost", "unit__line__purchase__number",
    "unit__line__invoice_number", "unit__received_on",
)  # fmt: skip
_SPAN = (
    "asset_id", "status", "condition", "school__name", "room__building", "room__code",
    "room__custodian_id", "holder_id", "person_id",
)  # fmt: skip


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
    at = min(days.end_of_day(as_of), known_at)
    shares = _shares(award, at, known_at)
    paid = UnitShare.objects.filter(award=award).values("unit")
    visible = Asset.objects.visible_to(by).filter(unit__in=paid)
    assets = {
        row["unit_id"]: row
        for row in visible.filter(registered_at__lte=known_at)
        .values(*_ASSET)
        .iterator(chunk_size=5000)
        if row["unit_id"] in shares
    }
    spans = _spans(award, at, known_at)
    people = _people(spans.values())
    disposals, verified, conditions = _facts(award, as_of, known_at)
    classifier = classifier_for(award)
    findings = Findings(as_of)
    built = []
    for unit_id, share in shares.items():
        asset = assets.get(unit_id)
        if asset is None:
            continue
        span = spans.get(asset["pk"])
        if span is None or span["status"] == Status.VOID:
            continue
        if school is not None and span["school__name"] != school.name:
            continue
        row = _row(award, asset, span, share, people, disposals, verified, conditions, classifier)
        findings.look(row, federal=award.program.federal)
        built.append(((span["school__name"], f"{row['building']} {row['room']}".strip()), row))
    if school is None:
        without = [u for u in shares if u not in assets or assets[u]["pk"] not in spans]
        findings.units_without_assets(without)
    built.sort(key=lambda b: (b[0], b[1]["tag"]))
    cols = columns()
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
        rows=tuple(tuple(row[c.key] for c in cols) for _group, row in built),
        groups=tuple(group for group, _row in built),
        findings=findings.found(),
        totals=total(row for _group, row in built),
        extra={"award": award.name},
    )


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


def _shares(award: Award, at: datetime, known_at: datetime) -> dict[int, dict[str, Any]]:
    """Per unit that the award pays for: its amount and who else pays."""
    mine = UnitShare.objects.as_of(at, known_at).filter(award=award, amount__gt=0)
    found: dict[int, dict[str, Any]] = {
        unit: {"amount": amount, "others": []}
        for unit, amount in mine.values_list("unit", "amount")
    }
    others = UnitShare.objects.as_of(at, known_at).exclude(award=award).filter(
        unit__in=UnitShare.objects.filter(award=award).values("unit")
    )  # fmt: skip
    rows = others.order_by("award__name").values_list("unit", "award__name", "amount")
    for unit, name, amount in rows.iterator(chunk_size=5000):
        if unit in found:
            found[unit]["others"].append((name, amount))
    return found


def _spans(award: Award, at: datetime, known_at: datetime) -> dict[int, dict[str, Any]]:
    paid = UnitShare.objects.filter(award=award).values("unit")
    rows = AssetSpan.objects.as_of(at, known_at).filter(asset__unit__in=paid)
    return {r["asset_id"]: r for r in rows.values(*_SPAN).iterator(chunk_size=5000)}


def _people(spans: Iterable[dict[str, Any]]) -> dict[int, str]:
    """Staff by name; a student as a pseudonym (compliance 0a #15)."""
    ids: set[int] = set()
    for span in spans:
        ids |= {span[k] for k in ("room__custodian_id", "holder_id", "person_id") if span[k]}
    names: dict[int, str] = {}
    wanted = sorted(ids)
    for i in range(0, len(wanted), 500):
        for person in Person.objects.filter(pk__in=wanted[i : i + 500]):
            staff = person.kind == Person.Kind.STAFF
            names[person.pk] = person.name if staff else person.pseudonym
    return names


def _facts(award: Award, as_of: date, known_at: datetime) -> tuple[dict[int, Any], ...]:
    paid = UnitShare.objects.filter(award=award).values("unit")
    disposals = {
        d["asset_id"]: d
        for d in Disposal.objects.filter(asset__unit__in=paid, recorded_at__lte=known_at)
        .exclude(reopened_at__lte=known_at)
        .values("asset_id", "disposed_on", "method", "sale_price")
    }
    verified: dict[int, date] = {}
    seen = Verification.objects.filter(asset__unit__in=paid, seen_at__lte=days.end_of_day(as_of))
    for pk, instant in seen.order_by("seen_at").values_list("asset_id", "seen_at"):
        verified[pk] = days.local_date(instant)
    begun = AssetSpan.objects.as_of(days.end_of_day(as_of), known_at).filter(asset__unit__in=paid)
    dates = begun.values_list("asset_id", F("asset__condition_on"), "condition", "asset__condition")
    conditions = {pk: day for pk, day, then, now in dates if then == now and day and day <= as_of}
    return disposals, verified, conditions


def _row(
    award: Award,
    asset: dict[str, Any],
    span: dict[str, Any],
    share: dict[str, Any],
    people: dict[int, str],
    disposals: dict[int, Any],
    verified: dict[int, date],
    conditions: dict[int, date],
    classifier: Any,
) -> dict[str, Any]:
    cost = asset["unit__cost"]
    day = asset["acquired_on"] or asset["unit__received_on"]
    kind, why = classifier.classify(
        cost, asset["product__category__useful_life_months"],
        asset["product__category__asset_class"], day,
    )  # fmt: skip
    disposal = disposals.get(asset["pk"], {}) if span["status"] == Status.DISPOSED else {}
    others = share["others"]
    custodian = span["room__custodian_id"] or span["holder_id"] or span["person_id"]
    title = asset["title_holder"] or award.title_holder
    name = " ".join(x for x in (asset["product__make"], asset["product__model"]) if x)
    return {
        "tag": asset["tag"],
        "description": ", ".join(x for x in (asset["product__category__name"], name, asset["description"]) if x),
        "serial": asset["serial"],
        "program": award.program.name,
        "aln": award.aln,
        "fain": award.fain or award.frn,
        "pass_through": " ".join(x for x in (award.pass_through, award.subaward_number) if x),
        "title_holder": title,
        "acquired_on": day,
        "cost": cost,
        "federal": share["amount"] if award.program.federal else ZERO,
        "federal_percent": _percent(share["amount"], cost) if award.program.federal else ZERO,
        "other": "; ".join(f"{n} {_percent(a, cost)}%" for n, a in others),
        "other_amount": sum((a for _n, a in others), ZERO)
        + (ZERO if award.program.federal else share["amount"]),
        "school": span["school__name"],
        "building": span["room__building"] or "",
        "room": span["room__code"] or "",
        "custodian": people.get(custodian, "") if custodian else "",
        "use": asset["use"],
        "condition": str(Condition(span["condition"]).label) if span["condition"] else "",
        "condition_on": conditions.get(asset["pk"]),
        "last_verified_on": verified.get(asset["pk"]),
        "status": str(Status(span["status"]).label),
        "disposed_on": disposal.get("disposed_on"),
        "method": str(DisposalMethod(disposal["method"]).label) if disposal else "",
        "sale_price": disposal.get("sale_price"),
        "po": asset["unit__line__purchase__number"],
        "invoice": asset["unit__line__invoice_number"],
        "class": kind,
        "why": why,
    }  # fmt: skip


def _percent(amount: Decimal, cost: Decimal | None) -> Decimal | None:
    return (amount * 100 / cost).quantize(Decimal("0.01")) if cost else None


def _scope(award: Award, school: School | None) -> tuple[tuple[str, str], ...]:
    return (
        (_("Award"), award.name),
        (_("Program"), award.program.name),
        (_("ALN"), award.aln or "–"),
        (_("FAIN or FRN"), award.fain or award.frn or "–"),
        (_("Pass-through entity"), " ".join(x for x in (award.pass_through, award.subaward_number) if x) or "–"),
        (_("Title holder by the award's terms"), award.title_holder or "–"),
        (_("Schools"), school.name if school else _("all")),
        (_("Things"), _("all that the award paid for, equipment and supplies")),
    )  # fmt: skip


def _versions(award: Award) -> tuple[tuple[str, str], ...]:
    return (
        (_("Property record"), "2 CFR 200.313(d)(1), R1 version 1"),
        (
            _("Equipment or supply"),
            f"UG-01 version 1, 2 CFR 200.1, {award.get_ug_version_display()}",
        ),
    )
