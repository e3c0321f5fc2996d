"""A row of a file of assets: what its cells say of a thing, and what that means here."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias, TypedDict

from assets.models import Category
from funding.models import Award, Purchase, PurchaseLine
from integrations.kinds.rows.changes import Change, Changes
from integrations.kinds.rows.planned import FACT, Planned, SchoolRow
from people.models import Person, Room, School


@dataclass(slots=True, eq=False)
class Lot:
    """Untagged units of a line that are alike: what each cost, and which award pays how much."""

    line: PurchaseLine
    cost: Decimal | None
    shares: dict[int, Decimal]
    received_on: date | None = None  # None: only a list implies the day
    bears: Decimal | None = None  # what the line's things cost in all with freight and discounts
    units: dict[int, int] = field(default_factory=dict)  # key -> number, the lowest first

    @property
    def common(self) -> list[str]:
        """What its units have in common, by keys and amounts."""
        shares = (f"{award}: {amount}" for award, amount in sorted(self.shares.items()))
        return [str(self.line.pk), str(self.cost), *shares]

    @property
    def money(self) -> tuple[Decimal | None, frozenset[tuple[int, Decimal]]]:
        return self.cost, frozenset(self.shares.items())


#: What tells products apart: the key of one that is here, make and model of a new one.
Sort: TypeAlias = int | tuple[str, str]


@dataclass(slots=True, eq=False)
class Stand:
    """A line on which new units may stand: one without a key is made with the first of them.
    `had`: the numbers that nothing new may have; `sorts`: of the things on it; `bears`: what its
    things cost in all with freight and discounts."""

    line: PurchaseLine
    had: set[int] = field(default_factory=set)
    sorts: set[Sort] = field(default_factory=set)
    bears: Decimal | None = None
    last: int = 0

    @property
    def number(self) -> int:
        """That of the next new unit."""
        while self.last + 1 in self.had:
            self.last += 1
        return self.last + 1

    @property
    def open(self) -> bool:
        """Whether something of what was ordered is still to come."""
        return self.number <= self.line.quantity


class Part(NamedTuple):
    """What a row says of one award that pays for its thing. `n`: the number of its columns;
    `award`: the one that is meant by what is `named`."""

    n: int
    named: str | None
    amount: Decimal | None
    percent: Decimal | None
    award: Award | None


@dataclass(slots=True, eq=False)
class AssetRow(SchoolRow):
    """What a row says of a thing. An empty cell leaves things as they are."""

    tag: str | None = None
    serial: str | None = None
    make: str | None = None
    model: str | None = None
    make_and_model: str | None = None
    category: str | None = None
    description: str | None = field(default=None, metadata=FACT)
    use: str | None = field(default=None, metadata=FACT)
    title_holder: str | None = field(default=None, metadata=FACT)
    acquired_on: date | None = field(default=None, metadata=FACT)
    building: str | None = None
    room: str | None = None
    placed: str | None = None
    holder: str | None = None
    holder_email: str | None = None
    holder_first: str | None = None
    holder_last: str | None = None
    out_to: str | None = None
    status: str | None = None
    condition: str | None = None
    last_verified_on: date | None = None
    received_on: date | None = None
    loaned_on: date | None = None
    deployed_on: date | None = None
    status_on: date | None = None
    disposed_on: date | None = None
    cost: Decimal | None = None
    quantity: int | None = None
    extended_cost: Decimal | None = None
    po: str | None = None
    invoice: str | None = None
    vendor: str | None = None
    award_1: str | None = None
    amount_1: Decimal | None = None
    percent_1: Decimal | None = None
    award_2: str | None = None
    amount_2: Decimal | None = None
    percent_2: Decimal | None = None
    award_3: str | None = None
    amount_3: Decimal | None = None
    percent_3: Decimal | None = None

    # What it was found to mean. Those without a value are there once its names were resolved.
    source_key: str = ""
    bare_key: str = ""
    retag_key: str = ""  # of a thing that came without its tag, which is another's
    several: int = 1  # how many things the row means, whether of their own or as a lot
    spoken_of: bool = False  # it brings back what somebody said never was
    merged: bool = False  # it made a thing that was merged into another since
    #: The purchase whose vendor, and the product whose category, it says anew.
    sold_anew: Purchase | None = None
    kind_anew: int | None = None
    school_row: School = field(init=False)
    category_row: Category = field(init=False)
    room_row: Room | None = None
    holder_row: Person | None = None
    not_holder: Person | None = None  # whom it names beside a status in which nobody has it
    holder_before: str = ""
    tells: tuple[str, ...] = ()  # who has the things of which its sentences tell, by local id
    award_rows: tuple[Award | None, Award | None, Award | None] = (None, None, None)
    #: The untagged unit that it takes, and those that are alike.
    lot: Lot | None = None
    unit: int | None = None
    #: Else the line on which it gets a new one.
    stand: Stand | None = None
    sort: Sort = 0  # of what it brings there
    #: From when it holds (reading/days.py).
    listed_on: date = field(init=False)
    listed_at: datetime | None = None
    loaned_at: datetime | None = None
    came_on: date = field(init=False)

    def source_keys(self) -> set[str]:
        """The keys of what it made at its source before; of a row of several things, of the first
        of them too, whichever it was."""
        keys = {self.source_key, self.bare_key} - {""}
        if self.several > 1:
            keys |= {f"{key.partition('#')[0]}#{n}" for key in keys for n in (1, 2)}
        return keys

    def product(self, make: str = "", model: str = "") -> tuple[str, str]:
        """The make and the model that it names; a part that it leaves out is as it is here."""
        return (
            make if self.make is None else self.make,
            model if self.model is None else self.model,
        )

    def parts(self) -> list[Part]:
        """What it says of the three awards that may pay for its thing; most rows name none."""
        said = (
            (1, self.award_1, self.amount_1, self.percent_1),
            (2, self.award_2, self.amount_2, self.percent_2),
            (3, self.award_3, self.amount_3, self.percent_3),
        )
        return [Part(*x, self.award_rows[x[0] - 1]) for x in said if x[1:] != (None, None, None)]

    @property
    def awards(self) -> tuple[str | None, str | None, str | None]:
        return self.award_1, self.award_2, self.award_3

    @property
    def names_holder(self) -> bool:
        """Whether any of its columns says who has the thing."""
        return bool(self.holder or self.holder_email or self.holder_first or self.holder_last)

    @property
    def handed_on(self) -> date | None:
        """Since when whoever it names has the thing, by whatever column it names them; None where
        it names nobody or no day. A thing is deployed to rooms, too: that day is read where
        somebody has it and no other column says since when."""
        return (self.loaned_on or self.deployed_on) if self.holder_row is not None else None

    def persons(self) -> tuple[str, str]:
        named = self.holder_row or self.not_holder
        who = named.local_id if named is not None else self.holder or ""
        told = dict.fromkeys(x for x in (who, self.holder_before, *self.tells) if x)
        first, second, *_others = *told, "", ""
        return first, second


class Merged(TypedDict):
    """The thing that was merged away."""

    asset: int


class AssetChanges(Changes):
    """What a row may change of a thing, with what stood before."""

    ALIKE = frozenset({"unit"})
    PEOPLE = frozenset({"holder"})

    tag: Change[str] | None = None
    serial: Change[str] | None = None
    product: Change[int] | None = None
    description: Change[str] | None = None
    use: Change[str] | None = None
    title_holder: Change[str] | None = None
    acquired_on: Change[date | None] | None = None
    condition: Change[str] | None = None
    condition_on: Change[date | None] | None = None
    last_verified_on: Change[date | None] | None = None
    status: Change[str] | None = None
    holder: Change[int | None] | None = None
    room: Change[int | None] | None = None
    school: Change[int] | None = None
    merge: Change[Merged] | None = None
    loser_version: Change[int] | None = None
    #: It gets a unit, and which untagged one it takes, of which that are alike.
    unit: Change[None] | None = None
    taken: Change[int] | None = None
    taken_of: Change[list[str]] | None = None
    #: The line that is here on which it gets a new one.
    onto: Change[int] | None = None
    #: What is said of the money of a unit that it takes: by keys and amounts, since names change.
    cost: Change[Decimal | None] | None = None
    cost_now: Change[Decimal] | None = None
    award_1: Change[str] | None = None
    awards_now: Change[list[int]] | None = None
    #: How the thing stood when the row was applied (Standing.plain).
    stood: Change[dict[str, Any]] | None = None
    #: How it stood once it was not void any more, before all else of the row.
    back: Change[dict[str, Any]] | None = None

    @property
    def moves(self) -> bool:
        """Whether it goes to another room because the row says so."""
        return self.room is not None and self.room.shown is not None

    def leaves(self, room: int | None) -> None:
        """It leaves the room where it is, whatever else it does."""
        if self.room is None:
            self.room = Change(room)


AssetPlan: TypeAlias = Planned[AssetRow, AssetChanges]
