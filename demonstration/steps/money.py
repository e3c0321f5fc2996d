"""Awards, purchases, units and shares."""

from datetime import timedelta
from decimal import Decimal

from assets.actions import create_category, ensure_products
from assets.catalog.reference import USUAL_CATEGORIES
from assets.models import Category
from core.access import SYSTEM
from core.time import days
from demonstration.plan.awards import awards
from demonstration.plan.days import at
from demonstration.plan.logins import LOGINS
from demonstration.plan.lots import Lot, lots
from demonstration.world import World
from funding.actions import (
    LineDraft,
    ShareDraft,
    create_award,
    create_vendor,
    grant_award_access,
    receive_units,
    record_purchase,
    set_capitalization_level,
    share_line,
)
from funding.models import Program, Vendor
from funding.seed import seed_reference


def open_books(world: World) -> None:
    """Programs, parameters, awards, the auditor's sight of one, the capitalization level."""
    seed_reference()
    fay = world.user("fay")
    made = {}
    for key, values in awards(world.year.start).items():
        program = Program.objects.get(code=values.pop("program"))
        made[key] = create_award(by=fay, program=program, **values)
    for login in LOGINS:
        if login.award:
            user = world.user(login.email.partition("@")[0])
            until = days.today() + timedelta(days=365)
            grant_award_access(made[login.award], to=user, by=world.user("ana"), ends_on=until)
    set_capitalization_level(Decimal(5000), by=SYSTEM, starts_on=world.year.day(7, 1, -9))


def fill_catalog(world: World) -> None:
    """Categories and products of every lot."""
    ana = world.user("ana")
    for name, (class_, months, icon) in USUAL_CATEGORIES.items():
        create_category(name, by=ana, asset_class=class_, useful_life_months=months, icon=icon)
    categories = {c.name: c for c in Category.objects.all()}
    ensure_products(
        ((lot.make, lot.model, categories[lot.category]) for lot in lots(world.year)), by=ana
    )


def buy(world: World, lot: Lot) -> None:
    """A purchase with its one line, its receipt and who pays."""
    fay = world.user("fay")
    vendor = None
    if lot.vendor:
        vendor = Vendor.objects.filter(name=lot.vendor).first() or create_vendor(lot.vendor, by=fay)
    invoice = lot.received + timedelta(days=9)
    draft = LineDraft(
        f"{lot.make} {lot.model}",
        lot.quantity + lot.short,
        lot.amount,
        kind=lot.kind,
        invoice_number=f"INV-{lot.po}" if lot.vendor else "",
        invoice_on=invoice if lot.vendor else None,
        paid_on=invoice + timedelta(days=21) if lot.vendor else None,
    )
    purchase = record_purchase(lot.po, by=fay, vendor=vendor, lines=[draft], ordered_on=lot.ordered)
    line = purchase.lines.get()
    receive_units(line, lot.quantity + lot.short, by=fay, received_on=lot.received)
    if lot.shares:
        share_line(
            line,
            [ShareDraft(world.awards[k], percent=Decimal(p)) for k, p in lot.shares],
            by=fay,
            at=at(lot.received),
        )
