"""B8: any part of a code among all things, beside the same look by the driver alone."""

import time
from collections.abc import Callable

from django.db import connection

from assets.lists.found import find_things
from assets.models import Asset
from benchmarks.figure import Figure, percentile
from core.web.finding import SHOWN
from people.models import User

GOAL_MS, TEXTS = 25, 200
BARE = """SELECT id, tag, serial FROM assets_asset
WHERE (tag_key LIKE %s OR serial_key LIKE %s) AND merged_into_id IS NULL AND status <> 'void'
ORDER BY tag_order, id LIMIT %s"""


def run() -> list[Figure]:
    """The 95th percentile for three and for five characters, as an administrator looks."""
    user = User.objects.get(email="ana@demo.example")
    step = max(1, Asset.objects.count() // TEXTS)
    codes = list(Asset.objects.order_by("pk").values_list("serial_key", "tag_key")[::step])
    keys = [serial or tag for serial, tag in codes][:TEXTS]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE assets_asset")

    def bare(text: str) -> None:
        part = f"%{text}%"
        with connection.cursor() as cursor:
            cursor.execute(BARE, [part, part, SHOWN + 1])
            cursor.fetchall()

    def ours(text: str) -> None:
        if not find_things(text, user, SHOWN + 1):
            raise RuntimeError(f"nothing is found for {text}")

    figures = []
    for length in (3, 5):
        texts = [key[-length:] for key in keys]
        base, found = _p95(bare, texts), _p95(ours, texts)
        figures.append(
            Figure(
                "B8",
                f"search, the last {length} characters, 95 %",
                f"{found:.1f} ms",
                f"{base:.1f} ms",
                f"{found / base:.1f}x",
                f"under {GOAL_MS} ms",
                found < GOAL_MS,
            )
        )
    return figures


def _p95(look: Callable[[str], None], texts: list[str]) -> float:
    taken = []
    for text in texts[:10]:  # warm
        look(text)
    for text in texts:
        began = time.perf_counter()
        look(text)
        taken.append((time.perf_counter() - began) * 1000)
    return percentile(taken, 0.95)
