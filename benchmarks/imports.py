"""B11: a CSV of new assets: staged, checked, previewed, applied, with spans and journal."""

import csv
import tempfile
from io import StringIO
from pathlib import Path
from statistics import median

from django.core.management import call_command

from assets.models import Asset, Product
from benchmarks.figure import Figure, seconds
from people.models import School

ROWS, GOAL, TURNS = 5000, 1500, 3


def _file(folder: str, turn: int) -> Path:
    school = School.objects.filter(code__startswith="G").order_by("pk")[0]
    product = Product.objects.select_related("category").order_by("pk")[0]
    path = Path(folder) / f"assets{turn}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(
            [
                "tag",
                "serial",
                "make",
                "model",
                "category",
                "school",
                "room",
                "status",
                "condition",
                "acquired",
                "cost",
            ]
        )
        for i in range(ROWS):
            out.writerow(
                [
                    f"IMP{turn}{i:05}",
                    f"IMPSN{turn}{i:05}",
                    product.make,
                    product.model,
                    product.category.name,
                    school.code,
                    "101",
                    "in stock",
                    "good",
                    "2025-08-01",
                    "349.00",
                ]
            )
    return path


def _one(path: Path) -> float:
    """Seconds for one file. All of its rows must go in."""
    before, said = Asset.objects.count(), StringIO()
    took = seconds(
        lambda: call_command("import_file", "assets", str(path), apply=True, stdout=said)
    )
    added = Asset.objects.count() - before
    if added != ROWS:
        raise RuntimeError(f"{added} of {ROWS} rows went in: {said.getvalue()[-300:]}")
    return took


def run() -> list[Figure]:
    """Rows a second from the file to the register."""
    with tempfile.TemporaryDirectory() as folder:
        rate = ROWS / median(_one(_file(folder, turn)) for turn in range(TURNS))
    return [
        Figure(
            "B11",
            f"CSV import, {ROWS:,} rows",
            f"{rate:,.0f} rows a second",
            "38 (NetBox, elsewhere)",
            f"{rate / 38:.0f}x",
            f"at least {GOAL:,} rows a second",
            rate >= GOAL,
        )
    ]
