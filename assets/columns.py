"""The columns of an asset list: the same for page and export."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assets.models import Asset

COLUMNS: dict[str, tuple[str | Promise, Callable[[Asset], Any]]] = {
    "tag": (_("Tag"), lambda a: a.tag),
    "product": (_("Make and model"), lambda a: str(a.product)),
    "category": (_("Category"), lambda a: a.product.category.name),
    "serial": (_("Serial number"), lambda a: a.serial),
    "status": (_("Status"), lambda a: a.get_status_display()),
    "school": (_("School"), lambda a: a.school.name),
    "place": (_("Place"), lambda a: place_of(a)),
    "holder": (_("Holder"), lambda a: a.holder.name if a.holder else ""),
    "condition": (_("Condition"), lambda a: a.get_condition_display()),
    "acquired": (_("Acquired"), lambda a: a.acquired_on),
    "verified": (_("Last verified"), lambda a: a.last_verified_on),
    "description": (_("Description"), lambda a: a.description),
}
DEFAULT = ("tag", "product", "serial", "status", "school", "place", "holder", "verified")


def place_of(asset: Asset) -> str:
    """Where it is, in words."""
    if asset.room:
        return str(asset.room)
    if asset.person:
        return asset.person.name
    return str(asset.get_place_display())


def chosen(value: str) -> list[str]:
    """Columns from `a,b,c`; unknown names are left out, none means the usual ones."""
    names = [n for n in value.split(",") if n in COLUMNS]
    return names or list(DEFAULT)
