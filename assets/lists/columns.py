"""The columns of an asset list: the same for page and export."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from assets.models import Asset, Condition, Place, Status
from core.text.written import day

COLUMNS: dict[str, tuple[str | Promise, Callable[[Asset], Any]]] = {
    "tag": (_("Tag"), lambda a: a.tag),
    "product": (_("Make and model"), lambda a: str(a.product)),
    "category": (_("Category"), lambda a: a.product.category.name),
    "serial": (_("Serial number"), lambda a: a.serial),
    # Not get_status_display(): it hashes and translates every choice for each row.
    "status": (_("Status"), lambda a: Status(a.status).label),
    "school": (_("School"), lambda a: a.school.name),
    "place": (_("Place"), lambda a: place_of(a)),
    "holder": (_("Holder"), lambda a: a.holder.name if a.holder else ""),
    "condition": (_("Condition"), lambda a: Condition(a.condition).label),
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
    return str(Place(asset.place).label) if asset.place else ""


def chosen(values: Iterable[str]) -> list[str]:
    """Columns from `a,b,c` (once or many times), in that order; unknown names are left out, none
    means the usual ones."""
    names = [n for value in values for n in value.split(",") if n in COLUMNS]
    return list(dict.fromkeys(names)) or list(DEFAULT)


def value(asset: Asset, name: str, hide: bool) -> Any:
    """A cell; `hide` shows people as pseudonyms."""
    if hide and asset.holder and name == "holder":
        return asset.holder.pseudonym
    if hide and asset.person and name == "place":
        return asset.person.pseudonym
    return COLUMNS[name][1](asset)


def rows_html(
    assets: Sequence[Asset], names: Sequence[str], hidden: set[int], query: str = ""
) -> SafeString:
    """Table rows, the first cell a link (`query` goes behind its address); `hidden`: the assets
    whose people show as pseudonyms. Written here and not in a template: fifty rows of template
    tags took most of the page's time."""
    return SafeString("".join(_row(a, names, a.pk in hidden, escape(query)) for a in assets))


def _row(asset: Asset, names: Sequence[str], hide: bool, query: str) -> str:
    cells = "".join(_cells(asset, names[1:], hide))
    first = escape(_shown(value(asset, names[0], hide))) or "–"
    return (
        f'<tr><td><a href="{reverse("asset", args=[asset.pk])}{query}">{first}</a></td>{cells}</tr>'
    )


def _cells(asset: Asset, names: Sequence[str], hide: bool) -> Iterator[str]:
    for name in names:
        text: str = escape(_shown(value(asset, name, hide)))
        if name == "status":
            icon = Status(asset.status).icon
            text = (
                f'<span class="status"><i class="ti ti-{icon}" aria-hidden="true"></i> '
                f"{text}</span>"
            )
        yield f'<td class="wrap">{text}</td>' if name == "description" else f"<td>{text}</td>"


def _shown(value: Any) -> str:
    if value is None or isinstance(value, date):
        return day(value)
    return str(value)
