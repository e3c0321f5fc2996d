"""A unit with the money of an award, and who has it on which day."""

from datetime import date
from decimal import Decimal

from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.models import Award, Purchase, Unit
from reports.property_record.build import build
from tests.factories import make_purchase

ACQUIRED, RECEIVED = date(2024, 8, 1), date(2026, 3, 1)


def told(award: Award, day: date) -> tuple[str, str, list[str]]:
    """The ledger of a day, how many units are no thing, and the tags of the rows."""
    found = build(award, as_of=day, known_at=days.now(), by=SYSTEM)
    rest = Decimal(found.extra["untagged_amount"])
    assert Decimal(found.extra["ledger"]) == (found.totals.cost or 0) + rest
    assert not {"ledger", "unit-twice"} & {f.code for f in found.findings}
    return found.extra["ledger"], found.extra["untagged"], sorted(row[0] for row in found.rows)


def bought(*awards: Award, quantity: int = 1) -> tuple[Purchase, list[Unit]]:
    """Received in 2026 at $1,000 each; the first award pays for all of it."""
    return make_purchase(
        quantity=quantity,
        amount=f"{quantity}000.00",
        received_on=RECEIVED,
        shares=[(award, "100") for award in awards[:1]],
    )


def clean() -> None:
    assert verify.verify().findings == []
