"""The words for an asset's state. Legal moves between them: assets/life.py."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    ORDERED = "ordered", _("Ordered")
    RECEIVED = "received", _("Received")
    IN_STOCK = "in_stock", _("In stock")
    IN_USE = "in_use", _("In use")
    IN_REPAIR = "in_repair", _("In repair")
    IN_TRANSIT = "in_transit", _("In transit")
    MISSING = "missing", _("Missing")
    LOST = "lost", _("Lost")
    STOLEN = "stolen", _("Stolen")
    SURPLUS = "surplus", _("Surplus")
    AWAITING_DISPOSAL = "awaiting_disposal", _("Awaiting disposal")
    DISPOSED = "disposed", _("Disposed")
    VOID = "void", _("Void")

    @property
    def words(self) -> str:
        """Within a sentence: "in use"."""
        return str(self.label).lower()

    @property
    def icon(self) -> str:
        """What stands beside its word."""
        return _ICONS[self]


_ICONS = {
    Status.ORDERED: "shopping-cart",
    Status.RECEIVED: "package",
    Status.IN_STOCK: "box",
    Status.IN_USE: "user-check",
    Status.IN_REPAIR: "tool",
    Status.IN_TRANSIT: "truck",
    Status.MISSING: "help-circle",
    Status.LOST: "map-pin-off",
    Status.STOLEN: "alert-octagon",
    Status.SURPLUS: "stack-push",
    Status.AWAITING_DISPOSAL: "hourglass",
    Status.DISPOSED: "trash",
    Status.VOID: "ban",
}
if missing := set(Status) - _ICONS.keys():
    raise LookupError(f"no icon stands for {', '.join(sorted(missing))}")

#: Statuses in which the district no longer has the thing at hand.
CLOSED = (Status.DISPOSED, Status.VOID)
#: Statuses in which nobody knows where it is; it can be found again.
ASTRAY = (Status.MISSING, Status.LOST, Status.STOLEN)
GONE = (*CLOSED, *ASTRAY)
#: What a thing that is out becomes only once it is checked in.
BACK = (Status.IN_STOCK, Status.SURPLUS)


class Place(models.TextChoices):
    ROOM = "room", _("In a room")
    PERSON = "person", _("With a person")
    CONTAINER = "container", _("In a container")
    TRANSIT = "transit", _("In transit")
    UNPLACED = "unplaced", _("Not placed")
    CLOSED = "closed", _("Closed")


class Condition(models.TextChoices):
    NEW = "new", _("New")
    GOOD = "good", _("Good")
    FAIR = "fair", _("Fair")
    POOR = "poor", _("Poor")
    BROKEN = "broken", _("Broken")
    UNKNOWN = "", _("Unknown")


class DisposalMethod(models.TextChoices):
    SOLD = "sold", _("Sold")
    AUCTIONED = "auctioned", _("Auctioned")
    DONATED = "donated", _("Donated")
    TRADED = "traded", _("Traded in")
    RECYCLED = "recycled", _("Recycled")
    DESTROYED = "destroyed", _("Destroyed")
    RETURNED = "returned", _("Returned to vendor")
    PARTS = "parts", _("Used for parts")
    UNKNOWN = "unknown", _("Unknown (before this register)")
