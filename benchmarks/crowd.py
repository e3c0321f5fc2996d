"""Several processes at once, each with its own connection."""

import multiprocessing
import time
from collections.abc import Callable
from queue import Empty
from typing import Any

from django.db import connections

Worker = Callable[[int], list[float]]


def _one(work: Worker, number: int, gate: Any, answers: Any) -> None:
    try:
        gate.wait()
        began = time.perf_counter()
        taken = work(number)
        answers.put((began, time.perf_counter(), taken, ""))
    except BaseException as error:  # the parent must hear of it
        answers.put((0.0, 0.0, [], repr(error)))
    finally:
        connections.close_all()


def at_once(work: Worker, count: int) -> tuple[float, list[float]]:
    """`work(number)` in `count` processes that start together: the wall time from the first start
    to the last end in seconds, and all single times (seconds) it returned."""
    connections.close_all()
    context = multiprocessing.get_context("fork")
    gate, answers = context.Barrier(count), context.Queue()
    crowd = [context.Process(target=_one, args=(work, n, gate, answers)) for n in range(count)]
    for process in crowd:
        process.start()
    got = []
    try:
        for _i in crowd:
            got.append(answers.get(timeout=600))
    except Empty:
        raise RuntimeError("a process of the benchmark did not answer") from None
    for process in crowd:
        process.join()
    if failed := [error for *_x, error in got if error]:
        raise RuntimeError(failed[0])
    wall = max(end for _b, end, *_x in got) - min(began for began, *_x in got)
    return wall, [t for _b, _e, taken, _x in got for t in taken]


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
