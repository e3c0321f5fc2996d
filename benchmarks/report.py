"""docs/benchmarks.md: the figures with the machine they were taken on."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import django
from django.db import connection

from benchmarks.figure import Figure, seconds

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def _cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return f"{pages * size / 2**30:.0f} GiB"


def _pace() -> float:
    """Seconds that this Python takes to add ten million numbers: how quick the machine was today."""
    return seconds(lambda: sum(n for n in range(10_000_000)))


def _commit() -> str:
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return done.stdout.strip()


def write(figures: list[Figure], assets: int, generated: str, failed: list[str]) -> str:
    """Write the document; its text."""
    words = {True: "yes", False: "**no**", None: "not measured"}
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench` (`python -m benchmarks --assets N`). Each figure stands beside its",
        "floor, taken in the same run: quote the ratios, not the rates. Sign-in, permissions, rules,",
        "spans and the journal are on.",
        "",
        f"- {assets:,} assets, {generated}",
        f"- {os.cpu_count()} cores, {_cpu()}, {_memory()}; {platform.platform()}",
        f"- Python {platform.python_version()}, Django {django.get_version()}, PostgreSQL {version} "
        "(without fsync), everything on one machine",
        f"- adding ten million numbers in Python took {_pace():.1f} s: rates and times of another day "
        "compare by that",
        f"- {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {_commit()}, load "
        f"{os.getloadavg()[0]:.1f} at the end",
        "",
        "| # | figure | ours | floor | ratio | goal | reached |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {f.id} | {f.what} | {f.ours} | {f.floor} | {f.ratio} | {f.goal} | {words[f.reached]} |"
        for f in figures
    ]
    short = [f"{f.id} ({f.what})" for f in figures if f.reached is False]
    lines += ["", f"Not reached: {'; '.join(short) or 'nothing'}."]
    lines += [f"Could not be measured: {reason}" for reason in failed]
    text = "\n".join(lines) + "\n"
    DOCUMENT.write_text(text, encoding="utf-8")
    return text
