"""What money adds to the front page."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from core.access import MaybeActor, inside, scope_of
from core.models import Approval
from core.time import days
from core.two_times.as_of import standing_q
from funding.models import Award, AwardMembership, Reclassification, UnitShare
from funding.models.reclassification import STEP
from funding.models.share import told_q
from funding.reach import awards_of
from people.rules.behind import Behind
from people.web import HouseRequest


def with_spending(by: MaybeActor) -> QuerySet[Award]:
    """The awards somebody sees, with what is shared to things (`spent`) and how many (`things`)."""
    standing = standing_q("shares__")
    scope = scope_of(by, "funding.view_award")
    if not scope.everything:
        standing &= told_q(scope, "shares__")
    return (
        Award.objects.visible_to(by, "funding.view_award")
        .select_related("program")
        .annotate(
            spent=Sum("shares__amount", filter=standing),
            things=Count("shares", filter=standing),  # an award has one standing share of a unit
        )
    )


def sees_amounts(by: MaybeActor, awards: Iterable[Award]) -> set[int]:
    """The awards whose own amounts somebody sees: in the district, or of that award. Who sees the
    costs of a school's things sees of an award what it paid there, and not what it is."""
    scope = replace(scope_of(by, "funding.view_cost"), schools=frozenset())
    rows = list(awards)
    return {a.pk for a, seen in zip(rows, inside(scope, rows), strict=True) if seen}


def _spending_of(by: MaybeActor, awards: list[Award]) -> dict[int, tuple[Decimal, int]]:
    """What is shared to things that somebody sees, and how many, of these awards alone: from their
    shares, without the awards' own columns, a million are added up in a quarter of a second."""
    standing = UnitShare.objects.standing().filter(award__in=awards).order_by()
    scope = scope_of(by, "funding.view_award", token=False)
    # Who reaches an award reaches all that it paid for: then nothing has to be looked up.
    if not (scope.everything or {a.pk for a in awards} <= awards_of(scope)):
        standing = standing.told(scope_of(by, "funding.view_award"))
    found = standing.values_list("award").annotate(Sum("amount"), Count("pk"))
    return {award: (spent, things) for award, spent, things in found}


def part_of(award: Award, spent: Decimal | None) -> int | None:
    """How much of the award is in the register, per cent; None where its amount is not known."""
    return min(100, int((spent or 0) * 100 / award.amount)) if award.amount else None


def on_home(request: HouseRequest, district: Any) -> dict[str, Any]:
    """Awards with what of each is in the register, those that end soonest first."""
    today = days.today()
    seen = Award.objects.visible_to(request.user, "funding.view_award").filter(amount__isnull=False)
    awards = list(seen.select_related("program").order_by("-period_end")[:12])
    told = _spending_of(request.user, awards)
    money = sees_amounts(request.user, awards)
    rows = [
        {
            "award": a,
            "spent": spent,
            "things": things,
            "part": part_of(a, spent),
            "money": a.pk in money,
            "ended": bool(a.period_end and a.period_end < today),
        }
        for a in awards
        for spent, things in [told.get(a.pk, (None, 0))]
    ]
    return {
        "awards": rows,
        "see_money": bool(money),
        "may_report": request.user.has_perm("reports.make_report"),
    }


def of_users(request: HouseRequest, user: Any) -> dict[str, Any]:
    """Who may look at which award: of one user, or of all (None)."""
    rows = AwardMembership.objects.in_force(days.today()).select_related("user", "award")
    if user is not None:
        rows = rows.filter(user=user)
    rows = rows.filter(award__in=Award.objects.visible_to(request.user))
    return {
        "accesses": rows.order_by("user__name", "award__name"),
        "of_user": user,
        "may_change": request.user.has_perm("people.change_user"),
    }


def approvals_of(rows: Iterable[Reclassification]) -> dict[int, Approval]:
    """The approval of each of some reclassifications, by its key."""
    kind = Reclassification._meta.label_lower
    found = Approval.objects.filter(
        subject_type=kind, step=STEP, subject_id__in=[row.pk for row in rows]
    )
    return {a.subject_id: a for a in found.select_related("asked_by", "decided_by")}


def awards_named(row: Reclassification) -> list[dict[str, Any]]:
    """Per award by its name what it pays of all the units before and after."""
    sums = row.sums()
    awards = Award.objects.in_bulk([s["award"] for s in sums])
    return [s | {"award": awards[s["award"]], "more": s["after"] - s["before"]} for s in sums]


def groups_of(row: Reclassification) -> list[dict[str, Any]]:
    """The units of a proposal, those that change alike together: numbers, cost, old -> new."""
    groups: dict[str, dict[str, Any]] = {}
    names = {str(s["award"].pk): s["award"].name for s in awards_named(row)}
    for unit in row.plan:
        sides = [
            [(names[pk], Decimal(amount)) for pk, amount in unit[side].items()]
            for side in ("before", "after")
        ]
        at = row.at_of(unit)
        key = repr((unit["cost"], sides, at))
        group = groups.setdefault(
            key,
            {
                "cost": None if unit["cost"] is None else Decimal(unit["cost"]),
                "numbers": [],
                "at": at,
                "before": sides[0],
                "after": sides[1],
            },
        )
        group["numbers"].append(unit["number"])
    for group in groups.values():
        group["ranges"] = ranges(group["numbers"])
    return list(groups.values())


def ranges(numbers: list[int]) -> str:
    """Numbers as they are read: 1-4, 7."""
    found: list[list[int]] = []
    for n in sorted(numbers):
        if found and n == found[-1][1] + 1:
            found[-1][1] = n
        else:
            found.append([n, n])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in found)


def waiting_for(request: HouseRequest, district: Any) -> dict[str, Any]:
    """The reclassifications that wait for a decision of this user, oldest first."""
    asked = Approval.objects.waiting().filter(
        subject_type=Reclassification._meta.label_lower, step=STEP
    )
    asked = asked.exclude(asked_by=request.user.pk).select_related("asked_by").order_by("pk")
    mine = _not_through(asked, request.user.pk)
    rows = Reclassification.objects.visible_to(request.user).select_related("line__purchase")
    found = rows.in_bulk([one.subject_id for one in mine[:10]])
    shown = [(found[one.subject_id], one) for one in mine[:10] if one.subject_id in found]
    return {"waiting": shown, "count": len(mine)}


def _not_through(asked: Iterable[Approval], user: Any) -> list[Approval]:
    """Those that were not asked through a service account which the user is behind."""
    known: dict[int, Behind] = {}
    found = []
    for one in asked:
        if one.asked_by_id not in known:
            known[one.asked_by_id] = Behind(one.asked_by)
        if user not in known[one.asked_by_id].at(one.asked_at):
            found.append(one)
    return found
