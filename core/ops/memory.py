"""Large results without the collector's help."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Inside, the cycle collector rests: hundreds of thousands of new rows hold no cycles, and it
    would visit each of them again and again (a fifth of the time of a large report)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
