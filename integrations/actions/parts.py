"""The several things that one row of a file means: a staged row for each, once the person said
so."""

from itertools import islice

from django.utils.translation import gettext as _

from core.db import bulk
from core.problems import Problem, refuse_if
from integrations.kinds.assets.reading.quantity import count
from integrations.models import ImportSession, StagedRow

#: Things that the rows of one file may mean beyond a thing a row.
MOST = 20_000
BATCH = 1000


def spread(session: ImportSession) -> None:
    """Stage a row for each thing that a row means, or one alone (inside the planner's
    transaction)."""
    column = next((h for h, f in session.mapping.items() if f == "quantity"), None)
    several = StagedRow.objects.filter(session=session, part__gt=0)
    if column is None or not session.said.quantity.startswith("each"):
        several.delete()
        return
    firsts = StagedRow.objects.filter(session=session, part=0)
    wanted = {
        n: many
        for n, raw in firsts.values_list("number", "raw").iterator()
        if (many := _many(raw.get(column, ""))) > 1
    }
    if sum(wanted.values()) > MOST:
        refuse_if(
            [
                Problem(
                    "too-many-things",
                    _("The rows mean more than %s items. Split the file.") % f"{MOST:,}",
                )
            ]
        )
    there: dict[int, int] = {}
    for number, part in several.values_list("number", "part"):
        there[number] = max(there.get(number, 0), part + 1)
    if there == wanted:
        return
    several.delete()
    new = (
        StagedRow(
            session=session,
            number=row.number,
            part=part,
            raw=row.raw,
            faults=row.faults,
            left_out=row.left_out,
        )
        for row in firsts.filter(number__in=list(wanted)).iterator()
        for part in range(1, wanted[row.number])
    )
    while batch := list(islice(new, BATCH)):
        bulk.append(batch)


def _many(cell: str) -> int:
    try:
        return count(cell)
    except ValueError:
        return 1
