"""Kinds of runs that only tests need; the real workers of the tests know them too."""

import os
import signal
from typing import Any

from django.apps import AppConfig


def deadly(work: Any) -> None:
    """What a run that eats all memory looks like: its worker is gone."""
    os.kill(os.getpid(), signal.SIGKILL)


def failing(work: Any) -> None:
    raise ArithmeticError


def quick(work: Any) -> dict[str, Any]:
    return {"echo": work.parameters}


def register() -> None:
    """Make the kinds known in this process."""
    from core import runs

    for kind in (deadly, failing, quick):
        runs.register_kind(f"test-{kind.__name__}", kind)


class TestRunsConfig(AppConfig):
    name = "tests.runs"
    label = "test_runs"

    def ready(self) -> None:
        register()
