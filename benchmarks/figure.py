"""A figure, and how times are taken."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One row of docs/benchmarks.md. `ratio` is compared with the goal; `reached` None: not
    measured here."""

    id: str
    what: str
    ours: str
    floor: str
    ratio: str
    goal: str
    reached: bool | None


def median_ms(work: Callable[[], object], times: int = 30, warm: int = 3) -> float:
    """The median of several runs in milliseconds, after some that do not count."""
    for _i in range(warm):
        work()
    taken = []
    for _i in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def seconds(work: Callable[[], object]) -> float:
    """How long one run takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def percentile(values: list[float], part: float) -> float:
    """The value below which `part` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
