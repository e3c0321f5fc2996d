"""One search: each app says what it finds, and what it offers where nothing is found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from core.access import MaybeActor
from core.permissions import known_permission
from core.web.slots import pages_called

#: So many of a group are shown; who wants more goes to its list.
SHOWN = 8


@dataclass(frozen=True)
class Hit:
    """One thing that was found: what it is called, what else tells it apart, and its page."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Group:
    label: str | Promise
    icon: str
    hits: list[Hit]
    more: str  # the address of the list with all of them; empty where these are all


#: What finds: (text, by, at most so many). It tells nothing that `by` may not see.
Find = Callable[[str, MaybeActor, int], list[Hit]]


@dataclass(frozen=True)
class _Finder:
    label: str | Promise
    icon: str
    permission: str
    find: Find
    list_url: str
    order: int


@dataclass(frozen=True)
class _Offer:
    label: str | Promise
    permission: str
    url_name: str
    parameter: str


_finders: list[_Finder] = []
_offers: list[_Offer] = []


def register_finder(
    label: str | Promise, icon: str, permission: str, find: Find, list_url: str, order: int
) -> None:
    """Find more in the search of every page, for those who hold the permission anywhere.
    `list_url` is the page whose `q` lists all of them."""
    known_permission(permission, f"the search for {label}")
    _finders.append(_Finder(label, icon, permission, find, list_url, order))
    _finders.sort(key=lambda finder: finder.order)


def register_offer(label: str | Promise, permission: str, url_name: str, parameter: str) -> None:
    """Offer a page where nothing is found. The label says `%s` for what was looked for, and the
    page gets it as its `parameter`."""
    known_permission(permission, f"the offer {label}")
    _offers.append(_Offer(label, permission, url_name, parameter))


def found(text: str, by: Any, pages: str | Promise) -> list[Group]:
    """What somebody finds, by groups; the last group, `pages`, is of pages by their names."""
    groups = []
    for finder in _of(by):
        hits = finder.find(text, by, SHOWN + 1)
        if hits:
            more = f"{reverse(finder.list_url)}?{urlencode({'q': text})}"
            more = more if len(hits) > SHOWN else ""
            groups.append(Group(finder.label, finder.icon, hits[:SHOWN], more))
    called = [Hit(label, "", url) for label, url in pages_called(text, by)]
    return [*groups, Group(pages, "file", called, "")] if called else groups


def looked_in(by: Any) -> list[str]:
    """Where the search looks for somebody: the groups that they may see."""
    return [str(finder.label).lower() for finder in _of(by)]


def offers(text: str, by: Any) -> list[tuple[str, str]]:
    """What somebody may do with a text that finds nothing: (sentence, address)."""
    return [
        (str(o.label) % text, f"{reverse(o.url_name)}?{urlencode({o.parameter: text})}")
        for o in _offers
        if by.has_perm(o.permission)
    ]


def _of(by: Any) -> list[_Finder]:
    return [finder for finder in _finders if by.has_perm(finder.permission)]


def faults() -> Iterator[str]:
    """Lists and offers that lead to no page."""
    for name in [*(f.list_url for f in _finders), *(o.url_name for o in _offers)]:
        try:
            reverse(name)
        except NoReverseMatch:
            yield f"the search leads to {name!r}, which is no page by itself"
