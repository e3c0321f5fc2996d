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


def place_of(asset: Asset, named: bool) -> str:
    """Where it is, in words."""
    if asset.room:
        return str(asset.room)
    if asset.person:
        return asset.person.called(named)
    return str(Place(asset.place).label) if asset.place else ""


#: A heading, and the cell of a thing whose people show by name or not.
COLUMNS: dict[str, tuple[str | Promise, Callable[[Asset, bool], Any]]] = {
    "tag": (_("Tag"), lambda a, named: a.tag),
    "product": (_("Make and model"), lambda a, named: str(a.product)),
    "category": (_("Category"), lambda a, named: a.product.category.name),
    "serial": (_("Serial number"), lambda a, named: a.serial),
    # Not get_status_display(): it hashes and translates every choice for each row.
    "status": (_("Status"), lambda a, named: Status(a.status).label),
    "school": (_("School"), lambda a, named: a.school.name),
    "place": (_("Place"), place_of),
    "holder": (_("Holder"), lambda a, named: a.holder.called(named) if a.holder else ""),
    "condition": (_("Condition"), lambda a, named: Condition(a.condition).label),
    "acquired": (_("Acquired"), lambda a, named: a.acquired_on),
    "verified": (_("Last verified"), lambda a, named: a.last_verified_on),
    "description": (_("Description"), lambda a, named: a.description),
}
DEFAULT = ("tag", "product", "serial", "status", "school", "place", "holder", "verified")


def chosen(values: Iterable[str]) -> list[str]:
    """Columns from `a,b,c` (once or many times), in that order; unknown names are left out, none
    means the usual ones."""
    names = [n for value in values for n in value.split(",") if n in COLUMNS]
    return list(dict.fromkeys(names)) or list(DEFAULT)


def value(asset: Asset, name: str, named: bool) -> Any:
    """A cell; people by name only where `named`."""
    return COLUMNS[name][1](asset, named)


def rows_html(
    assets: Sequence[Asset], names: Sequence[str], named: set[int], query: str = ""
) -> SafeString:
    """Table rows, the first cell a link (`query` goes behind its address); `named`: the assets
    whose people show by name. Written here and not in a template: fifty rows of template
    tags took most of the page's time."""
    return SafeString("".join(_row(a, names, a.pk in named, escape(query)) for a in assets))


def _row(asset: Asset, names: Sequence[str], named: bool, query: str) -> str:
    cells = "".join(_cells(asset, names[1:], named))
    first = escape(_shown(value(asset, names[0], named))) or "–"
    return (
        f'<tr><td><a href="{reverse("asset", args=[asset.pk])}{query}">{first}</a></td>{cells}</tr>'
    )


def _cells(asset: Asset, names: Sequence[str], named: bool) -> Iterator[str]:
    for name in names:
        text: str = escape(_shown(value(asset, name, named)))
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
