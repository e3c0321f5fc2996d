"""Every page that adds something, and what somebody types there."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from core.access import SYSTEM
from core.time import days
from funding.actions import LineDraft, receive_units, record_purchase
from funding.models import Purchase
from people.roles import Role
from tests.factories import make_asset, make_product, make_purchase


@dataclass
class Door:
    """A page that adds, and what somebody types there."""

    path: str
    typed: dict[str, Any]
    who: str = "ana"
    #: Its answer shows what nobody is shown again.
    hides: bool = False
    #: Where its form goes, if not to its own address.
    to: str = ""
    files: dict[str, bytes] = field(default_factory=dict)

    def sent(self) -> dict[str, Any]:
        files = {n: SimpleUploadedFile(f"{n}.csv", b) for n, b in self.files.items()}
        return self.typed | files


DOORS = [
    *("receive", "line", "credit", "purchase", "vendor", "ask", "ask-unit"),
    *("award", "program", "parameter", "level", "second", "auditor", "award-access"),
    *("category", "tags", "register", "register-again", "assign", "verify", "attach"),
    *("user", "service-account", "role", "token", "token-of-robot", "school", "room", "person"),
    *("import", "report"),
]


def _purchase() -> Purchase:
    """Six of which two came."""
    draft = LineDraft("Carts", 6, Decimal("600.00"))
    purchase = record_purchase("PO-6", by=SYSTEM, lines=[draft], ordered_on=date(2026, 1, 2))
    receive_units(purchase.lines.get(), 2, by=SYSTEM, received_on=date(2026, 1, 3))
    return purchase


def doors(world: dict[str, Any]) -> dict[str, Door]:
    """Each by its name, in a world with a school, a room, a person, an award, a user, a robot."""
    return _money(world) | _things(world) | _people(world)


def _money(world: dict[str, Any]) -> dict[str, Door]:
    award, purchase, today = world["award"], _purchase(), days.today().isoformat()
    paid, units = make_purchase(shares=[(award, "100")])
    buys = f"/purchases/{purchase.pk}/"
    line = {"description": "Freight", "quantity": "1", "amount": "50.00"}
    first = {"line": purchase.lines.get().pk, "quantity": "2", "received_on": today}
    other = {"award_1": "", "reason": "Disallowed", "ask": "1"}
    value = {"value": "9000", "starts_on": "2027-07-01", "source": "Letter"}
    dated = {"starts_on": "2027-07-01"}
    return {
        "receive": Door(f"{buys}receive/", first, "fay"),
        "line": Door(f"{buys}lines/new/", line, "fay"),
        "credit": Door(
            f"{buys}lines/new/", line | {"amount": "-20.00", "reason": "Invoice"}, "fay"
        ),
        "purchase": Door("/purchases/new/", line | {"number": "PO-9"}, "fay"),
        "vendor": Door("/vendors/", {"name": "Acme"}, "fay"),
        "ask": Door(f"/purchases/{paid.pk}/share/", other | {"line": paid.lines.get().pk}, "fay"),
        "ask-unit": Door(f"/units/{units[0].pk}/share/", other, "fay"),
        "award": Door("/awards/new/", {"program": award.program_id, "name": "B"}, "fay"),
        "program": Door("/programs/", {"code": "B", "name": "Bond", "family": "local"}),
        "parameter": Door("/parameters/", value | {"parameter": "equip_threshold|ug 2024"}),
        "level": Door("/parameters/", dated | {"level": "500.00", "asset_class": ""}),
        "second": Door("/parameters/", dated | {"from_amount": "50"}),
        "report": Door(
            "/reports/new/", {"award": award.pk, "as_of": today, "formats": ["csv"]}, "fay"
        ),
    }


def _things(world: dict[str, Any]) -> dict[str, Door]:
    school, room, product = world["school"], world["room"], make_product()
    asset = make_asset(school=school, room=room, tag="100001")
    at = f"/assets/{asset.pk}/"
    numbers = {"name": "New", "digits": "6", "first": "900001", "last": "900009"}
    thing = {
        "tag": "100077",
        "condition": "new",
        "category": product.category_id,
        "make": "Acer",
        "model": "311",
        "school": school.pk,
        "room": room.pk,
        "status": "in_stock",
    }
    return {
        "category": Door("/catalog/", {"name": "Carts", "useful_life_months": "60"}),
        "tags": Door("/tags/", numbers),
        "register": Door("/assets/new/", thing),
        "register-again": Door("/assets/new/", thing | {"again": "1"}),
        "assign": Door(f"{at}assign/", {"person": world["person"].local_id}, "tom"),
        "verify": Door(f"{at}verify/", {}, "tom"),
        "attach": Door(
            at,
            {"kind": "other"},
            to=f"/files/assets.asset/{asset.pk}/",
            files={"file": b"a,b\n1,2\n"},
        ),
        "import": Door("/imports/", {"kind": "places"}, files={"file": b"school,code\nLIN,9\n"}),
    }


def _people(world: dict[str, Any]) -> dict[str, Door]:
    award, school = world["award"], world["school"]
    named = {"name": "Al", "email": "al@example.org"}
    token = {"name": "Copy", "days_valid": "30", "scopes": ["assets.view_asset"]}
    student = {"kind": "student", "local_id": "N1", "first_name": "N", "last_name": "O"}
    return {
        "auditor": Door(
            "/users/invite-auditor/",
            named | {"award": award.pk, "ends_on": days.today().isoformat()},
            hides=True,
        ),
        "award-access": Door(f"/users/{world['user'].pk}/award/", {"award": award.pk}),
        "user": Door("/users/invite/", named | {"role": Role.FINANCE}, hides=True),
        "service-account": Door("/users/service-account/", {"name": "Copy", "role": Role.FINANCE}),
        "role": Door(f"/users/{world['user'].pk}/", {"role": Role.FINANCE}),
        "token": Door("/tokens/", token, hides=True),
        "token-of-robot": Door(f"/users/{world['robot'].pk}/tokens/", token, hides=True),
        "school": Door("/schools/new/", {"code": "NEW", "name": "New Elementary"}),
        "room": Door(f"/schools/{school.pk}/rooms/new/", {"code": "NEW"}),
        "person": Door("/people/new/", student | {"school": school.pk}),
    }
