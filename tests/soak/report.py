"""`make soak` writes what it proved, test by test, into docs/benchmarks.md.

A test gives a figure of its own by `record_property(name, value)`."""

from typing import Any

import pytest
from django.db import connection

from benchmarks import document
from tests import codes


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """The problem codes that a whole run did not provoke; the soak's section for this database, a
    part of which writes nothing."""
    if codes.is_whole(config) and (left := codes.unprovoked()):
        terminalreporter.section("problem codes that no test provokes")
        for code, path in left.items():
            terminalreporter.line(f"{code} ({path})")
    if config.option.markexpr != "soak" or config.option.keyword or config.args != ["tests"]:
        return
    reports = [
        r
        for word in ("passed", "failed", "error")
        for r in terminalreporter.stats.get(word, [])
        if r.when == "call" or word == "error"
    ]
    if not reports:
        return
    lines = [
        *document.machine(_database()),
        "",
        "| proof | figures | took | passed |",
        "|---|---|---|---|",
    ]
    lines += [_row(r) for r in sorted(reports, key=lambda r: r.nodeid)]
    document.put(f"Long proofs on {connection.display_name} (`make soak`)", lines)


def _database() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {connection.Database.sqlite_version}"
    return "PostgreSQL (without fsync)"


def _row(report: pytest.TestReport) -> str:
    words = report.nodeid.partition("::test_")[2].partition("[")[0].replace("_", " ")
    figures = "; ".join(f"{name} {value}" for name, value in report.user_properties)
    verdict = "yes" if report.passed else "**no**"
    return f"| {words} | {figures} | {report.duration:,.0f} s | {verdict} |"
