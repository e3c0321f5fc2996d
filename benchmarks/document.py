"""docs/benchmarks.md: one section for each command that measures, each replaced by its own."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import django

from benchmarks.figure import seconds

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def put(heading: str, lines: list[str]) -> None:
    """Replace the section under `heading`, or add it at the end; the others stay."""
    first, *sections = DOCUMENT.read_text(encoding="utf-8").split("\n## ")
    kept = dict(section.split("\n", 1) for section in sections)
    kept[heading] = "\n" + "\n".join(lines) + "\n"
    parts = [first.strip(), *(f"## {name}\n\n{text.strip()}" for name, text in kept.items())]
    DOCUMENT.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def machine(database: str) -> list[str]:
    """List items: where and when a section was measured. `database` with its version."""
    return [
        f"- {os.cpu_count()} cores, {_cpu()}, {_memory()}; {platform.platform()}",
        f"- Python {platform.python_version()}, Django {django.get_version()}, {database}, "
        "everything on one machine",
        f"- adding ten million numbers in Python took {_pace():.1f} s: rates and times of another "
        "day compare by that",
        f"- {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {_commit()}, load "
        f"{os.getloadavg()[0]:.1f} at the end",
    ]


def _cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return f"{pages * size / 2**30:.0f} GiB"


def _pace() -> float:
    """Seconds that this Python takes to add ten million numbers: how quick the machine was
    today."""
    return seconds(lambda: sum(n for n in range(10_000_000)))


def _commit() -> str:
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return done.stdout.strip()
