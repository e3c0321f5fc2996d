"""Many rows at once without the collector's help."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Inside, the cycle collector rests: thousands of new rows hold hardly a cycle, and it would
    visit each of them again and again (a fifth of the time of a large report or an import). What
    goes on and on does so batch by batch: behind each the collector catches up."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
