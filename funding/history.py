"""What became of a purchase or an award, with what was done to its units: one line for each act.

The entries stand with the units. An act over many of them is one line, with the sums of what was
there before and after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import (
    Case,
    Count,
    DecimalField,
    Exists,
    F,
    Func,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import MaybeActor
from core.journal.sentences import Told, tell_all
from core.journal.showing import Shown
from core.models import Entry
from core.models.entry import EntryQuerySet
from core.text.written import money as dollars
from funding import whole
from funding.lines_told import all_lines, hidden_lines
from funding.models import Award, Purchase, Reclassification, Unit, UnitShare
from funding.money import COST, lines_seen, naming

SHARED, VOIDED = ("unit.shared", "unit.reclassified"), "unit.voided"
#: What is done to units and is news of their purchase, but for what their receipt tells already.
OF_MONEY = (*SHARED, "unit.cost_set")
LINES = 30
_UNIT = Unit._meta.label_lower
_ACT = ("kind", "by_id", "request_id", "moment")


@dataclass(frozen=True)
class _Act:
    """Entries of one act: how many units, of what, with each award's (key) amount before and
    after."""

    kind: str
    units: int
    where: str
    paid: Mapping[int, tuple[Decimal | None, Decimal | None]]
    cost: tuple[Decimal | None, Decimal | None]


def of_purchase(purchase: Purchase, by: MaybeActor) -> list[Told]:
    """The last of what became of a purchase, its lines and units, the newest first. A constant
    number of queries."""
    units = Unit.objects.filter(line__purchase=purchase)
    one = units.filter(pk=OuterRef("subject_id"))
    dear, seen = one.visible_to(by, COST), one.visible_to(by)
    rows = _entries(
        units, Q(kind__in=OF_MONEY) & Q(Exists(dear)) | Q(kind=VOIDED) & Q(Exists(seen))
    )
    shares = UnitShare.objects.filter(unit__in=units.values("pk")).order_by()
    paid = list(shares.naming(naming(by)).values_list("award", "named").distinct())
    awards = list(dict.fromkeys(award for award, _pk in paid))
    acts = {}
    for row in _grouped(rows.annotate(line=_of_unit("line__number")), awards, "line"):
        acts[row["last"]] = _act(row, awards, _("line %s") % row["line"])
    asked = Reclassification.objects.visible_to(by).filter(line__purchase=purchase)
    more = Entry.objects.filter(
        subject_type=Reclassification._meta.label_lower, subject_id__in=asked.values("pk")
    ).exclude(kind="reclassification.done")  # the units tell it
    own = [*_own(purchase, by), *more.order_by("-pk")[:LINES]]
    # An act may tell of units of several schools: an award shows by name where it does on each.
    hidden = {award for award, pk in paid if pk is None}
    shown = {pk for _award, pk in paid if pk is not None} - hidden
    named = Award.objects.select_related("program").in_bulk(shown)
    return _told(own, acts, named, by, None)


def _own(purchase: Purchase, by: MaybeActor) -> list[Entry]:
    """The last that became of a purchase and of those of its lines that somebody sees."""
    rows = Entry.objects.of(purchase).order_by("-pk")
    if not (all_lines(by) or whole.of_purchase(purchase, by)):
        lines = lines_seen([purchase.pk], by)
        numbers = list(lines.values_list("number", flat=True))
        rows = rows.filter(Q(data__line__isnull=True) | Q(data__line__in=numbers))
    entries = list(rows[:LINES])
    hidden = hidden_lines(entries, by)
    return [e for e in entries if id(e) not in hidden or not hidden[id(e)].about]


def of_award(award: Award, by: MaybeActor) -> list[Told]:
    """The last of what became of an award, and of the units that it pays or paid for."""
    paid = UnitShare.objects.filter(award=award, unit=OuterRef("pk"))
    # Who pays for a unit that was voided was superseded with it, and never ended.
    ended = Q(voided_at__isnull=False) & Exists(paid.filter(valid_to=None, known_to__isnull=False))
    named = Q(**_named(award.pk, 0)) | Q(**_named(award.pk, 1))
    gone = Unit.objects.filter(ended, pk=OuterRef("subject_id"))
    rows = _entries(
        Unit.objects.filter(Exists(paid)),
        Q(kind__in=SHARED) & named | Q(kind="unit.cost_set") | Q(kind=VOIDED) & Q(Exists(gone)),
    )
    purchase = _of_unit("line__purchase__number")
    acts = {}
    for row in _grouped(rows.annotate(purchase=purchase), [award.pk]):
        n = row["purchases"]
        many = ngettext("%(n)s purchase", "%(n)s purchases", n) % {"n": n}
        acts[row["last"]] = _act(row, [award.pk], row["purchase"] if n == 1 else many)
    own = list(Entry.objects.of(award).order_by("-pk")[:LINES])
    return _told(own, acts, {award.pk: award}, by, award)


def _named(award: int, side: int) -> dict[str, str]:
    return {f"changes__shares__{side}__has_key": str(award)}


def _entries(units: QuerySet[Unit], which: Q) -> EntryQuerySet:
    """Entries of these units with what holds an act together. What came of no request is told apart
    by its moment."""
    moment = Case(When(request_id="", then=F("recorded_at")), default=None)
    rows = Entry.objects.filter(which, subject_type=_UNIT, subject_id__in=units.values("pk"))
    return rows.order_by().annotate(moment=moment)


def _of_unit(column: str) -> Subquery:
    return Subquery(Unit.objects.filter(pk=OuterRef("subject_id")).values(column)[:1])


def _sum(of: str, side: int, *path: str) -> Sum:
    """The sum of an amount in the changes of entries, before (0) or after (1) the act."""
    text = TextField()
    found: Func
    if connection.vendor == "postgresql":
        keys = [Value(key) for key in (of, str(side), *path)]
        found = Func(F("changes"), *keys, function="jsonb_extract_path_text", output_field=text)
    else:  # a key is quoted: a number alone would be a place in a list
        keys = [Value("".join([f"$.{of}[{side}]", *(f'."{key}"' for key in path)]))]
        found = Func(F("changes"), *keys, function="json_extract", output_field=text)
    return Sum(Cast(found, DecimalField(max_digits=14, decimal_places=2)))


def _grouped(rows: EntryQuerySet, awards: Sequence[int], *by: str) -> list[dict[str, Any]]:
    """One row for each act (and for what it is told by), the newest first."""
    sums = {f"paid_{pk}_{side}": _sum("shares", side, str(pk)) for pk in awards for side in (0, 1)}
    sums |= {f"cost_{side}": _sum("cost", side) for side in (0, 1)}
    counted: dict[str, Any] = {"last": Max("pk"), "units": Count("subject_id", distinct=True)}
    found = rows.values(*_ACT, *by)
    if not by:
        counted |= {"purchases": Count("purchase", distinct=True), "of": Min("purchase")}
    grouped = found.annotate(**counted, **sums).order_by("-last")[:LINES]
    return [row | {"purchase": row.get("of")} for row in grouped]


def _act(row: Mapping[str, Any], awards: Sequence[int], where: str) -> _Act:
    paid = {pk: (row[f"paid_{pk}_0"], row[f"paid_{pk}_1"]) for pk in awards}
    paid = {pk: pair for pk, pair in paid.items() if pair != (None, None)}
    return _Act(row["kind"], row["units"], where, paid, (row["cost_0"], row["cost_1"]))


def _told(
    own: list[Entry],
    acts: Mapping[int, _Act],
    names: Mapping[int, Award],
    by: MaybeActor,
    award: Award | None,
) -> list[Told]:
    """Entries and acts in one list. What of an act is told is what its last entry shows."""
    last = list(Entry.objects.filter(pk__in=acts))
    shown = Shown(last, by)
    entries = sorted([*own, *last], key=lambda e: -e.pk)[:LINES]
    found = []
    for told in tell_all(entries, by):
        act = acts.get(told.entry.pk)
        if act is not None:
            open_ = shown.changes(told.entry)
            reason = str(shown.data(told.entry).get("reason") or "")
            if act.kind in SHARED and "shares" not in open_:
                reason = ""  # it may name who pays
            told = _tell(told, act, names, award, reason, "shares" in open_, "cost" in open_)
        found.append(told)
    return found


def _tell(
    told: Told,
    act: _Act,
    names: Mapping[int, Award],
    award: Award | None,
    reason: str,
    shares: bool,
    cost: bool,
) -> Told:
    sentence = _sentence(act, award is not None)
    changes = []
    if shares:
        amounts = []
        for pk, (before, after) in act.paid.items():
            name = names[pk].name if pk in names else _("another award")
            changes.append((name, dollars(before), dollars(after)))
            if after is not None:
                amounts.append(dollars(after) if award else f"{name} {dollars(after)}")
        if act.kind in SHARED:
            sentence += f": {', '.join(amounts) or _('nothing')}"
    if cost and act.kind == "unit.cost_set":
        changes.append((_("Cost"), dollars(act.cost[0]), dollars(act.cost[1])))
        sentence += f": {dollars(act.cost[1])}"
    return replace(told, sentence=sentence + (f" ({reason})" if reason else ""), changes=changes)


def _sentence(act: _Act, of_award: bool) -> str:
    n = act.units
    if act.kind == VOIDED:
        said = ngettext(
            "%(n)s unit of %(where)s was voided", "%(n)s units of %(where)s were voided", n
        )
    elif act.kind == "unit.cost_set":
        said = ngettext(
            "What %(n)s unit of %(where)s cost was stated",
            "What %(n)s units of %(where)s cost was stated",
            n,
        )
    elif of_award:
        said = ngettext(
            "What it pays for %(n)s unit of %(where)s was set",
            "What it pays for %(n)s units of %(where)s was set",
            n,
        )
    elif act.kind == "unit.reclassified":
        said = ngettext(
            "Other awards pay for %(n)s unit of %(where)s now",
            "Other awards pay for %(n)s units of %(where)s now",
            n,
        )
    else:
        said = ngettext(
            "Awards were set to pay for %(n)s unit of %(where)s",
            "Awards were set to pay for %(n)s units of %(where)s",
            n,
        )
    return said % {"n": n, "where": act.where}
