"""The life of an asset: every status, where it may go, and what is never allowed.

One table on one page. `docs/life.md` is drawn from it by `manage.py draw_life`.
"""

from collections.abc import Iterator
from enum import Enum

from django.utils.translation import gettext as _

from assets.models.asset import Asset
from assets.models.status import ASTRAY, Status
from core.problems import Problem

S = Status


class Edge(Enum):
    """How a move between statuses is made."""

    FREE = "free"  # an ordinary action
    CASE = "case"  # needs a case with a search record and a notice
    REOPEN = "reopen"  # its own act with its own permission


LIFE: dict[Status, dict[Status, Edge]] = {
    S.ORDERED: {S.RECEIVED: Edge.FREE, S.IN_STOCK: Edge.FREE, S.DISPOSED: Edge.FREE},
    S.RECEIVED: {S.IN_STOCK: Edge.FREE, S.IN_USE: Edge.FREE, S.DISPOSED: Edge.FREE},
    S.IN_STOCK: {
        S.IN_USE: Edge.FREE,
        S.IN_REPAIR: Edge.FREE,
        S.IN_TRANSIT: Edge.FREE,
        S.MISSING: Edge.FREE,
        S.SURPLUS: Edge.FREE,
        S.LOST: Edge.CASE,
        S.STOLEN: Edge.CASE,
    },
    S.IN_USE: {
        S.IN_STOCK: Edge.FREE,
        S.IN_REPAIR: Edge.FREE,
        S.IN_TRANSIT: Edge.FREE,
        S.MISSING: Edge.FREE,
        S.SURPLUS: Edge.FREE,
        S.LOST: Edge.CASE,
        S.STOLEN: Edge.CASE,
    },
    S.IN_REPAIR: {
        S.IN_STOCK: Edge.FREE,
        S.IN_USE: Edge.FREE,
        S.SURPLUS: Edge.FREE,
        S.DISPOSED: Edge.FREE,
        S.MISSING: Edge.FREE,
    },
    S.IN_TRANSIT: {S.IN_STOCK: Edge.FREE, S.IN_USE: Edge.FREE, S.MISSING: Edge.FREE},
    S.MISSING: {S.IN_STOCK: Edge.FREE, S.IN_USE: Edge.FREE, S.LOST: Edge.CASE, S.STOLEN: Edge.CASE},
    S.LOST: {S.IN_STOCK: Edge.FREE, S.IN_USE: Edge.FREE},
    S.STOLEN: {S.IN_STOCK: Edge.FREE, S.IN_USE: Edge.FREE},
    S.SURPLUS: {S.AWAITING_DISPOSAL: Edge.FREE, S.IN_STOCK: Edge.FREE},
    S.AWAITING_DISPOSAL: {
        S.DISPOSED: Edge.FREE,
        S.SURPLUS: Edge.FREE,
        S.IN_STOCK: Edge.FREE,
    },
    S.DISPOSED: {S.IN_STOCK: Edge.REOPEN, S.SURPLUS: Edge.REOPEN},
    S.VOID: {},
}

#: Ways out of a status other than awaiting disposal, and only by these methods.
DIRECT_DISPOSAL: dict[Status, frozenset[str]] = {
    S.ORDERED: frozenset({"returned"}),
    S.RECEIVED: frozenset({"returned"}),
    S.IN_REPAIR: frozenset({"parts"}),
}


def move_problems(asset: Asset, to: Status, field: str = "status") -> Iterator[Problem]:
    """Why an asset may not go from its status to another."""
    now = Status(asset.status)
    if now == to:
        return
    edge = LIFE[now].get(to)
    words = {"tag": asset.tag, "now": now.words, "to": to.words}
    if edge is None:
        message = _("%(tag)s is %(now)s and cannot become %(to)s.")
        if now in ASTRAY:
            message = _(
                "%(tag)s is %(now)s and cannot become %(to)s. Say first by Found again that it is "
                "here."
            )
        elif to == Status.DISPOSED:
            message = _(
                "%(tag)s is %(now)s and cannot become %(to)s. Bring it first by Change status to "
                "awaiting disposal."
            )
        yield Problem("illegal-move", message % words, field)
    elif edge is Edge.CASE:
        message = _(
            "%(tag)s becomes %(to)s only through a case with its last custodian, a search and a "
            "notice. Mark it missing first."
        )
        yield Problem("case-required", message % words, field)
    elif edge is Edge.REOPEN:
        message = _("%(tag)s is disposed and closed. A mistake is undone by Reopen.")
        yield Problem("closed", message % words, field)
