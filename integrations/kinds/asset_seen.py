"""What the rows of a file of assets said so far, batch after batch."""

from dataclasses import dataclass, field
from typing import TypeAlias

from assets.models import Category
from integrations.kinds.asset_source import Said
from integrations.kinds.asset_units import FreeUnits

#: A product's make and model in lower case.
ProductKey: TypeAlias = tuple[str, str]


@dataclass(slots=True, eq=False)
class AssetsSeen:
    """What identifies the things of the rows, each with the number of the first row that has it."""

    said: Said
    free: FreeUnits
    tags: dict[str, int] = field(default_factory=dict)
    #: Make, model and serial number in one.
    serials: dict[str, int] = field(default_factory=dict)
    #: Serial numbers alone.
    numbers: dict[str, int] = field(default_factory=dict)
    #: A tag without its zeros -> that tag as it is written, and its row.
    zeros: dict[str, tuple[str, int]] = field(default_factory=dict)
    #: A product that the catalog lacks -> its category, and the row that gave it.
    products: dict[ProductKey, tuple[Category, int]] = field(default_factory=dict)
