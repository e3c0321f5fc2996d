"""What the rows of a file of assets said so far, batch after batch."""

from dataclasses import dataclass, field
from typing import TypeAlias

from django.utils.translation import gettext as _

from assets.models import Asset, Category
from integrations.kinds.assets.identity.codes import CodesAlike
from integrations.kinds.assets.identity.exchanged import Exchanged
from integrations.kinds.assets.identity.source import Said
from integrations.kinds.assets.money.funded import Funded
from integrations.kinds.assets.money.units import FreeUnits
from integrations.kinds.assets.row import AssetPlan

#: A product's make and model in lower case.
ProductKey: TypeAlias = tuple[str, str]


@dataclass(slots=True, eq=False)
class AssetsSeen:
    """What identifies the things of the rows, each with the number of the first row that has it."""

    said: Said
    free: FreeUnits
    codes: CodesAlike
    exchanged: Exchanged
    tags: dict[str, int] = field(default_factory=dict)
    #: Make, model and serial number in one.
    serials: dict[str, int] = field(default_factory=dict)
    #: Serial numbers alone.
    numbers: dict[str, int] = field(default_factory=dict)
    #: A thing that is here -> the row that means it, and whether that changes it.
    things: dict[int, tuple[int, int, bool]] = field(default_factory=dict)
    #: Things that have a row for each award that pays for them.
    funded: Funded = field(default_factory=dict)
    #: A product that the catalog lacks -> its category, and the row that gave it.
    products: dict[ProductKey, tuple[Category, int]] = field(default_factory=dict)

    def once(self, plan: AssetPlan, asset: Asset) -> None:
        """Refuse a row whose thing another row of the file means, by whatever name: the last one
        of them would win. Where neither changes it, nothing is to be told."""
        changes, row = plan.outcome == "update", plan.row
        merge = plan.changes.merge
        for key in (asset.pk, *([merge.was["asset"]] if merge is not None else [])):
            number, part, changed = self.things.setdefault(key, (row.number, row.part, changes))
            if (number, part) != (row.number, row.part) and (changes or changed):
                plan.refuse("", _("The same item stands in row %s.") % number)
                return
