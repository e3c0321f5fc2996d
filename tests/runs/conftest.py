"""Processes, and an award whose report takes a worker a moment."""

import pytest

from assets.actions import AssetDraft, register_assets
from core.access import SYSTEM
from funding.models import Award
from people.models import School
from tests.factories import make_product, make_purchase
from tests.runs.processes import lease, processes

__all__ = ["lease", "processes"]


@pytest.fixture
def rich(arp: Award, lincoln: School) -> Award:
    """ARP ESSER, which paid for 120 things at Lincoln."""
    _purchase, units = make_purchase(quantity=120, amount="36000.00", shares=[(arp, "100")])
    product, room = make_product(), lincoln.rooms.get(code="101")
    register_assets(
        [
            AssetDraft(
                tag=f"R{n:05d}",
                serial=f"RS{n:05d}",
                product=product,
                school=lincoln,
                room=room,
                unit=unit,
            )
            for n, unit in enumerate(units)
        ],
        by=SYSTEM,
    )
    return arp
