"""A thing as it is described before it is registered."""

from dataclasses import dataclass
from datetime import date, datetime

from assets.models import Product, Status
from core.text.lookalikes import plain_code
from funding.models import Unit
from people.models import Person, Room, School


@dataclass(frozen=True, kw_only=True)
class AssetDraft:
    """A thing before it is registered. With `legacy` any status may be given: the thing
    was there before this register and its source says so; nothing blocks it.

    It exists from the day it was acquired, else from its unit's receipt, else from `at` (instant,
    default now). What nobody dates was so before: see assets/register/beginnings.py. `listed_on` is
    the day of the list that says all this (default: the registration's)."""

    tag: str
    product: Product
    school: School
    serial: str = ""
    description: str = ""
    status: str = Status.IN_STOCK
    room: Room | None = None
    holder: Person | None = None
    home_room: Room | None = None
    condition: str = ""
    condition_on: date | None = None
    acquired_on: date | None = None
    received_on: date | None = None  # where no unit tells it
    unit: Unit | None = None
    title_holder: str = ""
    use: str = ""
    last_verified_on: date | None = None
    seen: bool = False  # whoever registers it has it before their eyes: seen now, in this room
    loaned_on: date | None = None
    status_on: date | None = None
    disposed_on: date | None = None
    disposal_method: str = ""
    legacy: bool = False
    listed_on: date | None = None
    at: datetime | None = None
    source_key: str = ""
    row: int = 0  # where it stands in what somebody sent, if others of that take no part
    another: bool = False  # somebody said that it is not the thing with the similar tag or serial

    def __post_init__(self) -> None:
        """What merely looks like a hyphen or a letter would be another thing to every search."""
        for name in ("tag", "serial"):
            object.__setattr__(self, name, plain_code(getattr(self, name)))

    @property
    def school_id(self) -> int:
        return self.school.pk
