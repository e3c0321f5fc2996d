"""How upper apps add to lower apps' pages: navigation and panels."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from core.permissions import known_permission


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


def panel(
    slot: str,
    template: str,
    permission: str,
    context: Callable[[Any, Any], dict[str, Any]],
    order: int = 50,
) -> None:
    """Add a panel to a page of a lower app (`people.person`): its template, who may see it, and
    what the template gets for (request, object)."""
    known_permission(permission, f"the panel {template} on {slot}")
    _panels.setdefault(slot, []).append(Panel(template, permission, context, order))
    _panels[slot].sort(key=lambda p: p.order)


def panels_for(request: HttpRequest, slot: str, obj: Any) -> list[tuple[str, dict[str, Any]]]:
    """The panels of a page that this user may see, each with its context."""
    return [
        (p.template, p.context(request, obj))
        for p in _panels.get(slot, [])
        if request.user.has_perm(p.permission, obj)
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
