"""B13: four processes write to one SQLite database through the gate, beside one."""

import json
import os
import subprocess
import sys
import tempfile
from statistics import median

from benchmarks.figure import Figure

SECONDS, TURNS = 2.0, 5


def run() -> list[Figure]:
    """In a process of its own, because the profile is chosen when Django starts."""
    with tempfile.TemporaryDirectory(prefix="district-gate-") as folder:
        env = {**os.environ, "DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/d.sqlite3"}
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.gate"],
            env=env,
            check=True,
            capture_output=True,
            text=True,
        )
    one, four, worst = json.loads(done.stdout.splitlines()[-1])
    ratio = four / one
    return [
        Figure(
            "B13",
            "SQLite, 4 writers through the gate",
            f"{four:,.0f} a second, longest wait {worst:.2f} s",
            f"{one:,.0f} a second (1 writer)",
            f"{ratio:.2f}x",
            "at least 0.6x, nobody over 1 s, no lock error",
            ratio >= 0.6 and worst < 1,
        )
    ]


def measure() -> tuple[float, float, float]:
    """Writes a second of one and of four processes, and the longest single write in seconds."""
    import time

    import django

    django.setup()
    from django.core.management import call_command

    from assets.actions import move_asset
    from assets.models import Asset
    from benchmarks.crowd import at_once, timed
    from core.access import SYSTEM
    from demonstration.actions.generate import Size, generate
    from people.models import Room

    call_command("migrate", verbosity=0)
    generate(Size(2000, seal=False))
    assets = list(Asset.objects.filter(place="room").order_by("pk")[:400])
    rooms = list(Room.objects.order_by("pk")[:2])

    def write(number: int) -> list[float]:
        taken, end, i = [], time.perf_counter() + SECONDS, number
        while time.perf_counter() < end:
            asset, room = assets[i % len(assets)], rooms[i // len(assets) % 2]
            taken.append(timed(lambda a=asset, r=room: move_asset(a, to=r, by=SYSTEM)))  # type: ignore[misc]
            i += 4
        return taken

    # In turns, and the median of each: what the machine does beside this strikes both alike.
    rates, longest = [], 0.0
    for _turn in range(TURNS):
        wall, single = at_once(write, 1)
        many_wall, many = at_once(write, 4)
        rates.append((len(single) / wall, len(many) / many_wall))
        longest = max(longest, *many)
    one, four = map(median, zip(*rates, strict=True))
    return one, four, longest


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "district_assets.settings")
    print(json.dumps(measure()))
