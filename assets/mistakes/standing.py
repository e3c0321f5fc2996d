"""How a thing stood before an act, for whoever takes that act back: plain data that can be kept."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Self

from assets.models import Asset, AssetSpan

#: The part of a thing's state that handing out, checking in, moving and a new status change.
STATE = (
    "school_id",
    "status",
    "place",
    "room_id",
    "person_id",
    "container_id",
    "holder_id",
)


@dataclass(frozen=True)
class Standing:
    """Status, place, holder and school of a thing, and the day that its loan was due."""

    school_id: int
    status: str
    place: str
    room_id: int | None
    person_id: int | None
    container_id: int | None
    holder_id: int | None
    due_on: date | None = None

    @classmethod
    def of(cls, asset: Asset | AssetSpan, due_on: date | None = None) -> Self:
        """As it stands now, or stood on the days of a span. `due_on`: of its open loan, where the
        caller knows it."""
        return cls(**{f: getattr(asset, f) for f in STATE}, due_on=due_on)

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Self:
        """What `plain` made."""
        due = kept.get("due_on")
        return replace(cls(**kept), due_on=date.fromisoformat(due) if due else None)

    def plain(self) -> dict[str, Any]:
        """As a session or a JSON column can keep it."""
        return asdict(self) | {"due_on": self.due_on.isoformat() if self.due_on else None}

    def state(self) -> dict[str, Any]:
        """The values of the thing's state, by attribute names."""
        return {f: getattr(self, f) for f in STATE}
