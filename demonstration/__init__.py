"""A district to try things in: believable data, one log-in per role, in its own data folder."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.models.run import Run

KIND = "demo"


def start(address: str = "http://localhost:8000") -> "Run":
    """Make the demonstration's district and log-ins now (under two seconds) and start the run that
    fills it; `address` is where its printed codes lead. Safe to repeat. Raises Refused in a
    district that is not a demonstration."""
    # This package is imported before the apps are there.
    from core import runs
    from core.access import SYSTEM
    from demonstration.actions.start import make_district

    make_district(address)
    return runs.start(KIND, {}, by=SYSTEM, key="demonstration")
