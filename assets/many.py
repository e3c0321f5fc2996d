"""Acts with many things: which of them a problem is of."""

import dataclasses
from collections.abc import Iterable

from core.problems import Problem


def of_rows(found: Iterable[tuple[int, Iterable[Problem]]], many: bool) -> Iterable[Problem]:
    """The problems of rows; where there are many each says which: `rows.3.tag`."""
    for row, problems in found:
        for problem in problems:
            name = f"rows.{row}.{problem.field or 'asset'}"
            yield dataclasses.replace(problem, field=name) if many else problem
