"""What reports add to the page of an award."""

from typing import Any

from django.http import HttpRequest

from funding.models import Award
from reports.models import Report

SHOWN = 20


def of_award(request: HttpRequest, award: Award) -> dict[str, Any]:
    """The reports made of an award, the newest first."""
    rows = Report.objects.visible_to(request.user).filter(award=award)
    return {"reports": rows.select_related("run", "owner").order_by("-pk")[:SHOWN]}
