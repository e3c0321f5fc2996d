"""What was received and is not in the register yet."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Min, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import days
from core.access import require
from funding.models import Unit

SHOWN = 300


@require_GET
@login_required
def tagging(request: HttpRequest) -> HttpResponse:
    """Received, not tagged: by purchase line, oldest first (desk.md 4)."""
    require(request.user, "funding.view_purchase")
    lines = (
        Unit.objects.visible_to(request.user).filter(voided_at=None, asset=None)
        .values("line", "line__description", "line__purchase", "line__purchase__number")
        .annotate(n=Count("pk"), cost=Sum("cost"), oldest=Min("received_on"))
        .order_by("oldest", "line")
    )  # fmt: skip
    today = days.today()
    context = {
        "lines": [line | {"days": (today - line["oldest"]).days} for line in lines[:SHOWN]],
        "see_money": request.user.has_perm("funding.view_cost"),
        "may_register": request.user.has_perm("assets.register_asset"),
    }  # fmt: skip
    return render(request, "assets/tagging.html", context)
