"""The second summer: surplus, disposals; and mistakes that were put right."""

from datetime import timedelta
from decimal import Decimal

from assets.actions import (
    AssetDraft,
    change_status,
    correct_asset,
    dispose_asset,
    merge_assets,
    move_assets,
    register_assets,
    take_tags,
    void_asset,
)
from assets.models import Asset, Status
from core.time import days
from demonstration.plan.days import at
from demonstration.world import World
from funding.actions import ShareDraft, ask_units, decide
from funding.models import Unit
from people.models import Person

#: (method, price, fair market value); a sale without a price is one of the deliberate flaws.
WAYS = (
    ("recycled", None, None),
    ("sold", Decimal("25.00"), Decimal("20.00")),
    ("auctioned", None, Decimal("35.00")),
    ("recycled", Decimal("0.00"), Decimal("0.00")),
    ("donated", Decimal("0.00"), Decimal("15.00")),
    ("sold", None, None),
)


def surplus(world: World) -> None:
    """Broken and old things leave: surplus, awaiting disposal, disposed."""
    dora, fay = world.user("dora"), world.user("fay")
    old = list(
        Asset.objects.filter(status=Status.IN_STOCK, product__category__name="Projector").order_by(
            "tag_key"
        )[:36]
    )
    broken = list(
        Asset.objects.filter(status=Status.IN_STOCK, condition="broken").order_by("tag_key")[:30]
    )
    for i, asset in enumerate(old + broken):
        day = world.year.day(6, 22)
        change_status(asset, to=Status.SURPLUS, by=dora, at=at(day, 9), reason="End of life")
        if i % 4 == 3:
            continue
        change_status(asset, to=Status.AWAITING_DISPOSAL, by=dora, at=at(day, 16))
        if i % 4 == 2:
            continue
        method, price, value = WAYS[i % len(WAYS)]
        disposed_on = min(world.year.day(7, 13, 1) + timedelta(days=i % 20), days.today())
        dispose_asset(
            asset,
            by=fay,
            method=method,
            disposed_on=disposed_on,
            sale_price=price,
            fair_market_value=value,
            recipient="Cascade Electronics Recycling",
            reason="End of life",
        )


def mistakes(world: World) -> None:
    """Wrong serials, a wrong holder learned late, a double row, a row that never was."""
    ana, dora = world.user("ana"), world.user("dora")
    rng = world.rng("mistakes")
    chromebooks = world.assets_of("24-00040")
    for asset in chromebooks[40:45]:
        if asset.serial:
            correct_asset(asset, by=ana, reason="Misread label", serial=f"{asset.serial[:-1]}Q")
    out = [a for a in chromebooks if a.holder_id and a.status == Status.IN_USE]
    for asset in rng.sample(out, 3):
        free = Person.objects.filter(
            school=asset.school_id, kind=Person.Kind.STUDENT, assets_held=None
        ).order_by("pk")[:20]
        if free:
            correct_asset(
                asset,
                by=ana,
                reason="Handed to another student than recorded",
                holder=rng.choice(list(free)),
            )
    keep = next(a for a in chromebooks if a.status == Status.IN_STOCK or a.holder_id)
    tags = take_tags(2, by=dora)
    drafts = [
        AssetDraft(tag=tag, product=keep.product, school=keep.school, at=at(world.year.day(9, 2)))
        for tag in tags
    ]
    double, never = register_assets(drafts, by=dora)
    merge_assets(double, into=keep, by=ana, reason="Tagged twice")
    void_asset(never, by=ana, reason="A tag was scanned without a device")


def other_money(world: World) -> None:
    """The state disallowed some units of one purchase: the general fund pays, from then on."""
    units = list(Unit.objects.filter(line__purchase__number="24-00021").order_by("number")[:12])
    asked = ask_units(
        units,
        [ShareDraft(world.awards["LOCAL"], percent=Decimal(100))],
        by=world.user("fay"),
        reason="Disallowed by the state on monitoring",
        at=at(world.year.day(11, 18)),
    )
    decide(asked, by=world.user("ana"), approve=True)


def learned_late(world: World) -> None:
    """A move in the fall that nobody recorded until now: as of then it shows, as known then not."""
    carts = world.assets_of("22-00155")[:5]
    home = world.rooms[("LIN", "LIB")]
    here = [a for a in carts if a.school_id == home.school_id and a.status == Status.IN_STOCK]
    move_assets(here, to=home, by=world.user("dora"), at=at(world.year.day(10, 6), 9))
