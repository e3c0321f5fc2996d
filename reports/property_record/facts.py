"""What R1 reads from the ledger: a handful of queries whatever the number of assets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncDate

from assets.models import Asset, AssetSpan, Disposal, Verification
from core.access import SYSTEM, MaybeActor, Scope, scope_of
from core.facts.salts import masked
from core.time import days
from core.two_times.as_of import known_q
from funding.models import Award, UnitShare
from funding.reach import awards_of
from people.models import School
from reports.property_record.then import Then


@dataclass(frozen=True)
class Moment:
    """What is asked: the end of a day, as known at an instant, and when it is asked (all UTC): who
    sees from a school sees what was there when they asked, whenever the question is put again."""

    as_of: date
    at: datetime
    known_at: datetime
    asked_at: datetime


def moment(as_of: date, known_at: datetime, asked_at: datetime | None = None) -> Moment:
    """The moment of a report (`asked_at` default now); a day that is not over yet ends when it is
    known."""
    at = min(days.end_of_day(as_of), known_at)
    return Moment(as_of, at, known_at, asked_at or days.now())


class Thing(NamedTuple):
    """An asset in the state it had at the moment, with the unit that money hangs on."""

    pk: int
    unit: int
    tag: str
    serial: str
    description: str
    acquired_on: date | None
    title_holder: str
    use: str
    product: int
    cost: Decimal | None
    line: int
    received_on: date
    school: int
    room: int | None
    status: str
    condition: str
    holder: int | None
    person: int | None
    condition_on: date | None
    condition_now: str
    listed_on: date | None
    receipt_listed_on: date | None
    salt: str


_THING = (
    "asset_id",
    "unit_id",
    "asset__tag",
    "asset__serial",
    "asset__description",
    "asset__acquired_on",
    "asset__title_holder",
    "asset__use",
    "asset__product_id",
    "unit__cost",
    "unit__line_id",
    "unit__received_on",
    "school_id",
    "room_id",
    "status",
    "condition",
    "holder_id",
    "person_id",
    "asset__condition_on",
    "asset__condition",
    "listed_on",
    "unit__listed_on",
    "asset__salt",
)


#: What a column of an asset or unit is called here, where its span has one of that name.
_OTHERWISE = {"condition": "condition_now", "listed_on": "receipt_listed_on"}


def shares(award: Award, when: Moment) -> dict[int, Decimal]:
    """Per unit the amount in dollars and cents that the award pays."""
    return dict(_mine(award, when).values_list("unit", "amount"))


def other_shares(
    award: Award, when: Moment, then: Then
) -> dict[int, list[tuple[str, Decimal, int]]]:
    """Per unit who else pays how much: name of the award, amount, key of the award."""
    found: dict[int, list[tuple[str, Decimal, int]]] = {}
    others = UnitShare.objects.as_of(when.at, when.known_at).filter(
        unit__in=_mine(award, when).values("unit"), amount__gt=0
    )
    rows = others.exclude(award=award).values_list("unit", "award__name", "amount", "award")
    for unit, name, amount, pk in rows:
        known = then.awards.get(pk, "name", name)
        found.setdefault(unit, []).append((known, amount, pk))
    for parts in found.values():
        parts.sort()
    return found


def things(
    award: Award,
    when: Moment,
    by: MaybeActor,
    school: School | None = None,
    then: Then | None = None,
) -> list[Thing]:
    """Every thing on a unit that the award pays for, as it was, in no order."""
    rows = _spans(award, when, by, school).values_list(*_THING)
    found = map(Thing._make, rows)
    if then is None or not (then.assets.values or then.units.values):
        return list(found)
    return [_as_known(thing, then) for thing in found]


def _as_known(thing: Thing, then: Then) -> Thing:
    """A thing with its own columns, and what its unit cost, as they were known."""
    told: dict[str, Any] = {}
    for values in (then.assets.values.get(thing.pk, {}), then.units.values.get(thing.unit, {})):
        told |= {_OTHERWISE.get(name, name): value for name, value in values.items()}
    return thing._replace(**{name: told[name] for name in told.keys() & {*Thing._fields}})


def words_key(pk: int, salt: str, text: str) -> str:
    """What stands in a dataset for the words that somebody typed of a thing: what the journal has
    for them. An older release gave no salt to words that nobody changed since."""
    return masked(salt or f"asset {pk}", text) if text else ""


def count_things(award: Award, when: Moment, by: MaybeActor, school: School | None = None) -> int:
    """How many rows a report has."""
    return _spans(award, when, by, school).count()


def schools_with_things(award: Award, when: Moment, by: MaybeActor) -> dict[int, int]:
    """Per school that has things of the award how many rows its report has."""
    rows = _spans(award, when, by, None).values_list("school").annotate(n=Count("pk")).order_by()
    return dict(rows)


def units_with_things(award: Award, when: Moment) -> set[int]:
    """The units of the award that a thing stands for, whoever may see it."""
    return set(_spans(award, when, SYSTEM, None).values_list("unit", flat=True))


def _mine(award: Award, when: Moment) -> QuerySet[UnitShare]:
    return UnitShare.objects.paid_by([award.pk], when.at, when.known_at)


def _spans(
    award: Award, when: Moment, by: MaybeActor, school: School | None
) -> QuerySet[AssetSpan]:
    rows = AssetSpan.objects.paid_by([award.pk], when.at, when.known_at)
    # Where somebody may make reports, not wherever they see a thing: it tells what that cost.
    makes = scope_of(by, "reports.make_report", token=False)
    for scope in (makes, scope_of(by, "assets.view_asset", token=False)):
        # Of an award that is theirs it is what that paid for then, whoever pays by now.
        if not scope.everything and award.pk not in awards_of(scope):
            rows = rows.filter(asset__in=_there(scope, when).values("asset"))
    if not makes.everything and award.pk not in awards_of(makes):
        # From a school: what was there then.
        rows = rows.filter(school__in=makes.schools)
    return rows if school is None else rows.filter(school=school)


def _there(scope: Scope, when: Moment) -> QuerySet[AssetSpan]:
    """Where things stood that were at some schools when it was asked."""
    rows = AssetSpan.objects.as_of(when.asked_at, when.asked_at)
    return rows.filter(school__in=scope.schools)


@dataclass(frozen=True)
class Seen:
    """The other awards that somebody saw when it was asked: their own on all that these pay for,
    and on the things (keys) at a school of theirs what paid for a thing there."""

    awards: frozenset[int]
    schools: Mapping[int, int] = field(default_factory=dict)
    paid_at: frozenset[tuple[int, int]] = frozenset()

    def on(self, thing: int, award: int) -> bool:
        """Whether an award showed by name on a thing."""
        return award in self.awards or (self.schools.get(thing, 0), award) in self.paid_at


def others_seen(award: Award, ids: set[int], when: Moment, by: MaybeActor) -> Seen:
    """Which awards of these somebody saw on which things of an award, each of their memberships by
    itself."""
    scope = scope_of(by, Award.seen_with, token=False)
    if scope.everything or not (scope.schools and ids):
        return Seen(frozenset(ids) if scope.everything else awards_of(scope) & ids)
    there = _there(scope, when).order_by()
    mine = AssetSpan.objects.paid_by([award.pk], when.at, when.known_at)
    path = "unit__shares__"
    paid = there.filter(known_q(when.asked_at, path), **{f"{path}award__in": ids})
    return Seen(
        awards_of(scope) & ids,
        dict(there.filter(asset__in=mine.values("asset")).values_list("asset", "school")),
        frozenset(paid.values_list("school", f"{path}award").distinct()),
    )


def disposals(award: Award, when: Moment) -> dict[int, tuple[date | None, str, Decimal | None]]:
    """Per asset when and how it had left by that day and what it brought, as known then."""
    rows = (
        Disposal.objects.stood(when.as_of, when.known_at)
        .filter(asset__in=_once_paid(award))
        .values_list("asset_id", "disposed_on", "method", "sale_price")
    )
    return {pk: (day, method, price) for pk, day, method, price in rows}


def last_verified(award: Award, when: Moment, things: int, then: Then) -> dict[int, date]:
    """Per asset the last day on which somebody saw it, or what was merged into it, as known then.
    `things`: how many the award pays for about; where that is half of the register, to read every
    sighting takes less time than to ask of each whether it is of the award."""
    seen = Verification.objects.filter(seen_at__lte=when.at, recorded_at__lte=when.known_at)
    every, into = seen, _merged(then)
    if things * 2 < Asset.objects.count():
        seen = seen.filter(asset__in=_once_paid(award))
    found = _last_days(seen)
    if into:
        rows = found | _last_days(every.filter(asset__in=list(into)))
        for pk in rows.keys() & into.keys():
            row = pk
            while row in into:
                row = into[row]
                found[row] = max(found.get(row, rows[pk]), rows[pk])
    return found


def _last_days(seen: QuerySet[Verification]) -> dict[int, date]:
    day = TruncDate(Max("seen_at"), tzinfo=days.zone())
    return dict(seen.values_list("asset_id").annotate(last=day).order_by())


def _merged(then: Then) -> dict[int, int]:
    """Per merged row into which it went, as known then."""
    now = Asset.objects.exclude(merged_into=None).values_list("pk", "merged_into_id")
    told = then.assets.values.items()
    changed = {pk: values["merged_into"] for pk, values in told if "merged_into" in values}
    return {pk: winner for pk, winner in (dict(now) | changed).items() if winner}


def _once_paid(award: Award) -> QuerySet[Any]:
    paid = UnitShare.objects.filter(award=award).values("unit")
    return AssetSpan.objects.filter(unit__in=paid).values("asset")
