"""The refused rows of an import as a file that can be mended and brought again."""

from collections.abc import Iterator
from itertools import chain, groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import require
from core.files.tabular import csv_lines
from core.problems import Problem, refuse_if
from integrations import eyes
from integrations.actions.plan import batches
from integrations.given_out import headings_of
from integrations.kinds.labels import label
from integrations.models import ImportSession
from integrations.views.rows import only
from people.web import HouseRequest


@require_GET
@login_required
def import_refused(request: HouseRequest, pk: int) -> StreamingHttpResponse:
    """The refused rows as they came, with the reasons, to mend and bring again."""
    session = ImportSession.objects.visible_to(request.user).get(pk=pk)
    require(request.user, "integrations.import")
    if session.blanked_at:
        refuse_if([Problem("forgotten", _("What this import held was forgotten."))])
    told = eyes.held(session.eyes, request.user)

    def lines() -> Iterator[list[Any]]:
        every = chain.from_iterable(batches(session, outcome="refused"))
        for _number, found in groupby(every, key=lambda row: row.number):
            parts = list(found)
            row, n = parts[0], len(parts)
            if not told:
                eyes.veil_rows(parts)
            why = "; ".join(f"{label(f)}: {p}" if f else p for f, p in row.problems)
            raw = only(session, row, n)
            yield [*(raw.get(h, "") for h in session.headers), row.number, why]

    header = [*session.headers, *headings_of(session, _("Row"), _("Why it was refused"))]
    response = StreamingHttpResponse(
        csv_lines(header, lines()), content_type="text/csv; charset=utf-8"
    )
    # Each list's has a name of its own, by which it is known where its marks were taken off.
    response["Content-Disposition"] = f'attachment; filename="refused-{session.pk}.csv"'
    return response
