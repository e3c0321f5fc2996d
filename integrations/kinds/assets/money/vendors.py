"""Vendors whose names differ by signs alone: CDW-G, CDW G and C.D.W.G. are asked about."""

from functools import cached_property

from django.utils.translation import gettext as _

from core.access import Actor
from funding.models import Vendor
from integrations.kinds.assets.questions import VENDOR
from integrations.kinds.assets.row import AssetPlan
from integrations.words import fold


class VendorsAlike:
    """The names of the vendors that are here, and of those that the rows of a file bring."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        #: By what is left of it, a new name of the file, and its row.
        self._new: dict[str, tuple[str, int]] = {}

    @cached_property
    def _here(self) -> list[str]:
        return list(Vendor.objects.seen_by(self.by).order_by("pk").values_list("name", flat=True))

    @cached_property
    def _names(self) -> set[str]:
        return {name.lower() for name in self._here}

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {fold(name): name for name in reversed(self._here)}

    def settled(self, plan: AssetPlan) -> bool:
        """Whether the row's vendor is certain. Somebody is asked of a new one that is called nearly
        as one that is here, or as that of an earlier row."""
        name = plan.values.vendor or ""
        if not name or name.lower() in self._names:
            return True
        other, row = self._folded.get(fold(name), ""), 0
        if not other:
            other, row = self._new.setdefault(fold(name), (name, plan.row.number))
        if other.lower() == name.lower():
            return True
        message = _("The vendor %(name)s looks like %(other)s, with other signs.")
        if row:
            message = _(
                "The vendor %(name)s looks like %(other)s in row %(row)s, with other signs."
            )
        words = {"name": name, "other": other, "row": row}
        choice = plan.ask(VENDOR, "vendor", message % words, name.lower(), other.lower())
        if choice == "that":
            plan.values.vendor = other
        return bool(choice)
