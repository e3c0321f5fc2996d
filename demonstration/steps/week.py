"""The week that is passing: what came back broken, its spares, moves, and what was seen."""

from datetime import date, timedelta

from assets.actions import assign_assets, change_status, move_assets, return_assets, verify_assets
from assets.models import Asset, Status
from core.time import days
from demonstration.plan.days import at
from demonstration.steps.hand_out import ONE_TO_ONE, ready
from demonstration.world import World
from people.models import Person

DESKS = (("LIN", "tom"), ("ROO", "ned"))


def broken_devices(world: World) -> None:
    """Devices of five students at each desk come in broken; each gets a spare the same day, and one
    is repaired by yesterday."""
    for school, login in DESKS:
        who, room = world.user(login), world.rooms[(school, "TECH")]
        out = Asset.objects.filter(
            school=world.schools[school],
            status=Status.IN_USE,
            holder__kind=Person.Kind.STUDENT,
            product__category__name__in=ONE_TO_ONE,
        )
        found = list(out.select_related("holder").order_by("tag_key"))
        picked = world.rng(f"week:{school}").sample(found, min(5, len(found)))
        spares = ready(world.schools[school].pk, ONE_TO_ONE)
        for n, asset in enumerate(picked):
            day, holder = _ago(6 - n), asset.holder
            return_assets([asset], by=who, room=room, condition="broken", at=at(day, 8, 10 + n))
            change_status(
                asset, to=Status.IN_REPAIR, by=who, at=at(day, 8, 30 + n), reason="Cracked screen"
            )
            if holder is not None and n < len(spares):
                assign_assets([(spares[n], holder)], by=who, at=at(day, 8, 40 + n))
        if picked:
            done = at(_ago(1), 15)
            change_status(picked[0], to=Status.IN_STOCK, by=who, at=done, reason="Screen replaced")


def rooms_looked_through(world: World) -> None:
    """Six devices go to another room, and what stands in two rooms is seen."""
    for school, login in DESKS:
        who, rooms = world.user(login), world.classrooms(school)
        here = Asset.objects.filter(status=Status.IN_STOCK, place="room", room=rooms[0])
        move_assets(list(here.order_by("tag_key")[:6]), to=rooms[1], by=who, at=at(_ago(3), 14))
        for n, room in enumerate(rooms[1:3]):
            seen = list(Asset.objects.active().filter(room=room).order_by("tag_key")[:20])
            verify_assets(seen, by=who, room=room, at=at(_ago(2 - n), 10))


def _ago(count: int) -> date:
    return days.today() - timedelta(days=count)
