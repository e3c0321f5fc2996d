"""How upper apps add to lower apps' pages: navigation and panels."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from core.db.folded import folded
from core.permissions import known_permission
from core.whole import page_names


@dataclass(frozen=True)
class NavItem:
    label: str | Promise
    url_name: str
    icon: str
    permission: str
    order: int
    holds: tuple[str, ...]


@dataclass(frozen=True)
class Panel:
    template: str
    permission: str
    context: Callable[[Any, Any], dict[str, Any]]
    order: int


_nav: list[NavItem] = []
_slots: set[str] = set()
_panels: dict[str, list[Panel]] = {}


def nav(
    label: str | Promise,
    url_name: str,
    icon: str,
    permission: str,
    order: int = 50,
    holds: tuple[str, ...] = (),
) -> None:
    """Add a page to the navigation, for those who hold the permission anywhere. It stands out on
    the pages it `holds`, too."""
    known_permission(permission, f"the navigation to {url_name}")
    _nav.append(NavItem(label, url_name, icon, permission, order, holds))
    _nav.sort(key=lambda item: item.order)


def slot(name: str) -> None:
    """Declare a place on a page of this app where upper apps may add panels: its template shows
    them by `{% panels name object %}`."""
    _slots.add(name)


def panel(
    on: str,
    template: str,
    permission: str,
    context: Callable[[Any, Any], dict[str, Any]],
    order: int = 50,
) -> None:
    """Add a panel to a page of a lower app (`people.person`): its template, who may see it, and
    what the template gets for (request, object). Raises LookupError where no page shows it."""
    known_permission(permission, f"the panel {template} on {on}")
    _panels.setdefault(_shown(on), []).append(Panel(template, permission, context, order))
    _panels[on].sort(key=lambda p: p.order)


def _shown(slot: str) -> str:
    if slot not in _slots:
        raise LookupError(f"no app declares the slot {slot!r} for panels (part(slot, ...))")
    return slot


def faults() -> Iterator[str]:
    """Pages in the navigation that are none, and panels without a template."""
    for item in _nav:
        try:
            reverse(item.url_name)
        except NoReverseMatch:
            yield f"the navigation leads to {item.url_name!r}, which is no page by itself"
        if unknown := set(item.holds) - page_names():
            yield f"the navigation to {item.url_name!r} holds {sorted(unknown)}, which are no pages"
    for on, added in _panels.items():
        for each in added:
            try:
                get_template(each.template)
            except TemplateDoesNotExist:
                yield f"the panel {each.template} on {on} has no template"


def panels_for(request: HttpRequest, slot: str, obj: Any) -> list[tuple[str, dict[str, Any]]]:
    """The panels of a page that this user may see, each with its context."""
    return [
        (p.template, p.context(request, obj))
        for p in _panels.get(_shown(slot), [])
        if request.user.has_perm(p.permission, obj)
    ]


def pages_called(text: str, by: Any) -> list[tuple[str, str]]:
    """The pages of the navigation that somebody may open and that have the text in their name:
    (label, address)."""
    return [
        (str(item.label), reverse(item.url_name))
        for item in _nav
        if folded(text) in folded(str(item.label)) and by.has_perm(item.permission)
    ]


def context(request: HttpRequest) -> dict[str, Any]:
    """What every template gets: the district and the navigation of this user."""
    user = getattr(request, "user", None)
    items: list[dict[str, Any]] = []
    if user is not None and user.is_authenticated:
        match = request.resolver_match
        here = (match.url_name or "") if match else ""
        inside = next((i.url_name for i in _nav if here in i.holds), "")
        items = [
            {
                "label": i.label,
                "url_name": i.url_name,
                "icon": i.icon,
                "active": here == i.url_name or i.url_name == inside,
            }
            for i in _nav
            if user.has_perm(i.permission)
        ]
    return {"district": getattr(request, "district", None), "nav": items}
