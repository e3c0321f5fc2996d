"""The second scan of a thing: of a scanner that fires twice, or a hand that was not sure."""

from typing import Any

from assets.models import Asset
from assets.scan.target import State, shown
from core.time import days


def twin_of(state: State, asset: Asset | None) -> dict[str, Any] | None:
    """The row where the same thing was done in this mode since the present person or room was
    scanned, today, of a thing that stands as that act left it; None where anything happened to it
    since, so that a scan means an act of its own."""
    if asset is None:
        return None
    for line in state["rows"]:
        if line["ok"] and line["asset"] is None:
            return None
        if line["asset"] == asset.pk:
            return line if line.get("left") == left_at(state, asset.version) else None
    return None


def left_at(state: State, version: int) -> list[Any]:
    """What a row remembers of its act: the version that it left, the day, the person or room."""
    return [version, days.today().isoformat(), shown(state)]


def pulse(state: State, twin: dict[str, Any] | None) -> None:
    """Show this row, and no other, as scanned again."""
    for line in state["rows"]:
        line["again"] = line is twin
