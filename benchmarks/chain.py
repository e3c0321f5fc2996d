"""B15: the whole of `manage.py verify`."""

from benchmarks.figure import Figure, seconds
from core import sealing, verify


def run() -> list[Figure]:
    """Entries checked a second; the journal must be whole."""
    sealing.seal_all()
    result = verify.Result()

    def check() -> None:
        nonlocal result
        result = verify.verify()

    took = seconds(check)
    if result.findings:
        raise RuntimeError(f"verify found: {result.findings[:3]}")
    rate = result.sealed / took
    return [
        Figure("B15", f"verify, {result.sealed:,} entries", f"{rate:,.0f} a second", "none", "-",
               "at least 25,000 a second", rate >= 25_000)
    ]  # fmt: skip
