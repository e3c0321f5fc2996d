"""What was received and is not in the register yet."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Min, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core.access import require
from core.time import days
from funding.models import Unit
from people.web import HouseRequest

SHOWN = 300


@require_GET
@login_required
def tagging(request: HouseRequest) -> HttpResponse:
    """Received, not tagged: by purchase line, oldest first."""
    require(request.user, "funding.view_purchase")
    lines = (
        Unit.objects.visible_to(request.user)
        .filter(voided_at=None, asset=None)
        .values("line", "line__description", "line__purchase", "line__purchase__number")
        .annotate(n=Count("pk"), oldest=Min("received_on"))
        .order_by("oldest", "line")
    )
    today = days.today()
    shown = list(lines[:SHOWN])
    costs = Unit.objects.visible_to(request.user, "funding.view_cost").filter(
        voided_at=None, asset=None, line__in=[line["line"] for line in shown]
    )
    known = dict(costs.order_by().values_list("line").annotate(cost=Sum("cost")))
    context = {
        "lines": [
            line | {"days": (today - line["oldest"]).days, "cost": known.get(line["line"], "")}
            for line in shown
        ],
        "see_money": bool(known),
        "may_register": request.user.has_perm("assets.register_asset"),
    }
    return render(request, "assets/tagging.html", context)
