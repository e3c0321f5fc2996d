"""What money adds to the front page."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest

from core import days
from core.access import MaybeActor
from funding.models import Award, AwardMembership


def with_spending(by: MaybeActor) -> QuerySet[Award]:
    """The awards somebody sees, with what is shared to things (`spent`) and how many (`things`)."""
    standing = Q(shares__known_to=None, shares__valid_to=None)
    return Award.objects.visible_to(by).select_related("program").annotate(
        spent=Sum("shares__amount", filter=standing),
        things=Count("shares", filter=standing),  # an award has one standing share of a unit
    )  # fmt: skip


def part_of(award: Award, spent: Decimal | None) -> int | None:
    """How much of the award is in the register, per cent; None where its amount is not known."""
    return min(100, int((spent or 0) * 100 / award.amount)) if award.amount else None


def on_home(request: HttpRequest, district: Any) -> dict[str, Any]:
    """Awards with what of each is in the register, those that end soonest first."""
    today = days.today()
    soonest = with_spending(request.user).filter(amount__isnull=False).order_by("-period_end")[:12]
    awards: list[Any] = list(soonest)
    rows = [
        {"award": a, "spent": a.spent, "things": a.things, "part": part_of(a, a.spent),
         "ended": bool(a.period_end and a.period_end < today)}
        for a in awards
    ]  # fmt: skip
    return {"awards": rows, "see_money": request.user.has_perm("funding.view_cost"),
            "may_report": request.user.has_perm("reports.make_report")}  # fmt: skip


def of_users(request: HttpRequest, user: Any) -> dict[str, Any]:
    """Who may look at which award: of one user, or of all (None)."""
    rows = AwardMembership.objects.in_force(days.today()).select_related("user", "award")
    if user is not None:
        rows = rows.filter(user=user)
    rows = rows.filter(award__in=Award.objects.visible_to(request.user))
    return {
        "accesses": rows.order_by("user__name", "award__name"), "of_user": user,
        "may_change": request.user.has_perm("people.change_user"),
    }  # fmt: skip
