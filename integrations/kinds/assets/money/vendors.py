"""Vendors whose names differ by signs alone: CDW-G, CDW G and C.D.W.G. are asked about."""

from core.access import Actor
from funding.models import Vendor
from integrations.kinds.assets.questions import VENDOR
from integrations.kinds.assets.row import AssetPlan
from integrations.kinds.names.alike import NamesAlike
from integrations.words import fold


class VendorsAlike:
    """The names of the vendors that are here, and of those that the rows of a file bring."""

    def __init__(self, by: Actor) -> None:
        here = Vendor.objects.seen_by(by).order_by("pk").values_list("name", flat=True)
        self.names = NamesAlike(VENDOR, "vendor", here, fold)

    def settled(self, plan: AssetPlan) -> bool:
        """Whether the row's vendor is certain. Somebody is asked of a new one that is called nearly
        as one that is here, or as that of an earlier row."""
        if not plan.values.vendor:
            return True
        meant = self.names.meant(plan, plan.values.vendor)
        plan.values.vendor = meant or plan.values.vendor
        return bool(meant)
