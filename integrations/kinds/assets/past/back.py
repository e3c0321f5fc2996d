"""Where things stand again that are void, and that a row brings back, with their money. What only
undone imports said of one binds nobody; what somebody said besides is asked about."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace

from assets.custody.rules import holder_problems, room_problems
from assets.mistakes.again import Lent
from assets.mistakes.void import stands_again
from assets.models import Asset, Status
from assets.models.status import CLOSED
from core.models import Entry, Run
from core.problems import Problem
from funding.models import Unit
from integrations.kinds.assets.row import AssetPlan, AssetRow
from people.models import Room
from people.rules.places import school_problems


@dataclass(frozen=True)
class Back:
    """As what, in which room, with whom and with which unit a thing stands again once it is void no
    more; no unit that another stands for since."""

    status: str
    room: Room | None
    holder: int | None
    unit: Unit | None
    #: Somebody spoke of it, and not imports alone that were undone.
    spoken_of: bool


def spoken_of(assets: Iterable[Asset]) -> set[int]:
    """The void ones of these of which anybody said anything but imports that were undone: such a
    thing was here, and somebody said of it that it never was."""
    void = {a.pk for a in assets if a.status == Status.VOID}
    if not void:
        return set()
    told = Entry.objects.filter(subject_type=Asset._meta.label_lower, subject_id__in=void).news()
    acts = set(told.order_by().values_list("subject_id", "run_id").distinct())
    runs = Run.objects.filter(pk__in={run for _subject, run in acts if run})
    imports = set(runs.filter(kind__in=("import", "import-undo")).values_list("pk", flat=True))
    return {subject for subject, run in acts if run not in imports}


def lent_as(rows: Iterable[tuple[int, AssetRow]]) -> dict[int, Lent]:
    """What rows say of who has their things, by thing."""
    return {pk: Lent(v.holder_row.pk if v.holder_row else None, v.handed_on) for pk, v in rows}


def stood_before(
    known: Iterable[tuple[AssetPlan, Asset | None]], spoken: Container[int]
) -> dict[int, Back]:
    """How the void ones of these stand again, by their keys, once their rows bring them back."""
    void = {a.pk: (p.values, a) for p, a in known if a is not None and a.status == Status.VOID}
    if not void:
        return {}
    last = stands_again(
        [asset for _v, asset in void.values()], lent_as((pk, v) for pk, (v, _a) in void.items())
    )
    rooms = Room.objects.select_related("school").in_bulk(
        {room for state in last.values() if (room := state.get("room_id"))}
    )
    units = Unit.objects.select_related("line__purchase__vendor").in_bulk(
        {unit for state in last.values() if (unit := state.get("unit_id"))}
    )
    return {
        pk: Back(
            state["status"],
            rooms.get(state.get("room_id") or 0),
            state.get("holder_id"),
            units.get(state.get("unit_id") or 0),
            pk in spoken,
        )
        for pk, state in last.items()
    }


def come_back(assets: Iterable[Asset], back: dict[int, Back]) -> None:
    """Void things of which somebody spoke have the unit (not saved) that will come back with them:
    a row is compared with it as with that of any other thing."""
    for asset in assets:
        if (stood := back.get(asset.pk)) is not None and stood.spoken_of:
            asset.unit = stood.unit


def as_is_left(asset: Asset, back: dict[int, Back], given: Container[int]) -> Back | None:
    """How a void thing stands again; without its unit where an earlier row takes that (`given`)."""
    stood = back.get(asset.pk)
    if stood is None or stood.unit is None or stood.unit.pk not in given:
        return stood
    if stood.spoken_of:
        asset.unit = None
    return replace(stood, unit=None)


def back_problems(values: AssetRow, back: Back | None) -> Iterator[Problem]:
    """Why a void thing cannot be here again as its row says, and where the row says nothing, as it
    stood: nothing goes to a place that is out of use, or to who left."""
    if (values.status or (back.status if back is not None else "")) in CLOSED:
        return
    yield from gone_problems(values)
    moved = values.room_row is not None or values.holder_row is not None
    if back is not None and back.room is not None and not moved:
        yield from room_problems(back.room, school=False)


def gone_problems(values: AssetRow) -> Iterator[Problem]:
    """Its school and room are in use, and its holder is on the roster."""
    yield from school_problems(values.school_row)
    if values.room_row is not None:
        yield from room_problems(values.room_row, school=False)
    if values.holder_row is not None:
        yield from holder_problems(values.holder_row, "holder")
