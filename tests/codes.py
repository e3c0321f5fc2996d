"""Every problem code is provoked by a test: the codes that the code has, and those that a run met.

Each Problem that comes into being is noted, in each of xdist's workers; after a whole run (no file
named, nothing selected) what no test provoked is listed and the run fails.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.problems import Problem
from tests.house_rules import APPS

ROOT = Path(__file__).parent.parent
#: Codes that no test can provoke, each with its reason.
BEYOND: dict[str, str] = {}
met: set[str] = set()
_make = Problem.__init__


def _noting(self: Problem, *args: Any, **kwargs: Any) -> None:
    _make(self, *args, **kwargs)
    met.add(self.code)


def note() -> None:
    """From now on every Problem leaves its code."""
    Problem.__init__ = _noting  # type: ignore[method-assign]


def codes(source: str) -> Iterator[str]:
    """The problem codes that a file has: of Problems, and of constraints."""
    for call in (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        said = call.args[:1] if name == "Problem" else []
        said += [k.value for k in call.keywords if k.arg == "violation_error_code"]
        for value in said:
            yield from _literals(value)


def _literals(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.IfExp):
        yield from _literals(value.body)
        yield from _literals(value.orelse)
    elif isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value


def all_codes() -> dict[str, str]:
    """Each code with a file that has it."""
    found: dict[str, str] = {}
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                for code in codes(path.read_text()):
                    found.setdefault(code, str(path.relative_to(ROOT)))
    return found


def unprovoked() -> dict[str, str]:
    """The codes that no test of this run provoked, with a file that has each."""
    return {c: path for c, path in sorted(all_codes().items()) if c not in met and c not in BEYOND}


def is_whole(config: Any) -> bool:
    """Whether everything was asked for: no file named and nothing selected but what is quick."""
    option = config.option
    named = [arg for arg in config.args if Path(arg).resolve() not in (ROOT, ROOT / "tests")]
    return not (named or option.keyword or option.collectonly) and option.markexpr in (
        "", "not soak",
    )  # fmt: skip
