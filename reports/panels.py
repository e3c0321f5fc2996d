"""What reports add to the page of an award."""

from typing import Any

from funding.models import Award
from people.web import HouseRequest
from reports.models import Report

SHOWN = 20


def of_award(request: HouseRequest, award: Award) -> dict[str, Any]:
    """The reports made of an award, the newest first."""
    rows = Report.objects.visible_to(request.user).filter(award=award)
    return {"reports": rows.select_related("run", "owner").order_by("-pk")[:SHOWN]}
