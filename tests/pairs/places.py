"""Everything that somebody can open or be told: addresses of pages, exports, labels, the feed and
REST."""

from typing import Any

from core.time import days

#: What every pair opens: each kind of address that there is.
PAGES = (
    "/",
    "/assets/",
    "/assets/export.csv",
    "/assets/labels/",
    "/assets/new/",
    "/people/",
    "/people/?q=z",
    "/rooms/",
    "/schools/",
    "/awards/",
    "/purchases/",
    "/activity/",
    "/tagging/",
    "/vendors/",
    "/reports/",
    "/reports/new/",
    "/runs/",
    "/scan/",
)
OF_A_SIDE = (
    "/assets/{asset}/",
    "/assets/?award={award}",
    "/people/{person}/",
    "/rooms/{room}/",
    "/schools/{school}/",
    "/awards/{award}/",
    "/purchases/{purchase}/",
    "/files/{attachment}/",
)
REST = (
    "assets",
    "people",
    "rooms",
    "awards",
    "purchases",
    "units",
    "shares",
    "journal",
    "reports",
)
REST_OF_A_SIDE = (
    "assets/{asset}",
    "people/{person}",
    "awards/{award}",
    "purchases/{purchase}",
    "units/{unit}",
)
#: More addresses of the same kinds: a single membership opens them all, pairs some of them in turn,
#: so that many pairs open every one.
MORE_PAGES = (
    "/assets/?q=mark",
    "/assets/?queue=unplaced",
    "/rooms/?q=q",
    "/purchases/?q=po",
    "/imports/",
    "/catalog/",
    "/tags/",
    "/programs/",
    "/parameters/",
    "/users/",
    "/account/",
)
MORE_OF_A_SIDE = (
    "/assets/{asset}/?as_of={day}",
    "/assets/export.csv?award={award}&as_of={day}",
    "/assets/?school={school}",
    "/assets/?holder={person}",
    "/assets/?purchase={purchase}",
    "/assets/new/?like={asset}",
    "/assets/{asset}/return/",
    "/assets/{asset}/correct/",
    "/assets/{asset}/dispose/",
    "/people/{person}/?on={day}",
    "/people/{staff}/",
    "/rooms/{room}/?on={day}",
    "/purchases/{purchase}/lines/1/units/",
    "/units/{unit}/cost/",
)
MORE_REST = ("assets?ordering=-tag", "assets?changed_since=0", "schools", "vendors", "programs")
MORE_REST_OF_A_SIDE = (
    "people/{staff}",
    "rooms/{room}",
    "schools/{school}",
    "assets?holder={person}",
    "shares?unit={unit}",
)
#: A pair opens one of so many of them.
TURNS = 6


def addresses(sides: dict[str, dict[str, Any]], turn: int | None) -> tuple[list[str], list[str]]:
    """Pages, and addresses of REST; `turn` is whose turn it is for the further ones, None for
    all."""
    some = slice(None) if turn is None else slice(turn % TURNS, None, TURNS)
    values = [side | {"day": days.today().isoformat()} for side in sides.values()]

    def all_of(
        general: tuple[str, ...],
        more: tuple[str, ...],
        of_a_side: tuple[str, ...],
        more_of_a_side: tuple[str, ...],
    ) -> list[str]:
        of_sides = (*of_a_side, *more_of_a_side[some])
        filled = [url.format(**side) for side in values for url in of_sides]
        return [*general, *more[some], *filled]

    return (
        all_of(PAGES, MORE_PAGES, OF_A_SIDE, MORE_OF_A_SIDE),
        [f"/api/v1/{x}" for x in all_of(REST, MORE_REST, REST_OF_A_SIDE, MORE_REST_OF_A_SIDE)],
    )
