"""Acts with many things: which of them a problem is of, and which problem."""

import dataclasses
from collections.abc import Iterable

from core.problems import Problem


def of_rows(found: Iterable[tuple[int, Iterable[Problem]]], many: bool) -> Iterable[Problem]:
    """The problems of rows; where there are many each says which: `rows.3.tag`."""
    for row, problems in found:
        for problem in problems:
            name = f"rows.{row}.{problem.field or 'asset'}"
            yield dataclasses.replace(problem, field=name) if many else problem


def first(*rules: Iterable[Problem]) -> Iterable[Problem]:
    """What the first of these that says no says; those behind it are not asked, for they take it
    for granted."""
    for rule in rules:
        if found := list(rule):
            return found
    return []
