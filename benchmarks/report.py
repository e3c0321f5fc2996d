"""The section of docs/benchmarks.md that `make bench` writes."""

from django.db import connection

from benchmarks import document
from benchmarks.figure import Figure

HEADING = "Speed (`make bench`)"


def write(figures: list[Figure], assets: int, generated: str, failed: list[str]) -> str:
    """Write the section; its text."""
    words = {True: "yes", False: "**no**", None: "not measured"}
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    lines = [
        (
            "Each figure stands beside its floor, taken in the same run: quote the ratios, not "
            "the rates."
        ),
        (
            "Sign-in, permissions, rules, spans and the journal are on (`python -m benchmarks "
            "--assets N`)."
        ),
        "",
        f"- {assets:,} assets, {generated}",
        *document.machine(f"PostgreSQL {version} (without fsync)"),
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
    document.put(HEADING, lines)
    return "\n".join(lines) + "\n"
