"""Whether two rows can be one thing: its days are in order, over all that is known of both, and its
money stays where it was on each of them."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from assets.mistakes.gone import money_here_problems
from assets.models import Asset
from assets.register.acquired import money_since, order_problems
from assets.unit_past import rows_of
from core.problems import Problem
from funding.rules.chronology import shown


def acquired_then(loser: Asset, into: Asset) -> date | None:
    """When the thing that results was acquired: what stays says so, else the other, if that agrees
    with what is known of both and moves no money. With its money comes its day."""
    day = loser.acquired_on
    if into.acquired_on is not None or day is None or loser.unit_id is not None:
        return into.acquired_on or day
    moves = any(other != day for other in money_since(into))
    contradicted = any(order_problems([*rows_of(loser), *rows_of(into)], day, into.unit))
    return None if moves or contradicted else day


def settled_problems(loser: Asset, into: Asset) -> Iterator[Problem]:
    """Why these two cannot become one before a day is put right. Nothing is moved to fit: whatever
    is told later finds the days as they were."""
    day = acquired_then(loser, into)
    rows = [*rows_of(loser), *rows_of(into)]
    for problem in order_problems(rows, day, loser.unit or into.unit):
        message = _("%(problem)s Correct the day of one of the two first.")
        yield Problem(problem.code, message % {"problem": problem.message}, "into")
    other = next((x for x in money_since(loser) if day is not None and x != day), None)
    if day is not None and other is not None:
        message = _(
            "%(other)s and its money are there since %(since)s, and %(tag)s was acquired on "
            "%(day)s. Correct the day of one of the two first."
        )
        words = {"other": loser.tag, "since": shown(other), "tag": into.tag, "day": shown(day)}
        yield Problem("acquired-differs", message % words, "into")
    yield from money_here_problems(loser, into)
