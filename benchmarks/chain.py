"""B15: the chain of `manage.py verify`, and the whole of it."""

from benchmarks.figure import Figure, seconds
from core.journal import sealing, verify


def run() -> list[Figure]:
    """Entries a second of the first pass; what every table, file and head together take."""
    sealing.seal_all()
    result = verify.Result()

    def chain() -> None:
        nonlocal result
        result = verify.verify(only_chain=True)

    def everything() -> None:
        nonlocal result
        result = verify.verify()

    took = seconds(chain)
    rate = result.sealed / took
    whole = seconds(everything)
    if result.findings:
        raise RuntimeError(f"verify found: {result.findings[:3]}")
    rows = sum(counts.rows for counts in result.tables.values())
    return [
        Figure(
            "B15",
            f"verify, the chain of {result.sealed:,} entries",
            f"{rate:,.0f} a second",
            "none",
            "-",
            "at least 25,000 a second",
            rate >= 25_000,
        ),
        Figure(
            "B15",
            f"verify, all of it: {rows:,} rows against their entries",
            f"{whole:,.0f} s",
            "none",
            "-",
            "1,000,000 assets in 15 minutes",
            whole < 900,
        ),
    ]
