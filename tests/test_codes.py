"""The list of problem codes is read from the code, and each that a test provokes is noted."""

from types import SimpleNamespace
from typing import Any

import pytest

from core.problems import Problem
from tests import codes


def test_codes_are_read_from_problems_and_constraints() -> None:
    source = """
yield Problem("tag-taken", _("Taken."))
return problems.Problem("a" if early else "b", _("When."), "at")
models.UniqueConstraint(Lower("name"), name="x", violation_error_code="name-taken")
refuse(code, "no-problem")
"""
    assert sorted(codes.codes(source)) == ["a", "b", "name-taken", "tag-taken"]
    by_name = 'for code in ("seen-early", "Seen early"): yield Problem(code, _("No."))'
    assert list(codes.codes(by_name)) == ["seen-early"]
    assert {"not-permitted", "disk-full", "assigned-to-them"} <= set(codes.all_codes())


def test_a_problem_that_comes_into_being_is_noted() -> None:
    codes.met.discard("only-here")
    Problem("only-here", "x")
    assert "only-here" in codes.met
    codes.met.discard("only-here")


def test_only_what_no_test_can_provoke_is_excused() -> None:
    assert set(codes.BEYOND) <= set(codes.all_codes())


def session(**asked: Any) -> Any:
    """A run as pytest knows it when it ends, everything green."""
    nothing: dict[str, Any] = dict.fromkeys(
        ("keyword", "collectonly", "deselect", "ignore", "ignore_glob")
    )
    option = SimpleNamespace(**(nothing | {"markexpr": "not soak"} | asked))
    lines: list[str] = []
    reporter = SimpleNamespace(write_sep=lambda *a, **k: None, write_line=lines.append)
    plugins = SimpleNamespace(get_plugin=lambda name: reporter)
    args = [asked.get("named", str(codes.ROOT / "tests"))]
    config = SimpleNamespace(option=option, args=args, pluginmanager=plugins)
    return SimpleNamespace(config=config, exitstatus=0, lines=lines)


@pytest.fixture
def nobody_met_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    everything = set(codes.all_codes())
    monkeypatch.setattr(codes, "met", everything - {"closed"})


@pytest.mark.usefixtures("nobody_met_closed")
def test_a_whole_run_fails_for_a_code_that_nobody_met() -> None:
    whole = session()
    codes.finish(whole)
    assert (whole.exitstatus, whole.lines) == (1, ["closed (assets/custody/rules.py)"])


@pytest.mark.usefixtures("nobody_met_closed")
def test_what_a_worker_met_counts_for_the_run() -> None:
    worker = session()
    worker.config.workeroutput = {}
    codes.met.add("closed")
    codes.finish(worker)
    codes.met.discard("closed")
    codes.gather(SimpleNamespace(workeroutput=worker.config.workeroutput))
    whole = session()
    codes.finish(whole)
    assert (whole.exitstatus, whole.lines) == (0, [])


@pytest.mark.usefixtures("nobody_met_closed")
@pytest.mark.parametrize(
    "asked",
    [{"named": "tests/assets"}, {"keyword": "closed"}, {"markexpr": "not slow"}, {"ignore": ["x"]}],
    ids=str,
)
def test_a_run_of_some_tests_does_not_fail(asked: dict[str, Any]) -> None:
    some = session(**asked)
    codes.finish(some)
    assert (some.exitstatus, some.lines) == (0, [])
