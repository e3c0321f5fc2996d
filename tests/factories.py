"""Things for tests; whatever has a life is made by its action."""

from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar

from django.db.models import Model

from assets.actions import ensure_products, register_asset
from assets.models import Asset, Category, Product
from core.access import SYSTEM
from core.journal.writing import record
from funding.actions import LineDraft, ShareDraft, receive_units, record_purchase, share_line
from funding.models import Award, Purchase, Unit
from people.models import Person, Room, School

_numbers = count(1)


M = TypeVar("M", bound=Model)


def made(row: M, **more: Any) -> M:
    """Enter a row that a test wrote by itself into the journal, as its action would have."""
    record(f"{row._meta.model_name}.created", row, by=SYSTEM, created=True, **more)
    return row


def make_product(
    *, make: str = "Acer", model: str = "Chromebook 311", category: str = "Chromebook"
) -> Product:
    """A product, made once."""
    row, created = Category.objects.get_or_create(name=category)
    if created:
        made(row)
    found = ensure_products([(make, model, row)], by=SYSTEM)
    return found[make.lower(), model.lower()]


def make_asset(
    *,
    school: School,
    tag: str | None = None,
    serial: str | None = None,
    product: Product | None = None,
    room: Room | None = None,
    unit: Unit | None = None,
    at: datetime | None = None,
    **values: Any,
) -> Asset:
    """A registered asset, in stock in a room unless told otherwise."""
    number = next(_numbers)
    return register_asset(
        by=SYSTEM,
        tag=tag or f"T{number:06d}",
        serial=f"SN{number:08d}" if serial is None else serial,
        product=product or make_product(),
        school=school,
        room=room or school.rooms.first(),
        unit=unit,
        at=at,
        **values,
    )


def make_student(
    *, school: School, first: str = "Maria", last: str = "Lopez", grade: str = "7"
) -> Person:
    """A student of the roster."""
    return made(
        Person.objects.create(
            kind=Person.Kind.STUDENT,
            local_id=f"S{next(_numbers):05d}",
            first_name=first,
            last_name=last,
            grade=grade,
            school=school,
        )
    )


def make_purchase(
    *,
    quantity: int = 3,
    amount: str | None = "900.00",
    shares: list[tuple[Award, str]] | None = None,
    received_on: date = date(2025, 8, 1),
    at: datetime | None = None,
    what: str = "Chromebooks",
    note: str = "",
) -> tuple[Purchase, list[Unit]]:
    """A purchase of one line, all received; `shares` are awards with per cents."""
    line = LineDraft(what, quantity, Decimal(amount) if amount else None, invoice_number="INV-1")
    purchase = record_purchase(
        f"26-{next(_numbers):04d}", by=SYSTEM, lines=[line], ordered_on=date(2025, 7, 1), note=note
    )
    units = receive_units(purchase.lines.get(), quantity, by=SYSTEM, received_on=received_on)
    if shares:
        drafts = [ShareDraft(award, percent=Decimal(p)) for award, p in shares]
        share_line(purchase.lines.get(), drafts, by=SYSTEM, at=at)
    return purchase, units
