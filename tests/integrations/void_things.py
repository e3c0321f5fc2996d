"""A laptop with its money that somebody voided, and lists that speak of it again."""

from decimal import Decimal

import pytest

from assets.actions import void_asset
from assets.models import Asset
from core.access import SYSTEM
from funding.actions import create_award
from funding.models import Award, Unit, UnitShare
from integrations.models import ImportSession
from people.actions import create_room
from people.models import School
from tests.integrations.conftest import bring

HEAD = "Asset Tag,Serial,Make,Model,Room,PO,Cost,Award 1,Acquired\n"
LAPTOP = "IZ31,IZS00031,HP,IZ1,101,PO-31,500.00,ARP ESSER 2021,2025-09-01\n"
LIST = HEAD + LAPTOP
SHORT = "Asset Tag,Serial,Make,Model\n"


@pytest.fixture(autouse=True)
def void(arp: Award, lincoln: School, equipment: object) -> Asset:
    """A laptop that ARP paid came by a list, and somebody said that it never was."""
    create_award(by=SYSTEM, program=arp.program, name="Bond")
    create_room(lincoln, "102", by=SYSTEM)
    bring(LIST, name="first.csv")
    return void_asset(Asset.objects.get(), by=SYSTEM, reason="Never came")


def the_thing() -> tuple[str, str, str, str]:
    a = Asset.objects.select_related("product").get(tag="IZ31")
    return a.status, a.serial, a.product.make, a.product.model


def money() -> list[tuple[str, Decimal | None, str, str]]:
    """What stands of each unit: its purchase, cost, who pays, which thing."""
    paid = dict(UnitShare.objects.standing().values_list("unit", "award__name"))
    units = Unit.objects.filter(voided_at=None).select_related("asset", "line__purchase")
    return [
        (
            u.line.purchase.number,
            u.cost,
            paid.get(u.pk, ""),
            getattr(u, "asset", None) and u.asset.tag,
        )
        for u in units.order_by("pk")
    ]


def warned(session: ImportSession) -> str:
    return " ".join(w for row in session.rows.order_by("number") for w in row.warnings)


PAID = ("PO-31", Decimal("500.00"), "ARP ESSER 2021", "IZ31")
FREE = (*PAID[:3], None)
AS_IT_WAS = ("void", "IZS00031", "HP", "IZ1")
