"""Every problem code is provoked by a test: the codes that the code has, and those that a run met.

Each Problem that comes into being is noted, in each of xdist's workers; after a whole run (no file
named, nothing selected) what no test provoked is listed and the run fails.
"""

import ast
import re
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
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def _noting(self: Problem, *args: Any, **kwargs: Any) -> None:
    _make(self, *args, **kwargs)
    met.add(self.code)


def note() -> None:
    """From now on every Problem leaves its code."""
    Problem.__init__ = _noting  # type: ignore[method-assign]


def codes(source: str) -> Iterator[str]:
    """The problem codes that a file has: of Problems, and of constraints. Where a Problem takes its
    code from a variable, every text of the file that looks like a code is one."""
    tree = ast.parse(source)
    for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        said = call.args[:1] if name == "Problem" else []
        said += [k.value for k in call.keywords if k.arg == "violation_error_code"]
        for value in said:
            yield from _literals(value)
            if isinstance(value, ast.Name):
                texts = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant))
                yield from (t for t in texts if isinstance(t, str) and _CODE.fullmatch(t))


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
    """Whether everything was asked for: no file named, nothing left out but the soak."""
    option = config.option
    named = [arg for arg in config.args if Path(arg).resolve() not in (ROOT, ROOT / "tests")]
    some = (option.keyword, option.collectonly, option.deselect, option.ignore, option.ignore_glob)
    return not (named or any(some)) and option.markexpr in ("", "not soak")


def finish(session: Any) -> None:
    """A worker hands over the codes that it met. A whole run that is green otherwise fails where
    nobody met a code, and names it with its file."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["codes"] = sorted(met)
    elif session.exitstatus == 0 and is_whole(session.config) and (left := unprovoked()):
        session.exitstatus = 1
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        reporter.write_sep("=", "problem codes that no test provokes", red=True)
        for code, path in left.items():
            reporter.write_line(f"{code} ({path})")


def gather(node: Any) -> None:
    """What a worker met counts for the run."""
    met.update(getattr(node, "workeroutput", {}).get("codes", ()))
