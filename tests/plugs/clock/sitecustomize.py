"""Python starts with this where its folder stands in PYTHONPATH: the clock of the process is as
many seconds off as the file TEST_CLOCK says, from one look at it to the next; what only measures
how long something takes (`monotonic`) goes on, as it does when somebody sets a machine's clock.

libfaketime would do the same for every program, but makes Python's `sleep` fail."""

import os
from pathlib import Path

import _time_machine
import time_machine

FILE = Path(os.environ["TEST_CLOCK"])


def _time_ns(self: object) -> int:
    return int(_time_machine.original_time_ns()) + int(FILE.read_text()) * 1_000_000_000


time_machine.Traveller.time_ns = _time_ns
time_machine.travel(0).start()
