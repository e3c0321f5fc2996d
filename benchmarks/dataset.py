"""B3: the dataset of R1 beside a bare COPY of the same columns; a past date beside today's."""

import io
from datetime import timedelta
from statistics import median

from django.db import connection

from benchmarks.figure import Figure, seconds
from core.access import SYSTEM
from core.time import days
from demonstration.plan.days import Year
from funding.models import Award

COPY = """COPY (
  SELECT a.tag, c.name, p.make, p.model, a.description, a.serial, w.fain, w.aln, a.title_holder,
         a.acquired_on, u.cost, x.amount, s.name, r.building, r.code, a.use, t.condition,
         a.condition_on, a.last_verified_on, t.status, d.disposed_on, d.sale_price, o.number,
         l.invoice_number, h.kind, h.local_id, t.valid_from
  FROM funding_unitshare x
  JOIN funding_award w ON w.id = x.award_id JOIN funding_unit u ON u.id = x.unit_id
  JOIN funding_purchaseline l ON l.id = u.line_id JOIN funding_purchase o ON o.id = l.purchase_id
  JOIN assets_asset a ON a.unit_id = u.id JOIN assets_product p ON p.id = a.product_id
  JOIN assets_category c ON c.id = p.category_id
  JOIN assets_assetspan t ON t.asset_id = a.id AND t.valid_to IS NULL AND t.known_to IS NULL
  JOIN people_school s ON s.id = t.school_id LEFT JOIN people_room r ON r.id = t.room_id
  LEFT JOIN people_person h ON h.id = t.holder_id
  LEFT JOIN assets_disposal d ON d.asset_id = a.id AND d.reopened_at IS NULL
  WHERE x.award_id = %d AND x.known_to IS NULL AND x.valid_to IS NULL
  ORDER BY s.name, r.building, r.code, a.tag
) TO STDOUT WITH CSV"""


def run() -> list[Figure]:
    """Seconds for the dataset of the award that pays into every thing."""
    from reports.property_record.build import build

    award = Award.objects.select_related("program").get(name="Generated ARP ESSER")
    past = Year.told().day(10, 15)
    today, known = days.today(), days.now() + timedelta(seconds=1)
    rows = 0

    def make(day: object) -> None:
        nonlocal rows
        rows = len(build(award, as_of=day, known_at=known, by=SYSTEM).rows)  # type: ignore[arg-type]

    def copy() -> None:
        with connection.cursor() as cursor:
            cursor.copy_expert(COPY % award.pk, io.StringIO())

    # In turns, and the median of each: what the machine does beside this strikes all alike.
    copy()
    turns = [
        (seconds(copy), seconds(lambda: make(past)), seconds(lambda: make(today)))
        for _i in range(5)
    ]
    base, then, now = map(median, zip(*turns, strict=True))
    return [
        Figure(
            "B3",
            f"dataset of R1, {rows:,} things, as of today",
            f"{now:.1f} s",
            f"{base:.1f} s (COPY)",
            f"{now / base:.1f}x",
            "at most 3x",
            now / base <= 3,
        ),
        Figure(
            "B3",
            "the same as of a past date",
            f"{then:.1f} s",
            f"{now:.1f} s (today's)",
            f"{then / now:.2f}x",
            "at most 2x",
            then / now <= 2,
        ),
    ]
