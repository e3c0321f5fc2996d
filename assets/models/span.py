"""The state of an asset over time, in two times."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from assets.models.status import Condition, Place, Status
from core.db.managers import manager
from core.facts import columns
from core.two_times.as_of import SpanQuerySet
from core.two_times.spans import StateSpan, guard_spans
from funding.models import Unit, UnitShare
from people.models import Person, Room, School


class AssetSpanQuerySet(SpanQuerySet["AssetSpan"]):
    def paid_by(
        self, awards: Iterable[int], at: datetime, known_at: datetime | None = None
    ) -> Self:
        """The states at an instant of the things that these awards (keys) paid for then."""
        paid = UnitShare.objects.paid_by(awards, at, known_at)
        rows = self.as_of(at, known_at).exclude(status=Status.VOID)
        return rows.filter(unit__in=paid.values("unit"))


#: The columns that say together where a thing is.
WHERE = frozenset({"place", "room_id", "person_id", "container_id"})


class AssetSpan(StateSpan):
    """An asset's state from an instant on: status, place, holder, home, condition, school, unit."""

    subject = "asset_id"
    fields = (
        "school_id",
        "status",
        "place",
        "room_id",
        "person_id",
        "container_id",
        "holder_id",
        "home_room_id",
        "condition",
        "unit_id",
    )
    evidence = frozenset({"status", "place", "holder_id"})

    asset = models.ForeignKey(
        "assets.Asset", on_delete=models.PROTECT, related_name="spans", db_index=False
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=Status.choices)
    place = models.CharField(max_length=12, choices=Place.choices)
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    container = models.ForeignKey(
        "assets.Asset", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    holder = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    home_room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    condition = models.CharField(max_length=8, choices=Condition.choices, blank=True)
    # Which money hung on it: a merge or a void takes the unit away, and the record of an award as
    # of a day before must still show it.
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    # Its base takes any.
    objects: ClassVar[AssetSpanQuerySet] = manager(AssetSpanQuerySet)  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["asset", "valid_from"], name="span_asset"),
            models.Index(fields=["holder", "valid_from"], name="span_holder"),
            models.Index(fields=["room", "valid_from"], name="span_room"),
            models.Index(fields=["unit", "valid_from"], name="span_unit"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["asset"], name="span_open", condition=Q(valid_to=None, known_to=None)
            )
        ]

    def told(self) -> frozenset[str]:
        """Where a thing is, is one word: an undo from room to room sets the room alone, and what is
        learned later of an earlier day must not change the rest of it. With a room its school."""
        named = super().told()
        if named.isdisjoint(WHERE):
            return named
        return named | WHERE | ({"school_id"} if self.room_id else set())

    def carried(self, told: dict[str, Any], pending: dict[str, Any]) -> dict[str, Any]:
        """A room that is told for an earlier day ends where another school was told alone: it is in
        no room of a school that it is not at."""
        elsewhere = told.get("school_id", self.school_id) != self.school_id
        if not (pending.get("room_id") and elsewhere) or "school_id" in pending:
            return pending
        holder = pending.get("holder_id", self.holder_id)
        place = Place.PERSON if holder else Place.UNPLACED
        return pending | {
            "place": place,
            "room_id": None,
            "person_id": holder,
            "container_id": None,
        }

    def __str__(self) -> str:
        return f"{self.asset_id} {self.status} from {self.valid_from}"


guard_spans(AssetSpan)
columns.part_of(AssetSpan, "asset", key=["known_from", "valid_from", "number"])
